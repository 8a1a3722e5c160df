"""Abbreviations: which actor each stands for in an article."""

import pytest

from geomap.extract.called import actors_called
from geomap.model import LngLat, Location, Mention, Place
from tests.extract_reader import gazetteer


def _in(country: str) -> Location:
    place = Place(id=f"{country}-x", name="X", kind="town", point=LngLat(0.0, 0.0), country=country)
    mention = Mention(0, 1, "X", "X")
    return Location(
        mention=mention, place=place, name="X", point=place.point, geo_precision=1, start=0, end=1, why="named"
    )


@pytest.mark.parametrize(
    ("text", "country", "abbreviation", "name"),
    [
        ("AA captured the town.", "mm", "AA", "Arakan Army"),
        ("AA reported shelling.", "tr", "AA", "Anadolu Agency"),
        ("The Anadolu Agency (AA) wrote of Rakhine. AA said so.", "mm", "AA", "Anadolu Agency"),
        ("SNA soldiers came. The SNA left.", "so", "SNA", "Somali National Army"),
        ("The SNA left.", "sy", "SNA", "Syrian National Army"),
        ("RSF fighters left.", "sd", "RSF", "Rapid Support Forces"),
        ("RSF condemned the arrest in Ankara.", "tr", "RSF", "Reporters Without Borders"),
        ("The Marsa Liberation Army (MLA) came. The MLA left.", "sy", "MLA", "Marsa Liberation Army"),
    ],
)
def test_an_abbreviation_is_who_the_article_is_about(text: str, country: str, abbreviation: str, name: str) -> None:
    entry = actors_called(gazetteer().actors, text, [_in(country)]).by_name(abbreviation)

    assert entry is not None
    assert entry.name == name


def test_an_abbreviation_of_what_bears_no_arms_is_no_actor() -> None:
    actors = actors_called(gazetteer().actors, "The Marsa Bakers Union (MBU) met. The MBU left.", [])

    assert actors.by_name("MBU") is None
