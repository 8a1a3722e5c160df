"""Values for tests, made with one call: what a test does not name is plain."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geomap.model import (
    Actor,
    Article,
    Claim,
    ControlChange,
    Displacement,
    Event,
    Evidence,
    LngLat,
    Location,
    Mention,
    Place,
    PostReport,
    Quantity,
    Timeline,
    When,
)

DAY = dt.date(2021, 3, 4)
AT_MARSA = LngLat(36.5, 35.25)
ONE_DAY = When(DAY, DAY, 1, "on Thursday")


def make_article(**changed: Any) -> Article:
    """Return a dated article."""
    values = {"id": "a", "text": "Rebels took Marsa.", "date": DAY, "source": "The Daily", "path": "a.txt"}
    return Article(**{**values, **changed})


def make_place(**changed: Any) -> Place:
    """Return a curated town."""
    values = {"id": "xx-marsa", "name": "Marsa", "kind": "town", "point": AT_MARSA, "country": "xx"}
    return Place(**{"admin1": "North", "is_curated": True, **values, **changed})


def make_location(name: str = "Marsa", point: LngLat = AT_MARSA, **changed: Any) -> Location:
    """Return a town as it was mentioned."""
    mention = Mention(12, 12 + len(name), name, name)
    place = make_place(id=f"xx-{name.lower()}", name=name, point=point)
    values = {"mention": mention, "place": place, "name": name, "point": point, "geo_precision": 1}
    return Location(**{"start": mention.start, "end": mention.end, **values, **changed})


def _common(changed: dict[str, Any]) -> dict[str, Any]:
    evidence = Evidence("a", 0, 18, "Rebels took Marsa.")
    values = {
        "id": "e1",
        "location": make_location(),
        "when": ONE_DAY,
        "evidence": evidence,
        "actor": Actor("Rebels"),
    }
    return {**values, **changed}


def make_control(**changed: Any) -> ControlChange:
    """Return the capture of a town."""
    return ControlChange(**_common({"subtype": "captured", **changed}))


def make_post(**changed: Any) -> PostReport:
    """Return a report of posts."""
    return PostReport(**_common({"subtype": "established", "owner": Actor("Rebels"), **changed}))


def make_displacement(**changed: Any) -> Displacement:
    """Return a flow of people."""
    values = {"subtype": "idp_flow", "quantity": Quantity(12000.0, "more_than", "more than 12,000"), "actor": None}
    return Displacement(**_common({**values, **changed}))


def make_claim(*reports: Event, **changed: Any) -> Claim:
    """Return a claim of these reports."""
    return Claim(**{"id": f"c-{reports[0].id}", "fact": f"f-{reports[0].id}", "reports": reports, **changed})


def make_timeline(*events: Event) -> Timeline:
    """Return a timeline with a claim for each event."""
    return Timeline(tuple(make_claim(event) for event in events))
