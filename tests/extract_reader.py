"""Reading one invented text for events, with its places put where the test wants them.

The geocoder is tested elsewhere; here every place of ``PLACES`` is a place wherever it stands.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from geomap.extract import extract
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.model import Article, Event, LngLat, Location, Mention, Place
from geomap.split import split

# Invented towns and a region of an invented country, and what the sentences name beside them.
PLACES = {
    "Marsa": Place(
        id="xx-marsa", name="Marsa", kind="town", point=LngLat(10.0, 20.0), country="sy", parent="xx-north"
    ),
    "Dahra": Place(
        id="xx-dahra", name="Dahra", kind="town", point=LngLat(10.4, 20.2), country="sy", parent="xx-north"
    ),
    "Qasra": Place(
        id="xx-qasra", name="Qasra", kind="city", point=LngLat(11.0, 20.9), country="sy", parent="xx-north"
    ),
    "North province": Place(
        id="xx-north",
        name="North province",
        kind="governorate",
        point=LngLat(10.5, 20.5),
        country="sy",
        precision=3,
    ),
    "Sudan": Place(id="sd", name="Sudan", kind="country", point=LngLat(30.0, 15.0), country="sd", precision=3),
}


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the shipped gazetteer, for its parties and demonyms."""
    return load_gazetteer()


def locations_of(text: str) -> list[Location]:
    """Return a location for every name of ``PLACES`` in a text, in text order."""
    found = [
        (match.start(), match.end(), place)
        for name, place in PLACES.items()
        for match in re.finditer(rf"\b{name}\b", text)
    ]
    return [
        Location(
            mention=Mention(start, end, text[start:end], place.name),
            place=place,
            name=place.name,
            point=place.point,
            geo_precision=place.precision,
            start=start,
            end=end,
        )
        for start, end, place in sorted(found, key=lambda f: f[0])
    ]


def events_of(text: str, date: str = "2024-03-13") -> list[Event]:
    """Return the events of an invented article; 2024-03-13 is a Wednesday."""
    article = Article(id="test", text=text, date=dt.date.fromisoformat(date) if date else None)
    events, _ = extract(article, split(article), locations_of(text), gazetteer())
    return events
