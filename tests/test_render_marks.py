"""Marks: what stands on the map on which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from geomap.model import Actor, Event, LngLat, When
from geomap.render.entries import section_of
from geomap.render.marks import PATTERN, Mark, marks, standing
from geomap.timeline import control_on
from tests import render_sample as sample
from tests.factory import make_claim, make_control, make_displacement, make_location, make_post

NORTH, SOUTH = Actor("North"), Actor("South")


def on(day: int) -> When:
    return When(dt.date(2021, 3, day), dt.date(2021, 3, day), 1)


def control(subtype: str, day: int, actor: Actor | None = NORTH, **changed: Any) -> Event:
    return make_control(subtype=subtype, when=on(day), actor=actor, **changed)


def post(subtype: str, day: int, **changed: Any) -> Event:
    return make_post(subtype=subtype, when=on(day), **{"owner": NORTH, "actor": NORTH, **changed})


def drawn(*events: Event) -> list[Mark]:
    return marks([make_claim(event) for event in events], range(len(events)))


def look(mark: Mark) -> str:
    owner = mark.actor.name if mark.actor else "nobody"
    ring = f" ringed by {mark.besieger.name}" if mark.besieger else ""
    return f"{owner} {mark.pattern} {mark.shape}{ring}"


CONTROL = [
    ("a capture", [("captured", 4, NORTH, {})], 9, "North solid full"),
    ("nothing before it", [("captured", 4, NORTH, {})], 3, ""),
    ("a claim", [("captured", 4, NORTH, {"certainty": "claimed"})], 9, "North hatched full"),
    ("a denied claim", [("captured", 4, NORTH, {"certainty": "contested"})], 9, "North ringed full"),
    ("a part", [("partial", 4, NORTH, {})], 9, "North solid half"),
    ("the last change holds", [("captured", 4, NORTH, {}), ("recaptured", 6, SOUTH, {})], 9, "South solid full"),
    ("until the next one", [("captured", 4, NORTH, {}), ("recaptured", 6, SOUTH, {})], 5, "North solid full"),
    ("left, nobody named", [("captured", 4, NORTH, {}), ("withdrawn", 6, NORTH, {})], 9, "North solid empty"),
    ("handed to a named follower", [("withdrawn", 6, NORTH, {"opponent": SOUTH})], 9, "South solid full"),
    ("all of it already", [("captured", 4, NORTH, {}), ("partial", 6, NORTH, {})], 9, "North solid full"),
    ("surrounded", [("holds", 4, NORTH, {}), ("besieged", 6, SOUTH, {})], 9, "North solid full ringed by South"),
    ("siege lifted", [("besieged", 6, SOUTH, {}), ("siege_lifted", 7, None, {})], 9, "nobody solid empty"),
    ("a capture ends a siege", [("besieged", 6, SOUTH, {}), ("captured", 7, SOUTH, {})], 9, "South solid full"),
    ("left and taken on one day", [("captured", 4, SOUTH, {}), ("withdrawn", 4, NORTH, {})], 9, "South solid full"),
    ("two takers on one day", [("captured", 4, SOUTH, {}), ("captured", 4, NORTH, {})], 9, "North ringed full"),
    (
        "a party's echo does not weaken a report",
        [("captured", 4, NORTH, {}), ("captured", 5, NORTH, {"certainty": "claimed"})],
        9,
        "North solid full",
    ),
]


@pytest.mark.parametrize(("case", "told", "day", "expected"), CONTROL, ids=[row[0] for row in CONTROL])
def test_control_on_a_day(case: str, told: list[Any], day: int, expected: str) -> None:
    found = drawn(*(control(subtype, on_day, actor, **more) for subtype, on_day, actor, more in told))
    assert [look(mark) for mark in standing(found, dt.date(2021, 3, day))] == ([expected] if expected else [])


def test_posts_keep_their_number_until_another_is_told() -> None:
    found = drawn(post("maintained", 2, count=12), post("besieged", 6, actor=SOUTH))
    (mark,) = standing(found, dt.date(2021, 3, 9))
    assert (mark.count, mark.is_besieged, mark.besieger) == (12, True, SOUTH)


def test_twelve_posts_of_a_province_are_one_mark() -> None:
    assert len(drawn(post("maintained", 2, count=12))) == 1


def test_a_post_that_was_left_is_shown_as_left() -> None:
    (mark,) = standing(drawn(post("established", 2), post("withdrawn", 6)), dt.date(2021, 3, 9))
    assert mark.shape == "empty"


def test_some_of_many_posts_left_leave_the_others_standing() -> None:
    found = drawn(post("maintained", 2, count=12), post("withdrawn", 6, count=3))
    (mark,) = standing(found, dt.date(2021, 3, 9))
    assert (mark.shape, mark.count) == ("full", 12)


def test_posts_of_two_owners_at_one_place_are_two_marks() -> None:
    assert len(drawn(post("established", 2), post("established", 3, owner=SOUTH))) == 2


def test_figures_of_one_way_share_an_arrow() -> None:
    way = {"origin": make_location("Marsa"), "destination": make_location("Borderton", LngLat(36.0, 36.5))}
    found = drawn(*(make_displacement(id=f"d{day}", when=on(day), **way) for day in (4, 5, 9)))
    assert [(mark.kind, mark.chain, mark.start.day) for mark in found] == [("move", (0, 1, 2), 4)]


def test_people_with_one_end_known_are_a_circle_and_stocks_are_apart_from_flows() -> None:
    found = drawn(make_displacement(id="1", when=on(4)), make_displacement(id="2", when=on(4), subtype="idp_stock"))
    assert {(mark.kind, mark.is_stock) for mark in found} == {("people", False), ("people", True)}


def test_a_period_counts_from_its_last_day() -> None:
    week = When(dt.date(2021, 3, 1), dt.date(2021, 3, 7), 2)
    (mark,) = drawn(make_displacement(when=week))
    assert mark.start == dt.date(2021, 3, 7)


def test_near_a_place_is_another_spot_than_the_place() -> None:
    near = make_location("Marsa", LngLat(36.52, 35.26), geo_precision=2, radius_km=5)
    assert len(drawn(control("captured", 4), control("partial", 5, location=near))) == 2


def test_the_map_and_the_data_agree_on_who_holds_what_on_every_day() -> None:
    timeline = sample.timeline()
    happened = [i for i, claim in enumerate(timeline.claims) if section_of(claim.event) == "dated"]
    drawn_marks = marks(timeline.claims, [i for i in happened if timeline.claims[i].event.location])
    for number in range(1, 13):
        day = dt.date(2021, 3, number)
        held = {
            (mark.spot.name, mark.actor, mark.pattern)
            for mark in standing(drawn_marks, day)
            if mark.kind == "control" and mark.shape == "full"
        }
        told = {
            (state.location.name, state.actor, PATTERN[state.certainty])
            for state in control_on(timeline, day)
            if state.actor
        }
        assert held == told


def test_a_siege_that_ends_on_the_day_of_a_capture_makes_nothing_contested() -> None:
    found = drawn(
        control("captured", 2, SOUTH),
        control("besieged", 3),
        control("siege_lifted", 6, None),
        control("captured", 6),
    )
    assert [look(mark) for mark in standing(found, dt.date(2021, 3, 9))] == ["North solid full"]
