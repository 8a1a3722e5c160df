"""Online: names that no gazetteer has, asked of a service that runs on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.drawing import page_of
from geomap.export import article_line, events_text, read_events
from geomap.model import Issue, Location, Mention, Span
from geomap.online import OnlineSettings, Resolver
from geomap.pipeline import locate, page, read_one, run
from tests.factory import make_article
from tests.geocoding_server import (
    OSM,
    WHO,
    Reply,
    Service,
    features,
    make_settings,
    nominatim,
    photon,
    resolved,
)

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

TEXT = "Syrian government forces captured the village of Kafr Zoran in Idlib province on Wednesday."
VILLAGE = "online-nominatim-n4711"
SHOP = {"class": "shop", "type": "bakery"}
COUNTY, BOUNDED = (
    {"class": "boundary", "type": "administrative", "addresstype": role} for role in ("county", "village")
)


def test_a_village_that_no_gazetteer_has_is_found_and_marked_as_not_checked(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]

    part = read_one(make_article(text=TEXT), gazetteer, Resolver(settings))

    (event,) = part.events
    location = event.location
    assert location is not None
    assert location.place.id == "online-nominatim-n4711"
    assert (location.point.lat, location.point.lng, location.geo_precision) == (35.7, 36.6, 1)
    assert location.place.note == "found online by nominatim, not checked"
    assert location.why.startswith("found online by nominatim, not checked; the only place of that name in SY")
    assert 0.3 < location.score < 0.7
    assert [issue.kind for issue in part.issues] == ["online place"]
    assert OSM in part.issues[0].message


def test_only_the_name_is_sent_and_who_asks_for_it(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    read_one(make_article(text=TEXT), gazetteer, Resolver(settings))

    (question,) = service.asked
    assert question["q"] == "Kafr Zoran"
    assert (question["path"], question["countrycodes"], question["accept-language"]) == ("/search", "sy", "en")
    assert service.agents == [WHO]


def test_names_that_a_gazetteer_has_are_not_asked_for(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    text = "Rebels captured the town of Saraqeb in Idlib province on Wednesday, and Ankara blamed Moscow."

    read_one(make_article(text=text), gazetteer, Resolver(settings))

    assert service.asked == []


def test_a_long_stretch_is_no_name_and_stays_here(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    sentence = "Our source in the village said that they had left it at dawn"

    location, issues = resolved(settings, gazetteer, sentence)

    assert location is None
    assert service.asked == []
    assert issues[0].message.endswith("too long to be asked for online")


def test_words_around_the_name_move_a_place_found_online(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    text = "In Idlib, shells fell 10 km east of the village of Kafr Zoran."

    found = [
        each
        for each in locate(make_article(text=text), gazetteer, None, Resolver(settings))
        if "10 km" in each.name
    ]

    assert [each.place.id for each in found] == ["online-nominatim-n4711"]
    assert found[0].point.lng > 36.65
    assert "not checked" in found[0].why


ANSWERS: list[tuple[str, list[dict[str, Any]], str, str]] = [
    # what, answers, id of the place ("" where none is taken), words of the issue
    ("nothing", [], "", "nominatim has none either"),
    ("a place elsewhere", [nominatim(country="tr")], "", "has it in TR, but the article tells of SY: not used"),
    ("a place in no country", [nominatim(address={})], "", "has it in no country"),
    ("a shop of that name", [nominatim(**SHOP)], "", "only Kafr Zoran (shop=bakery)"),
    ("a place of another name", [nominatim("Damira", namedetails={})], "", "only Damira (place=village)"),
    ("another spelling", [nominatim("Kafr Zuran", namedetails={})], VILLAGE, "spelt Kafr Zuran there"),
    ("a name among others", [nominatim("Zuhur", namedetails={"alt_name": "X;Kafr Zoran"})], VILLAGE, ""),
    (
        "its point and its boundary",
        [nominatim(), nominatim(osm_type="relation", osm_id=9, lat=35.71)],
        VILLAGE,
        "the only place",
    ),
    (
        "two, one near the article's town",
        [nominatim(lat=34.0, osm_id=1), nominatim(lat=35.3, lng=36.5, osm_id=2)],
        "online-nominatim-n2",
        "near other places of the text",
    ),
    ("two far from it", [nominatim(lat=33.0, osm_id=1), nominatim(lat=32.5, osm_id=2)], "", "none is clearly"),
    ("one odd item among good ones", [{"lat": "35", "lon": "36", "display_name": "?"}, nominatim()], VILLAGE, ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "answers", "place_id", "words"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_answers_are_taken_or_refused(
    what: str,
    answers: list[dict[str, Any]],
    place_id: str,
    words: str,
    service: Service,
    settings: OnlineSettings,
    gazetteer: Gazetteer,
) -> None:
    service.replies["*"] = [Reply(answers)]

    location, issues = resolved(settings, gazetteer)

    assert (location.place.id if location else "") == place_id
    assert words in issues[0].message
    assert issues[0].kind in ("online place", "unknown place", "ambiguous place")


EXTENTS: list[tuple[str, dict[str, Any], str, int, float]] = [
    # what, the answer, kind, geo_precision, at least this radius
    ("a village is a point", {}, "village", 1, 0),
    ("a village with a wide boundary is no point", {"box": 0.4}, "village", 2, 25),
    ("a district is an area", COUNTY, "district", 3, 1),
    ("a boundary of a village is the village", BOUNDED, "village", 1, 0),
    ("a base is as precise as it is small", {"class": "military", "type": "base"}, "base", 1, 1),
    ("a mountain is as wide as it is", {"class": "natural", "type": "ridge", "box": 0.1}, "mountain", 2, 10),
    ("a place without a box", {"boundingbox": None}, "village", 1, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "changed", "kind", "precision", "radius"), EXTENTS, ids=[row[0] for row in EXTENTS]
)
def test_type_and_box_tell_how_precise_a_place_is(
    what: str,
    changed: dict[str, Any],
    kind: str,
    precision: int,
    radius: float,
    service: Service,
    settings: OnlineSettings,
    gazetteer: Gazetteer,
) -> None:
    service.replies["*"] = [Reply([nominatim(**changed)])]

    location: Location = resolved(settings, gazetteer)[0]

    assert (location.place.kind, location.geo_precision) == (kind, precision)
    assert location.radius_km >= radius
    assert location.place.radius_km == location.radius_km


def test_photon_answers_with_features_and_houses_without_a_name(
    service: Service, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    house = photon(name=None, osm_key="building")
    service.replies["*"] = [Reply(features(house, photon(countrycode="TR", osm_id=1), photon()))]

    location, _ = resolved(make_settings(service, tmp_path, provider="photon"), gazetteer)

    assert location.place.id == "online-photon-n4711"
    assert location.place.attribution == OSM
    assert (service.asked[0]["path"], service.asked[0]["lang"]) == ("/api", "en")
    assert 30 < float(service.asked[0]["lat"]) < 40


def test_an_article_that_names_no_country_is_asked_about_without_limit(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["*"] = [Reply([nominatim()])]
    mention = Mention(0, 10, "Kafr Zoran", "Kafr Zoran")
    issue = Issue("unknown place", "a", "?", Span(0, 10))

    (location,), _ = Resolver(settings).resolve("a", [mention], [], [issue], gazetteer)

    assert "countrycodes" not in service.asked[0]
    assert location.score < 0.5


# --- what readers are told ------------------------------------------------------------------------------


def test_the_page_and_the_data_name_whose_places_they_show(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    reading = run([make_article(text=TEXT)], gazetteer, online=Resolver(settings))

    html = page(reading, gazetteer)
    assert f"{OSM}, found online by nominatim, not checked: <bdi>Kafr Zoran</bdi>" in html
    for fmt in ("geojson", "csv"):
        assert OSM in events_text(reading.timeline, reading.articles, fmt)
    part = reading.parts[0]
    line = article_line(part.article, part.named, part.events, part.issues)
    assert line["events"][0]["place_attribution"] == OSM
    assert OSM in [toponym.get("attribution") for toponym in line["toponyms"]]

    path = tmp_path / "events.geojson"
    path.write_text(events_text(reading.timeline, reading.articles, "geojson"), encoding="utf-8")
    timeline, articles = read_events(path, gazetteer.place)
    assert "found online by nominatim, not checked: <bdi>Kafr Zoran</bdi>" in page_of(
        timeline, articles, (), gazetteer
    )


def test_a_page_without_such_places_names_nobody_more(gazetteer: Gazetteer) -> None:
    html = page(run([make_article(text="Rebels captured the town of Saraqeb on Wednesday.")], gazetteer), gazetteer)

    assert "OpenStreetMap" not in html
