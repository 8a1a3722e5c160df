from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.gazetteer.load import Curated, compile_curated, load_curated
from geomap.gazetteer.names import fold
from geomap.gazetteer.rows import WorldRow, flat_km, is_searchable
from geomap.gazetteer.world import open_world
from geomap.model import LngLat, Place
from geomap.yamlfile import Form, read_yaml
from tests.gazetteer_data import NORTH, write_data


def read_atlas() -> Iterator[WorldRow]:
    """A worldwide source of invented places; Marsa is in the curated data too, once at the same spot."""
    rows = [
        (1, "Marsa", ("El Marsa", "MRS"), LngLat(-80.0, 5.0), "yy", 5_000),
        (77, "Marsá", (), LngLat(10.1, 21.2), "xx", 95_000),
        (2, "Green River", ("Зелёная", "zelenaya", "https://green.example"), LngLat(11, 22), "yy", 300),
        (3, "Abar", ("أبار",), LngLat(12, 22), "xx", 900),
        (4, "Bridge", (), LngLat(12, 23), "yy", 100),
        (5, "Saint Nur", ("St. Nur",), LngLat(12, 24), "yy", 100),
        (6, "Ur", (), LngLat(12, 24), "yy", 100),
    ]
    for number, name, names, point, country, population in rows:
        yield WorldRow(
            id=f"gn-{number}",
            name=name,
            names=names,
            point=point,
            kind="town",
            country=country,
            admin1="01",
            population=population,
        )


@pytest.fixture(scope="module")
def xanadu(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("xanadu")
    curated = compile_curated(write_data(folder / "data"), version="1")
    return Gazetteer(curated, open_world(folder / "cache", [read_atlas], key="atlas"))


# A text, and the names that are found in it: ~ before a demonym, - before a name of the world alone.
TEXTS = {
    "Shells fell on Marsa.": ["Marsa"],
    "Shells fell on marsa.": [],
    "MARSA FALLS": ["Marsa"],
    "They reached al-Marsa's edge.": ["Al-Marsa"],
    "They reached el-Marsa.": ["Al-Marsa"],
    "The Marsa-based group": ["Marsa"],
    "in Tell\nan-Nur": ["Tell an-Nur"],
    "in Tell al-Nur": ["Tell an-Nur"],
    "in Tell al-Nūr’s mosque": ["Tell an-Nur"],
    "North Province, Marsa": ["North Province", "Marsa"],
    "the Xanadese troops": ["~Xanadese"],
    "The Marsa Times wrote from Marsa": ["Marsa"],
    "Bridge is closed": [],
    "the Green River": ["-Green River"],
    "a Green river": [],
    "at St. Nur and Saint-Nur": ["-St. Nur", "-Saint-Nur"],
    "President al-Abar spoke": [],
    "Abar fell": ["-Abar"],
    "Xnd and XND": ["XND"],
    "Ur of old": [],
    "قصف المرسى": ["المرسى"],
    "Зелёная горит": ["-Зелёная"],
    "At Marsa they wait": ["Marsa"],
    "Tell. An-Nur": [],
    "in the North highlands": ["North highlands"],
    "in the North highlands' towns": ["North highlands"],
    "the North Highlands": ["North highlands"],
    "the north highlands": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_names_in_a_text_are_found(xanadu: Gazetteer, text: str) -> None:
    hits = list(xanadu.names_in(text))
    marks = ["~" if hit.is_demonym else "" if hit.is_curated else "-" for hit in hits]

    assert [mark + hit.name for mark, hit in zip(marks, hits, strict=True)] == TEXTS[text]


WORDS = [
    "Marsa",
    "al-",
    "Tell",
    "an-Nur",
    "Ma'r",
    "’s",
    " ",
    "\n",
    ".",
    "Green",
    "River",
    "المرسى",
    "ʿ",
    "é",
    "́",
    "XND",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=20).map("".join)))
def test_hits_are_apart_in_order_and_name_what_they_cover(xanadu: Gazetteer, text: str) -> None:
    end = 0
    for hit in xanadu.names_in(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
        if not hit.is_demonym:
            assert xanadu.places_named(hit.name)
            assert fold(hit.name) in (fold(text[hit.start : hit.end]), fold(hit.name))


def test_a_hit_covers_the_words_of_the_text(xanadu: Gazetteer) -> None:
    text = "Near Tell al-Nūr’s mosque"
    (hit,) = xanadu.names_in(text)

    assert text[hit.start : hit.end] == "Tell al-Nūr"


def test_places_of_a_name_are_curated_ones_first_and_each_once(xanadu: Gazetteer) -> None:
    assert [place.id for place in xanadu.places_named("el-Marsa")] == ["xx-marsa", "gn-1"]
    assert [place.id for place in xanadu.places_named("MARSA")] == ["xx-marsa", "gn-1"]
    assert xanadu.places_named("Nowhere") == ()


def test_a_curated_place_says_where_it_lies(xanadu: Gazetteer) -> None:
    place = xanadu.place("xx-marsa")

    assert place is not None
    assert (place.point, place.country, place.admin1, place.parent) == (
        (10.1, 21.2),
        "xx",
        "North Province",
        "xx-north",
    )
    assert (place.local_name, place.geonameid, place.is_curated) == ("المرسى", 77, True)
    assert place.precision == 1


def test_an_area_has_the_precision_of_an_area(xanadu: Gazetteer) -> None:
    places = [xanadu.place(place_id) for place_id in ("xx", "xx-north")]

    assert [place.precision for place in places if place is not None] == [3, 3]


def test_a_worldwide_place_is_known_by_its_number(xanadu: Gazetteer) -> None:
    place = xanadu.place("gn-3")

    assert place is not None
    assert (place.name, place.country, place.admin1) == ("Abar", "xx", "North Province")
    assert [xanadu.place(place_id) for place_id in ("gn-999", "gn-x", "xx-nowhere", "")] == [None] * 4


def test_a_weak_name_is_told_from_a_strong_one(xanadu: Gazetteer) -> None:
    assert [xanadu.is_weak(name, "xx-marsa") for name in ("port", "Marsa")] == [True, False]


def test_demonyms_and_capitals_lead_to_their_country(xanadu: Gazetteer) -> None:
    assert [xanadu.demonym_country(word) for word in ("Xanadese", "xanadan", "Marsa")] == ["xx", "xx", None]
    assert xanadu.demonym("xx") == "Xanadese"
    assert xanadu.capital_country("xx-marsa") == "xx"


@pytest.mark.parametrize(
    ("name", "ids"),
    [("Mersa", ["xx-marsa", "gn-1"]), ("Tall al-Nour", ["xx-tell-nur"]), ("Karsa", []), ("A", [])],
)
def test_a_name_that_nobody_knows_has_suggestions(xanadu: Gazetteer, name: str, ids: list[str]) -> None:
    assert [place.id for place, _ in xanadu.similar_places(name)] == ids


def test_a_look_up_says_why(xanadu: Gazetteer) -> None:
    assert [why for _, why in xanadu.lookup("Marsa")][:1] == ["Marsa is one of its names"]
    assert [why for _, why in xanadu.lookup("Mersa")][:1] == ["its name is written much like Mersa (0.88)"]


# A text and the actors named in it.
ACTORS = {
    "The Xanadese army's posts": ["Xanadese army"],
    "the xanadese army": [],
    "Xanadese Army said": ["Xanadese Army"],
    "XAF and Xaf": ["XAF"],
    "The Guard said": ["The Guard"],
    "the guard said": [],
    "Pro-Marsa forces left": ["Pro-Marsa forces"],
    "Colonel Abar spoke of rebels": ["Colonel Abar", "rebels"],
    "Rebels left": ["Rebels"],
}


@pytest.mark.parametrize("text", ACTORS)
def test_the_actors_of_a_text_are_found(xanadu: Gazetteer, text: str) -> None:
    assert [text[start:end] for start, end, _ in xanadu.actors.find(text)] == ACTORS[text]


def test_an_actor_is_known_by_id_and_by_any_name(xanadu: Gazetteer) -> None:
    army = xanadu.actors.by_id("xx-army")

    assert army is not None
    assert army.aliases == ("XAF", "the Guard", "pro-Marsa forces")
    names = ("xanadese army", "The Xanadese army", "colonel abar", "Pro Marsa Forces")
    assert [xanadu.actors.by_name(name) for name in names] == [army] * 4
    assert xanadu.actors.by_name("navy") is None


def test_entries_with_problems_are_left_out_and_told(tmp_path: Path) -> None:
    data = write_data(tmp_path, north=NORTH + "- id: xx-far\n  name: Far\n  lat: 456.0\n")
    curated = compile_curated(data)

    assert "xx-marsa" in curated.places
    assert "xx-far" not in curated.places
    assert (
        curated.problems[-1] == "places/xx/north.yml:30: xx-far: lat: found 456.0, expected a number not above 90"
    )


def test_a_second_load_reads_what_the_first_kept(tmp_path: Path) -> None:
    data, cache = write_data(tmp_path / "data"), tmp_path / "cache"
    first = load_curated(data, cache)
    (kept,) = cache.glob("curated-*.json")
    kept.write_text(kept.read_text(encoding="utf-8").replace("Tell an-Nur", "Kept"), encoding="utf-8")

    assert load_curated(data, cache).places["xx-tell-nur"]["name"] == "Kept"
    assert load_curated(write_data(data, north=NORTH + "\n"), cache).version != first.version


def test_a_broken_or_unwritable_cache_only_costs_time(tmp_path: Path) -> None:
    data, cache = write_data(tmp_path / "data"), tmp_path / "cache"
    load_curated(data, cache)
    (kept,) = cache.glob("curated-*.json")
    kept.write_text("{", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert isinstance(load_curated(data, cache), Curated)
    assert isinstance(load_curated(data, tmp_path / "file" / "cache"), Curated)


def test_a_folder_without_places_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="found no folder places, expected a gazetteer"):
        load_gazetteer(tmp_path, tmp_path)


def test_two_that_build_the_index_at_once_both_get_it(tmp_path: Path) -> None:
    found = list[int]()

    def count() -> None:
        found.append(len(open_world(tmp_path, [read_atlas], key="atlas").places_named("marsa")))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [2] * 4
    assert [path.name.split("-")[0] for path in tmp_path.iterdir()] == ["world"]


def test_an_index_that_cannot_be_kept_is_built_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert len(open_world(tmp_path / "file" / "cache", [read_atlas], key="atlas").places_named("marsa")) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Sarmine", True), ("al-Bab", True), ("سرمين", True), ("srmyn", False), ("ALP", False), ("12", False)],
)
def test_codes_and_machine_names_are_no_names(name: str, expected: bool) -> None:
    assert is_searchable(name) is expected


def test_the_shipped_gazetteer_knows_its_world(gazetteer: Gazetteer) -> None:
    assert [place.country for place in gazetteer.places_named("Saraqib")][:1] == ["sy"]
    assert gazetteer.problems == ()


class Spellings(Form):
    country: str
    spellings: tuple[str, ...]


SPELLINGS = read_yaml(Path(__file__).parent / "cases" / "spellings.yml", list[Spellings])


@pytest.mark.parametrize("case", SPELLINGS, ids=lambda case: case.spellings[0])
def test_every_usual_spelling_leads_to_the_place(gazetteer: Gazetteer, case: Spellings) -> None:
    first = next(place for place in gazetteer.places_named(case.spellings[0]) if place.country == case.country)

    lost = [name for name in case.spellings if not any(near(place, first) for place in known_as(gazetteer, name))]
    assert lost == []


def known_as(gazetteer: Gazetteer, name: str) -> list[Place]:
    return [place for place, _ in gazetteer.lookup(name)] + [p for p, _ in gazetteer.similar_places(name)]


def near(place: Place, other: Place) -> bool:
    return abs(place.point.lat - other.point.lat) < 0.5 and abs(place.point.lng - other.point.lng) < 0.5


# A name, and the place that comes first.
FIRST = {
    "Kharkiv": ("city", "ua"),
    "Rafah": ("city", "ps"),
    "Idlib": ("city", "sy"),
    "Zaporizhzhia": ("city", "ua"),
    "Benghazi": ("city", "ly"),
    "Georgia": ("country", "ge"),
    "Kuwait": ("country", "kw"),
}


@pytest.mark.parametrize("name", FIRST)
def test_strong_names_and_towns_come_first(gazetteer: Gazetteer, name: str) -> None:
    place = gazetteer.places_named(name)[0]

    assert (place.kind, place.country) == FIRST[name]


# A name of a sea, river, range, island or region, and a point that its reach covers.
FEATURES = {
    "Strait of Hormuz": LngLat(56.5, 26.6),
    "Persian Gulf": LngLat(51.0, 27.0),
    "Yangtze": LngLat(112.0, 30.5),
    "Shatt al-Arab": LngLat(48.2, 30.4),
    "Lake Chad": LngLat(14.0, 13.0),
    "Hindu Kush": LngLat(70.0, 35.5),
    "Golan Heights": LngLat(35.8, 33.0),
    "Shebaa Farms": LngLat(35.7, 33.3),
    "Snake Island": LngLat(30.2, 45.25),
    "Sub-Saharan Africa": LngLat(23.0, 0.0),
    "New England": LngLat(-71.5, 44.0),
}


@pytest.mark.parametrize("name", FEATURES)
def test_waters_ranges_and_regions_come_first_by_their_name(gazetteer: Gazetteer, name: str) -> None:
    place, point = gazetteer.places_named(name)[0], FEATURES[name]

    assert place.is_curated
    assert flat_km(place.point, point) < max(place.radius_km, 10)


@pytest.mark.parametrize("name", ["Everest", "Flores", "Orakzai", "Pacific", "Sava"])
def test_names_that_people_and_companies_bear_too_are_weak(gazetteer: Gazetteer, name: str) -> None:
    weak = [place for place in gazetteer.places_named(name) if place.is_curated]

    assert weak
    assert all(gazetteer.is_weak(name, place.id) for place in weak)


# Spellings of one town in the news of its war, and the id they lead to.
SPELLINGS = {
    "ua-bakhmut": ("Artyomovsk", "Artyomivsk", "Artemivsk"),
    "ua-sievierodonetsk": ("Severodonetsk", "Sievierodonetsk"),
    "ua-robotyne": ("Robotyne", "Rabotino"),
    "cd-walikale": ("Walikale",),
    "lb-khiam": ("Khiam", "Al-Khiam"),
    "az-martakert": ("Martakert", "Mardakert"),
}


@pytest.mark.parametrize(("place_id", "name"), [(key, name) for key, names in SPELLINGS.items() for name in names])
def test_a_town_of_a_war_is_found_by_each_of_its_spellings(gazetteer: Gazetteer, place_id: str, name: str) -> None:
    assert gazetteer.places_named(name)[0].id == place_id
