"""Attribution: who says what the sentences of an article tell, and what another side denies."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.model import Event
from tests.extract_reader import events_of

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "attribution.yml").read_text(encoding="utf-8")
)


def told(event: Event) -> str:
    """Return an event as a line of the case file."""
    place = event.location.name if event.location else f"?{event.place_text}"
    return f"{event.subtype} {place} | {event.attributed_to or '-'} | {event.certainty} | {event.when.end}"


@pytest.mark.parametrize("case", CASES["said"], ids=lambda case: case["text"][:60])
def test_events_are_attributed_to_who_tells_them(case: dict[str, Any]) -> None:
    assert [told(e) for e in events_of(case["text"])] == case["found"]


@pytest.mark.parametrize("case", CASES["contested"], ids=lambda case: case["text"][:90])
def test_what_another_side_denies_is_contested(case: dict[str, Any]) -> None:
    assert [told(e) for e in events_of(case["text"])] == case["found"]


def test_reason_names_who_denies_it() -> None:
    (event,) = events_of("Rebels captured Marsa, activists said. The army denied the claim.")
    assert event.reasons[-1] == ("certainty", "contested: denied by army in the same article")
