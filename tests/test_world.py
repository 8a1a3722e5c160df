from __future__ import annotations

from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.join import join
from geomap.gazetteer.rows import WorldRow, flat_km
from geomap.gazetteer.sources import admin1_names
from geomap.gazetteer.tables import Names, write_names
from geomap.gazetteer.world import division_keys, open_world, without_kind
from geomap.model import LngLat


def row(row_id: str, name: str, kind: str = "town", lng: float = 10.0, **more: object) -> WorldRow:
    """A row at 20 degrees north in the invented country xx."""
    return WorldRow(id=row_id, name=name, kind=kind, point=LngLat(lng, 20.0), country="xx", **more)  # type: ignore[arg-type]


# Rows of several sources, and the ids and names of the places that they are.
JOINS: dict[str, tuple[list[WorldRow], dict[str, tuple[str, ...]]]] = {
    "one number": ([row("gn-1", "Marsa"), row("gn-1", "Mersa")], {"gn-1": ("Mersa",)}),
    "one code": (
        [row("gn-1", "Nord", "region", code="XX-N"), row("b-1", "North", "region", code="XX-N", names=("Norte",))],
        {"gn-1": ("North", "Norte")},
    ),
    "one name at one spot": ([row("gn-1", "Marsa"), row("b-1", "Mársa", lng=10.1)], {"gn-1": ("Mársa",)}),
    "one name far off": ([row("gn-1", "Marsa"), row("b-1", "Marsa", lng=11)], {"gn-1": (), "b-1": ()}),
    "two numbers of one source": ([row("gn-1", "Marsa"), row("gn-2", "Marsa")], {"gn-1": (), "gn-2": ()}),
    "a town and its district": ([row("gn-1", "Marsa"), row("b-1", "Marsa", "district")], {"gn-1": (), "b-1": ()}),
}


@pytest.mark.parametrize("case", JOINS)
def test_rows_of_one_place_become_one(case: str) -> None:
    rows, expected = JOINS[case]

    assert {each.id: each.names for each in join(rows)} == expected


@pytest.mark.parametrize(("lng", "expected"), [(10.5, 10.25), (19.0, 10.0)])
def test_an_area_moves_towards_a_given_point_unless_that_lies_outside(lng: float, expected: float) -> None:
    towns_middle = row("gn-1", "North", "region", code="XX-N", radius_km=80.0)
    given = row("b-1", "North", "region", lng, code="XX-N")

    assert join([towns_middle, given])[0].point.lng == expected


@pytest.mark.parametrize("names_per_table", [1, 3, 100])
def test_names_are_found_in_one_table_or_many(tmp_path: Path, names_per_table: int) -> None:
    pairs = [("marsa", 3), ("marsa", 1), ("new", 4), ("new marsa", 2), ("north", 5), ("نور", 6)]
    count = write_names(tmp_path, pairs, names_per_table)
    names = Names(tmp_path)

    assert (count, len(names)) == (5, 5)
    assert [list(names.numbers(name)) for name in ("marsa", "new marsa", "nowhere", "نور")] == [
        [3, 1],
        [2],
        [],
        [6],
    ]
    assert [names.known(phrase) for phrase in ("new", "new marsa", "new marsa road", "ne")] == [
        (True, True),
        (True, False),
        (False, False),
        (False, False),
    ]
    assert names.names_like("mrs") == ["marsa"]


def test_no_names_are_a_table_too(tmp_path: Path) -> None:
    assert write_names(tmp_path, []) == 0
    assert Names(tmp_path).known("marsa") == (False, False)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("greene county", "greene"),
        ("state of ohio", "ohio"),
        ("county", "county"),
        ("free state of", "free state of"),
    ],
)
def test_a_division_has_a_name_without_its_kind(key: str, expected: str) -> None:
    assert without_kind(key) == expected


@pytest.mark.parametrize(
    ("key", "country", "expected"),
    [
        ("greene county", "us", "greene"),  # there are towns of that name
        ("lake county", "us", "lake county"),
        ("magwi county", "ss", "magwi"),
        ("eastern", "rw", "eastern province"),
        ("eastern province", "rw", "eastern province"),
    ],
)
def test_a_division_is_found_by_a_name_that_is_no_word(key: str, country: str, expected: str) -> None:
    assert expected in division_keys(key, country, {"greene"})
    assert "eastern" not in division_keys(key, country, {"greene"})


def test_a_county_is_found_by_its_full_name_and_no_town_with_it(gazetteer: Gazetteer) -> None:
    found = gazetteer.places_named("Greene County")

    assert {place.kind for place in found} == {"district"}
    assert {"Tennessee", "Ohio"} <= {place.admin1 for place in found}


@pytest.mark.parametrize(("name", "country"), [("Bavaria", "de"), ("Sichuan", "cn"), ("West Java", "id")])
def test_divisions_are_shown_in_english(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert name in {place.name for place in gazetteer.places_named(name) if place.country == country}


def test_a_new_index_takes_the_place_of_older_ones(tmp_path: Path) -> None:
    (tmp_path / "world-1-older").mkdir()
    (tmp_path / "world-1-older" / "places.sqlite").touch()
    open_world(tmp_path, readers=[lambda: [row("gn-1", "Marsa")]])

    (folder,) = tmp_path.iterdir()
    assert (folder / "places.sqlite").is_file()
    assert [place.id for place in open_world(tmp_path).places_named("marsa")] == ["gn-1"]


def test_codes_of_divisions_have_english_names() -> None:
    names = admin1_names()

    assert (names["US.TX"], names["CN.32"], names["IQ.01"]) == ("Texas", "Sichuan", "Al Anbar")


# A name; kind and country of one of its places, and a point it lies near to.
WORLD = {
    "Texas": ("region", "us", LngLat(-99.2, 31.3)),
    "Greene": ("district", "us", LngLat(-83.0, 36.2)),
    "Bavaria": ("region", "de", LngLat(11.4, 48.9)),
    "Queensland": ("region", "au", LngLat(144.4, -22.6)),
    "Sichuan": ("region", "cn", LngLat(102.7, 30.5)),
    "North Kivu": ("governorate", "cd", LngLat(29.0, -0.8)),
    "Rafah": ("city", "ps", LngLat(34.24, 31.3)),
    "Mekelle": ("city", "et", LngLat(39.5, 13.5)),
}


@pytest.mark.parametrize("name", WORLD)
def test_the_world_index_knows_divisions_and_towns(gazetteer: Gazetteer, name: str) -> None:
    kind, country, point = WORLD[name]
    found = [place for place in gazetteer.places_named(name) if (place.kind, place.country) == (kind, country)]

    assert min((flat_km(place.point, point) for place in found), default=9999) < 250


def test_a_town_says_its_division_by_name(gazetteer: Gazetteer) -> None:
    admin1 = {place.admin1 for place in gazetteer.places_named("Houston")}

    assert {"Texas", "Missouri", "Alaska"} <= admin1
    assert not any(name.isdigit() for name in admin1)
