"""Geocode: which place is meant, where a relative place lies, and what stays open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.gazetteer import Gazetteer
from geomap.geocode import geocode
from geomap.geocode.areas import km_between
from geomap.geocode.relative import offset
from geomap.geocode.vocabulary import PartEntry, vocabulary
from geomap.model import Article, Issue, LngLat, Location, Mention, Span
from geomap.pipeline import locate
from geomap.recognize import recognize
from geomap.split import split

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "geocode.yml").read_text(encoding="utf-8"))


def located(text: str, gazetteer: Gazetteer) -> tuple[list[Location], list[Issue]]:
    article = Article(id="a", text=text)
    sentences = split(article)
    return geocode(article, sentences, recognize(article, sentences, gazetteer), gazetteer)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_text_names_these_places_here(case: dict[str, Any], gazetteer: Gazetteer) -> None:
    text = case["text"]
    found: dict[str, Location] = {}
    for each in located(text, gazetteer)[0]:
        found.setdefault(text[each.start : each.end], each)
    for words, expected in case["at"].items():
        assert words in found, f"{words} is not among {list(found)}"
        location = found[words]
        assert (location.place.id, location.geo_precision) == (expected["place"], expected["precision"])
        if "point" in expected:
            assert km_between(location.point, LngLat(*expected["point"])) <= expected["km"]


def test_every_location_says_why_and_how_sure(gazetteer: Gazetteer) -> None:
    locations, _ = located("In Syria, shells hit Saraqeb, and Ankara blamed Moscow.", gazetteer)
    assert [each.mention.text for each in locations] == ["Syria", "Saraqeb", "Ankara", "Moscow"]
    assert all(each.why and 0 < each.score <= 1 for each in locations)


def test_a_village_no_gazetteer_has_is_an_issue_and_no_location(gazetteer: Gazetteer) -> None:
    locations, issues = located("Syrian troops took the village of Kaxmawuq.", gazetteer)
    assert [each.mention.text for each in locations] == ["Syrian"]
    assert [(each.kind, each.span) for each in issues] == [("unknown place", Span(34, 42))]
    assert "Kaxmawuq" in issues[0].message


def test_a_name_of_many_places_without_any_hint_is_no_sure_thing(gazetteer: Gazetteer) -> None:
    locations, issues = located("A fair was held in Springfield.", gazetteer)
    assert issues or locations[0].score < 0.7


def test_an_actor_is_located_but_stays_an_actor(gazetteer: Gazetteer) -> None:
    locations, _ = located("Ankara blamed Damascus.", gazetteer)
    assert [(each.mention.role, each.place.id) for each in locations] == [
        ("actor", "tr-ankara"),
        ("actor", "sy-damascus"),
    ]


def test_given_spans_are_located_without_recognising(gazetteer: Gazetteer) -> None:
    article = Article(id="a", text="paris, texas")
    found = locate(article, gazetteer, spans=[Span(0, 5), Span(7, 12)])
    assert [each.place.id for each in found] == ["gn-4717560", "gn-4736286"]


def test_no_mention_means_no_location_and_no_issue(gazetteer: Gazetteer) -> None:
    assert geocode(Article(id="a", text=""), [], [], gazetteer) == ([], [])
    nowhere = [Mention(0, 3, "Qqq", "Qqq")]
    assert geocode(Article(id="a", text="Qqq"), [], nowhere, gazetteer)[0] == []


@pytest.mark.parametrize(("bearing", "lng", "lat"), [(0, 36.0, 35.09), (90, 36.11, 35.0), (180, 36.0, 34.91)])
def test_an_offset_of_ten_kilometres_goes_that_way(bearing: float, lng: float, lat: float) -> None:
    assert km_between(offset(LngLat(36.0, 35.0), bearing, 10), LngLat(lng, lat)) < 0.5


@pytest.mark.parametrize("part", vocabulary().file.parts, ids=lambda part: part.words[0])
def test_the_example_of_a_part_is_near_the_place_or_a_part_of_it(part: PartEntry, gazetteer: Gazetteer) -> None:
    text = part.example.replace("[", "").replace("]", "")
    locations, _ = located(f"{text} Hama is a city in Syria.", gazetteer)
    first = locations[0]
    assert (first.geo_precision, first.radius_km > 0) == (2, True)
    assert first.end - first.start > len("Hama")


@pytest.mark.parametrize(
    ("source", "admin1"),
    [
        ("Eugene Post", "Oregon"),
        ("Illinois Chronicle", "Illinois"),
        ("Boston Globe", "Massachusetts"),
        ("Reuters", ""),
    ],
)
def test_a_local_paper_means_the_places_around_it(source: str, admin1: str, gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Springfield on Monday."

    found, _ = geocode(
        Article(id="a", text=text, source=source), [], [Mention(20, 31, "Springfield", "Springfield")], gazetteer
    )

    assert [location.place.admin1 for location in found] == [admin1][: bool(admin1)]
