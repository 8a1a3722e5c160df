"""Split: the sentences of a text, and that no offset is ever wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Article, Furniture
from geomap.split import split
from geomap.split.abbreviations import AbbreviationFile, abbreviations
from geomap.yamlfile import read_yaml

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "split.yml").read_text(encoding="utf-8"))
DATA = Path(split.__code__.co_filename).with_name("abbreviations.yml")

words = st.sampled_from(
    ["The", "army", "U.N.", "Gen.", "left.", "town", "3.7", "No.", "“Go!”", "a.m.", "\n", "\n\n", ";;;;"]
)
texts = st.one_of(st.text(max_size=200), st.lists(words, max_size=40).map(" ".join))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_text_has_these_sentences(case: dict[str, object]) -> None:
    assert [each.text for each in split(Article(id="a", text=str(case["text"])))] == case["sentences"]


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_offsets_are_exact_and_every_letter_of_the_story_is_in_one_sentence(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    article = Article(id="a", text=text, furniture=(Furniture(start, end, "caption"),) if start < end else ())
    sentences = split(article)
    covered = [at for each in sentences for at in range(each.start, each.end)]
    assert all(text[each.start : each.end] == each.text for each in sentences)
    assert len(covered) == len(set(covered))
    story = {at for at, sign in enumerate(text) if sign.isalnum() and not start <= at < end}
    assert story == {at for at in covered if text[at].isalnum()}


@given(texts)
def test_with_furniture_nothing_is_left_out(text: str) -> None:
    article = Article(id="a", text=text, furniture=(Furniture(0, len(text) // 2, "headline"),))
    covered = {at for each in split(article, with_furniture=True) for at in range(each.start, each.end)}
    assert {at for at, sign in enumerate(text) if sign.isalnum()} <= covered


def test_furniture_ends_a_sentence_and_is_left_out() -> None:
    article = Article(id="a", text="AMMAN (Reuters) - Rebels left.", furniture=(Furniture(0, 18, "dateline"),))
    assert [each.text for each in split(article)] == ["Rebels left."]


def test_paragraphs_are_numbered() -> None:
    found = split(Article(id="a", text="One came. Two left.\n\nThree stayed."))
    assert [each.paragraph for each in found] == [0, 0, 1]


def test_every_list_of_abbreviations_has_an_example_with_one_of_its_words() -> None:
    data = read_yaml(DATA, AbbreviationFile)
    for each in (*data.attached, *data.free, *data.before_figure, *data.openers, *data.speech):
        assert any(word in each.example.lower() for word in each.words), each.example
    assert "gen" in abbreviations().attached


@pytest.mark.parametrize("group", ["attached", "free", "before_figure"])
def test_an_abbreviation_does_not_end_the_sentence_of_its_example(group: str) -> None:
    for each in getattr(read_yaml(DATA, AbbreviationFile), group):
        assert [s.text for s in split(Article(id="a", text=each.example))] == [each.example]
