"""The labelled texts are read as written, and the weights that geomap ships are those the texts give."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.decisions import name_decisions
from benchmarks.fit import Decision, chances, fit, folds
from benchmarks.labelled import Label, Labelled, doubts, read_all, read_file
from benchmarks.locate import read_lines
from geomap.gazetteer import Gazetteer
from geomap.model import LngLat

AZAZ = LngLat(37.04, 36.59)


@pytest.mark.parametrize(
    ("marked", "text", "labels"),
    [
        ("Rain in {Azaz|36.59,37.04}.", "Rain in Azaz.", (Label(8, 12, AZAZ),)),
        ("{Azaz|36.59, 37.04} and {Azaz|=}", "Azaz and Azaz", (Label(0, 4, AZAZ), Label(9, 13, AZAZ))),
        ("Near {Kafr Zoran|?} | Round 4", "Near Kafr Zoran | Round 4", (Label(5, 15, None),)),
        ("No place here.", "No place here.", ()),
    ],
)
def test_marks_become_labels_of_the_plain_text(
    marked: str, text: str, labels: tuple[Label, ...], tmp_path: Path
) -> None:
    path = tmp_path / "some.txt"
    path.write_text(f"== first\n{marked}\n== second\nMore.\n", "utf-8")

    first, second = read_file(path)

    assert first == Labelled("some/first", text, labels)
    assert second == Labelled("some/second", "More.", ())


@pytest.mark.parametrize("marked", ["Rain in {Azaz}.", "Rain in {Azaz|north}.", "Rain in Azaz|36.59,37.04}."])
def test_a_broken_mark_is_named_with_its_text(marked: str, tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(f"== first\n{marked}\n", "utf-8")

    with pytest.raises(ValueError, match=r"some/first: found '[{}]' in"):
        read_file(path)


def test_a_label_far_from_its_name_and_a_name_marked_only_once_are_doubts(gazetteer: Gazetteer) -> None:
    text = Labelled("a", "Azaz saw rain. Azaz saw snow.", (Label(0, 4, LngLat(-90.0, 30.0)),))

    far, forgotten = doubts(text, gazetteer)

    assert "away" in far
    assert "not labelled" in forgotten


def test_the_texts_of_the_repository_can_all_be_read() -> None:
    texts = read_all()

    assert len({text.name for text in texts}) == len(texts) > 400
    assert all(text.labels or text.text for text in texts)


def test_a_fit_gives_the_chances_of_what_was_chosen() -> None:
    taken = [Decision([{"a": 1.0}, {}], [number % 4 > 0, number % 4 == 0], number) for number in range(400)]

    weights = fit(taken, penalty=0.001)

    assert chances([{"a": 1.0}, {}], weights)[0] == pytest.approx(0.75, abs=0.01)
    assert fit(taken, penalty=0.001, bounds={"a": (None, 0.5)}) == {"a": 0.5}


def test_a_group_is_never_on_both_sides_of_a_fold() -> None:
    decisions = [Decision([{"a": 1.0}, {}], [True, False], number // 3) for number in range(30)]

    for known, unseen in folds(decisions, 5):
        assert not {each.group for each in known} & {each.group for each in unseen}
        assert len(known) + len(unseen) == 30


def test_a_name_inside_a_label_is_a_place_and_one_outside_is_none(gazetteer: Gazetteer) -> None:
    text = Labelled("a", "Mr. Jordan flew from Amman to Jordan.", (Label(21, 26, None), Label(30, 36, None)))

    decisions = list(name_decisions(text, 7, gazetteer))

    assert [each.is_right[0] for each in decisions] == [False, True, True]
    assert {each.group for each in decisions} == {7}


def test_labelled_texts_of_others_are_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    toponym = '{"start": 3, "end": 7, "lat": 36.59, "lon": 37.04}'
    path.write_text(f'{{"doc_id": "a", "text": "In Azaz.", "toponyms": [{toponym}]}}\n', "utf-8")

    assert read_lines(path) == [Labelled("a", "In Azaz.", (Label(3, 7, AZAZ),))]
