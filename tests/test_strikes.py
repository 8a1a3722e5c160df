"""Strikes, the extractor that is the example of a plug-in: what it reads from a text, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract.frame_slots import FamilyFrame
from geomap.extract.strikes import FAMILY, extract
from geomap.families import read_family
from geomap.model import Article, Event, OtherEvent
from geomap.split import split
from tests.extract_reader import gazetteer, locations_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "strikes.yml").read_text(encoding="utf-8")
)["cases"]
FRAMES = extract.lexicon.frames


def strikes_in(text: str) -> list[Event]:
    article = Article(id="test", text=text, date=dt.date(2024, 3, 13))
    return extract(article, split(article), locations_of(text), gazetteer())[0]


def told(event: Event) -> str:
    """Return an event as a line of the case file."""
    assert isinstance(event, OtherEvent)
    place = event.location.name if event.location else "?"
    parties = [party.name if party else "-" for party in (event.actor, event.opponent)]
    details = "; ".join(f"{name} {value}" for name, value in event.details)
    said = [event.attributed_to or "-", event.certainty, str(event.when.end), details]
    return " | ".join([f"{event.subtype} {place}", *parties, *said])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_strikes_are_read_and_nothing_else(case: dict[str, Any]) -> None:
    assert [told(event) for event in strikes_in(case["text"])] == case["found"]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_example_of_a_frame_is_a_strike_and_its_counter_example_none(frame: FamilyFrame) -> None:
    assert [event.subtype for event in strikes_in(frame.example)] == [frame.subtype]
    assert [told(event) for event in strikes_in(frame.counter_example)] == []


def test_every_subtype_has_its_words() -> None:
    assert {frame.subtype for frame in FRAMES} == set(read_family(FAMILY).subtypes)


@pytest.mark.parametrize("figure", extract.lexicon.figures, ids=lambda figure: figure.name)
def test_figures_of_casualties_are_told_apart(figure: Any) -> None:
    def names(text: str) -> list[str]:
        return [name for event in strikes_in(text) if isinstance(event, OtherEvent) for name, _ in event.details]

    assert figure.name in names(figure.example)
    assert figure.name not in names(figure.counter_example)
