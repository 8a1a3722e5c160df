"""Words, colours, view and basemap of the page."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest

from geomap.model import Actor, Event, LngLat, Quantity, When
from geomap.render import basemap
from geomap.render.basemap import Window
from geomap.render.palette import DEFAULTS, UNKNOWN, colour_by_actor
from geomap.render.view import home_view, window_for
from geomap.render.words import figure_label, route_words, what_words, when_words
from tests.factory import make_control, make_displacement, make_location, make_post

NORTH, SOUTH = Actor("the North"), Actor("the South")
D = dt.date


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(None, None, 3), "date unknown"),
        (When(D(2020, 2, 8), D(2020, 2, 8), 1), "8 February 2020"),
        (When(D(2020, 2, 8), None, 1), "8 February 2020"),
        (When(D(2020, 2, 8), D(2020, 2, 8), 3), "about 8 February 2020"),
        (When(D(2020, 2, 1), D(2020, 2, 7), 2), "in the week 1 – 7 February 2020"),
        (When(D(2020, 1, 28), D(2020, 2, 3), 2), "in the week 28 January – 3 February 2020"),
        (When(D(2019, 12, 1), D(2020, 2, 4), 3), "between 1 December 2019 and 4 February 2020"),
    ],
)
def test_dates_keep_the_precision_of_the_text(when: When, expected: str) -> None:
    assert when_words(when) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (make_control(actor=NORTH), "Captured by the North"),
        (make_control(actor=NORTH, opponent=SOUTH), "Captured by the North, from the South"),
        (make_control(actor=None), "Captured"),
        (make_control(actor=NORTH, subtype="withdrawn", opponent=SOUTH), "The North withdrew"),
        (make_control(actor=NORTH, modality="planned"), "Planned: captured by the North"),
        (make_control(actor=NORTH, modality="denied"), "Denied: captured by the North"),
        (make_control(actor=Actor("{actor} {0}")), "Captured by {actor} {0}"),
        (make_post(owner=NORTH, actor=NORTH), "Observation post of the North set up"),
        (make_post(owner=NORTH, count=12, subtype="maintained"), "12 observation posts of the North kept on"),
        (
            make_post(owner=NORTH, count_text="several", subtype="attacked", actor=SOUTH),
            "Several observation posts of the North attacked by the South",
        ),
        (make_post(owner=None, actor=None, kind="base", count=1), "Base set up"),
        (make_displacement(), "More than 12,000 people fled"),
        (make_displacement(quantity=Quantity(1, "exact", "a family"), unit="households"), "1 household fled"),
        (make_displacement(quantity=Quantity(None, "exact", "tens of thousands")), "Tens of thousands fled"),
        (
            make_displacement(subtype="refugee_stock", quantity=Quantity(11000, "exact", "x", 10000, 12000)),
            "10,000–12,000 people hosted as refugees",
        ),
    ],
)
def test_events_in_words(event: Event, expected: str) -> None:
    assert what_words(event) == expected


def test_a_way_is_told_by_both_ends() -> None:
    assert route_words(make_displacement(origin=make_location("A"), destination=make_location("B"))) == "A → B"


def test_a_place_no_gazetteer_knows_keeps_the_texts_own_name() -> None:
    assert route_words(make_control(location=None, place_text="the village of Kashma")) == "the village of Kashma"


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        (Quantity(500000, "more_than", "x"), "people", ">500,000"),
        (Quantity(600000, "approximately", "x"), "people", "~600,000"),
        (Quantity(3, "exact", "x"), "households", "3 households"),
        (Quantity(None, "exact", "thousands"), "people", "thousands"),
    ],
)
def test_figures_as_labels(quantity: Quantity, unit: str, expected: str) -> None:
    assert figure_label(quantity, unit) == expected


def test_parties_have_the_colour_given_or_the_next_free_default() -> None:
    actors = [Actor("A", "a"), Actor("B", "b"), None, Actor("A again", "a"), Actor("C")]
    found = colour_by_actor(actors, {"b": "#123456", "C": "red; x"})
    assert found == {"a": DEFAULTS[0], "b": "#123456", "c": DEFAULTS[1]}


def test_parties_beyond_the_palette_are_grey() -> None:
    found = colour_by_actor([Actor(str(i)) for i in range(20)], {})
    assert list(found.values())[-1] == UNKNOWN


def test_the_home_view_is_the_main_scene_and_the_window_holds_every_mark() -> None:
    here = [make_location(f"Town{i}", LngLat(36.5 + i / 10, 35.5)) for i in range(6)]
    far = make_location("Far", LngLat(15.0, 32.5))
    home = home_view([*here, far])
    assert home.west > 30
    window = window_for(home, [*here, far])
    assert window.west < 15 < window.east


def test_a_country_does_not_stretch_the_home_view() -> None:
    wide = make_location("Land", LngLat(40.0, 39.0), geo_precision=3, radius_km=500)
    assert home_view([make_location(), wide]).east < 38


def test_one_town_alone_has_its_surroundings() -> None:
    home = home_view([make_location()])
    assert home.east - home.west == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("window", "layers"),
    [
        (Window(34, 34, 39, 38), {"land", "lakes", "admin1", "rivers", "borders", "disputed"}),
        (Window(33, 45.5, 36, 47), {"land", "disputed", "rivers"}),
        (Window(-30, -30, -29, -29), set()),
        (Window(170, 50, 180, 70), {"land"}),
    ],
)
def test_the_basemap_has_these_layers_under_a_window(window: Window, layers: set[str]) -> None:
    found = basemap.load(window)
    assert layers <= {name for name, parts in found.shapes.items() if parts}


def test_shapes_are_cut_at_the_window() -> None:
    window = Window(35.5, 35.0, 37.5, 36.5)
    for parts in basemap.load(window).shapes.values():
        for ring in (ring for part in parts for ring in part):
            xs = basemap.points(ring)[:, 0] / basemap.UNITS
            assert xs.min() >= window.west - 0.002
            assert xs.max() <= window.east + 0.002


def test_names_lie_in_the_window() -> None:
    found = basemap.load(Window(35, 34, 39, 38))
    assert "Aleppo" in {town.name for town in found.towns}
    assert "Ankara" not in {town.name for town in found.towns}
    assert {country.name for country in found.countries} >= {"Syria"}


def test_the_world_carries_no_date_of_its_making() -> None:
    with zipfile.ZipFile(basemap.WORLD) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
