"""Displacement: text -> figures, terms and ways of displaced people, from the table in cases/displacement.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract.displacement.context import context_words
from geomap.extract.displacement.followups import follow_up_words
from geomap.extract.displacement.route_words import Words, route_words
from geomap.extract.displacement.surface import SurfaceWords, surface_words
from geomap.extract.grammar.glue import unglued
from geomap.extract.lexicon import move_frames
from geomap.model import Displacement
from tests.extract_reader import events_of

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "displacement.yml").read_text("utf-8"))["cases"]
CONTEXT_LISTS = [words for _, words in context_words()]
FOLLOW_UP_LISTS = [words for _, words in follow_up_words()]
ROUTE_LISTS = [words for name, words in route_words() if name != "travellers"]


def _moves(text: str) -> list[Displacement]:
    return [event for event in events_of(text) if isinstance(event, Displacement)]


def _told(event: Displacement) -> str:
    figure = "-" if event.quantity.value is None else f"{event.quantity.value:.0f}"
    origin = event.origin.name if event.origin else event.place_text or "-"
    destination = event.destination.name if event.destination else "-"
    told = f"{event.subtype} {figure} {event.unit} | {origin} > {destination}"
    return told if event.modality == "actual" else f"{told} | {event.modality}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_who_left_their_homes_is_read_with_figure_term_and_way(case: dict[str, Any]) -> None:
    assert [_told(event) for event in _moves(case["text"])] == case["found"]


@pytest.mark.parametrize("words", surface_words(), ids=lambda words: words.frame)
def test_words_beside_a_figure_do_what_their_example_says(words: SurfaceWords) -> None:
    assert words.frame in {frame.id for frame in move_frames()}
    assert _moves(words.example), words.example
    assert [_told(event) for event in _moves(words.counter_example)] == []


@pytest.mark.parametrize("words", ROUTE_LISTS, ids=lambda words: words.words[0])
def test_words_of_routes_do_what_their_example_says(words: Words) -> None:
    assert _moves(words.example), words.example
    assert [_told(event) for event in _moves(words.counter_example)] == []


@pytest.mark.parametrize("words", CONTEXT_LISTS, ids=lambda words: words.words[0])
def test_words_around_a_figure_do_what_their_example_says(words: Words) -> None:
    assert _moves(words.example), words.example
    assert [_told(event) for event in _moves(words.counter_example)] == []


@pytest.mark.parametrize("words", FOLLOW_UP_LISTS, ids=lambda words: words.words[0])
def test_words_of_a_further_figure_do_what_their_example_says(words: Words) -> None:
    assert len(_moves(words.example)) == 2, words.example
    assert _moves(words.counter_example) == []


def test_route_without_a_figure_keeps_the_word_for_who_goes() -> None:
    (event,) = _moves("Civilians were evacuated from Marsa to Dahra.")
    assert (event.quantity.value, event.quantity.text) == (None, "Civilians")


@pytest.mark.parametrize(
    ("word", "at"),
    [
        ("peoplehave", 6),
        ("hadevacuated", 3),
        ("13,000people", 6),
        ("seekrefuge", 4),
        ("forcedmore", 6),
        ("shellingforced", 8),
    ],
)
def test_words_that_lost_their_space_are_told_apart(word: str, at: int) -> None:
    assert unglued(word) == at


@pytest.mark.parametrize("word", ["homeland", "takeover", "evacuation", "household", "into", "13,000", "newcomers"])
def test_words_that_are_one_stay_one(word: str) -> None:
    assert unglued(word) is None
