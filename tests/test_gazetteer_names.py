from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.names import fold, is_article, skeleton
from geomap.gazetteer.similar import score_names
from geomap.yamlfile import Form, read_yaml


class Case(Form):
    how: Literal["fold", "skeleton", "apart"]
    spellings: tuple[str, ...]


CASES = read_yaml(Path(__file__).parent / "cases" / "names.yml", list[Case])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.spellings[0])
def test_spellings_of_one_name_have_one_key(case: Case) -> None:
    key = fold if case.how == "fold" else skeleton
    keys = {key(spelling) for spelling in case.spellings}

    assert len(keys) == (len(case.spellings) if case.how == "apart" else 1)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_a_folded_name_is_words_with_single_spaces(name: str) -> None:
    assert fold(name) == " ".join(fold(name).split())


@given(st.text(max_size=40))
def test_every_text_has_a_skeleton_or_none(name: str) -> None:
    assert skeleton(name) == "" or len(skeleton(name)) > 1


@pytest.mark.parametrize(
    ("word", "after", "expected"),
    [
        ("an", "nabk", True),
        ("an", "aleppo", False),
        ("ash", "sham", True),
        ("as", "sham", True),
        ("at", "homs", False),
    ],
)
def test_an_assimilated_article_stands_only_before_its_own_letter(word: str, after: str, expected: bool) -> None:
    assert is_article(word, after) is expected


# A name, names that may be like it, and those that are.
ALIKE = [
    ("Sarakib", ["saraqeb", "zaraqeb", "sirmin"], ["saraqeb"]),
    ("Qandahar", ["kandahar", "gandhar"], ["kandahar"]),
    ("Vuhledar", ["vugledar", "volodar"], ["vugledar"]),
    ("Gostomel", ["hostomel"], ["hostomel"]),
    ("Izaz", ["azaz"], []),
    ("", ["azaz"], []),
]


@pytest.mark.parametrize(("name", "others", "expected"), ALIKE)
def test_a_name_like_another_begins_with_its_sound(name: str, others: list[str], expected: list[str]) -> None:
    assert [other for other, _ in score_names(name, others)] == expected


@pytest.mark.parametrize("name", ["", " ", "-", "’", "ه", "北京"])
def test_a_name_without_two_consonants_has_no_skeleton(name: str) -> None:
    assert skeleton(name) == ""
