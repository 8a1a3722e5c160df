"""The scan before the parse: it leaves sentences out, and never an event."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract import FAMILIES, events_in, extract, may_tell
from geomap.extract.document import Document
from geomap.extract.lexicon import Words
from geomap.extract.scan import Scan
from geomap.extract.surroundings import surrounding_lists
from geomap.extract.triggers import Phrases, words_of_text
from geomap.model import Article
from geomap.split import split
from tests.extract_reader import gazetteer, locations_of

_CASES = Path(__file__).parent / "cases"


def _texts(name: str) -> list[str]:
    tables: dict[str, list[dict[str, Any]]] = yaml.safe_load((_CASES / name).read_text("utf-8"))
    return [case["text"] for table in tables.values() for case in table]


def _document(text: str) -> Document:
    article = Article(id="test", text=text, date=dt.date(2024, 3, 13))
    return Document(article, split(article), locations_of(text), gazetteer())


@pytest.mark.parametrize("name", ["extract.yml", "displacement.yml", "strikes.yml"])
def test_events_are_those_of_every_sentence_parsed_for_every_family(name: str) -> None:
    for text in _texts(name):
        document = _document(text)
        every = events_in(document, dict.fromkeys(range(len(document.sentences)), FAMILIES))
        found, _ = extract(document.article, document.sentences, document.locations, gazetteer())
        assert found == every, text


@pytest.mark.parametrize("name", ["extract.yml", "displacement.yml"])
def test_an_article_that_may_tell_nothing_before_its_places_are_known_tells_nothing(name: str) -> None:
    for text in _texts(name):
        document = _document(text)
        found, _ = extract(document.article, document.sentences, document.locations, gazetteer())
        assert found == [] or may_tell(document.article, document.sentences, gazetteer()), text


def test_an_article_of_common_words_may_tell_nothing() -> None:
    document = _document("The minister opened a school in Marsa. Sales went up. It rained in Dahra. Prices fell.")
    assert not may_tell(document.article, document.sentences, gazetteer())


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Rebels captured Marsa on Monday.", {0: ["control"]}),
        ("The army set up a checkpoint near Marsa.", {0: ["post"]}),
        ("Some 3,000 people fled Marsa.", {0: ["displacement"]}),
        ("The minister opened a school. Sales went up.", {}),
        ("She took her time.", {}),  # nobody who bears arms
        ("The town was displaced from the top of the table by 4 points.", {}),  # no figure of people
        ("He wrote a post about Marsa.", {}),
    ],
)
def test_only_sentences_with_the_words_of_a_frame_are_parsed(text: str, families: dict[int, list[str]]) -> None:
    assert Scan(_document(text)).triggered() == families


_QUIET = "The weather was fine. The fair opened. Prices went up."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The village of Marsa fell.", True),  # too short to tell what it is about
        (f"{_QUIET} The village of Marsa fell.", False),
        (f"{_QUIET} Fighting went on. The village of Marsa fell.", True),
        (f"{_QUIET} The village of Marsa fell. Shelling went on.", True),
        (f"Fighting went on. {_QUIET} The village of Marsa fell.", False),
        (f"Rebels fought soldiers in the war. {_QUIET} The village of Marsa fell.", True),  # all about war
    ],
)
def test_common_verbs_tell_events_only_where_war_is_spoken_of(text: str, told: bool) -> None:
    document = _document(text)
    index = next(at for at, sentence in enumerate(document.sentences) if "fell" in sentence.text)
    assert document.surroundings.may_tell(index) is told


@pytest.mark.parametrize("name", ["war", "forces", "disaster", "flight"])
def test_a_list_of_surroundings_has_a_word_of_its_example_and_none_of_its_counter_example(name: str) -> None:
    words: Words = getattr(surrounding_lists(), name)
    listed = Phrases(words.words)
    assert (listed.among(words_of_text(words.example)), listed.among(words_of_text(words.counter_example))) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("phrases", "text", "is_there"),
    [
        (["seize"], "Rebels seized it", True),
        (["seize"], "Rebels left it", False),
        (["check post"], "two check-posts", True),
        (["check post"], "a post", False),
        (["evacuate"], "the families hadevacuated", True),
    ],
)
def test_phrases_are_found_in_any_form(phrases: list[str], text: str, is_there: bool) -> None:
    assert Phrases(phrases, before=("had",)).among(words_of_text(text)) is is_there
