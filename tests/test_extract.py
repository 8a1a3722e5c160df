"""What control and post events the extractor reads from a text, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.model import Event
from tests.extract_reader import events_of

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "extract.yml").read_text(encoding="utf-8")
)


def told(event: Event) -> str:
    """Return an event as a line of the case file."""
    place = event.location.name if event.location else f"?{event.place_text}"
    actor = event.actor.name if event.actor else "-"
    day = event.when.end.isoformat() if event.when.end else "-"
    return f"{event.subtype} {place} | {actor} | {event.attributed_to or '-'} | {event.certainty} | {day}"


@pytest.mark.parametrize("case", CASES["control"], ids=lambda case: case["text"][:60])
def test_changes_of_control_are_read_and_nothing_else(case: dict[str, Any]) -> None:
    assert [told(e) for e in events_of(case["text"]) if e.family == "control"] == case["found"]


@pytest.mark.parametrize("case", CASES["post"], ids=lambda case: case["text"][:60])
def test_reports_of_posts_are_read_and_nothing_else(case: dict[str, Any]) -> None:
    assert [told(e) for e in events_of(case["text"]) if e.family == "post"] == case["found"]


def test_event_of_long_ago_is_marked_as_background() -> None:
    (event,) = events_of("Rebels captured Marsa in 2012.")
    assert event.is_background


def test_undated_article_gives_undated_events() -> None:
    (event,) = events_of("Rebels captured Marsa on Monday.", date="")
    assert event.when.start is None


def test_quotation_over_two_sentences_has_its_speaker() -> None:
    text = '"Rebels captured Marsa on Monday. They hold the hospital," said the mayor Omar Daoud.'
    (event,) = events_of(text)
    assert "Omar Daoud" in event.attributed_to


def test_pronoun_of_a_speaker_stands_for_the_one_before() -> None:
    text = "The Syrian Observatory for Human Rights reported clashes. It said rebels had captured Marsa."
    (event,) = events_of(text)
    assert (event.attributed_to, event.source_side) == ("Syrian Observatory for Human Rights", "observer")


def test_evidence_is_the_sentence_at_its_offsets() -> None:
    text = "It rained. Rebels captured Marsa on Monday. The market was closed."
    (event,) = events_of(text)
    assert text[event.evidence.start : event.evidence.end] == "Rebels captured Marsa on Monday."
