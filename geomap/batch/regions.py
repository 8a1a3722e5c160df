"""Regions: which areas is an event in, and which does a plan ask for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geomap.batch.job import Job
from geomap.errors import PlanError
from geomap.gazetteer import Gazetteer
from geomap.model import Event, Location, Place


def regions_told(events: Iterable[Event], gazetteer: Gazetteer) -> frozenset[str]:
    """Return what events are in: country codes, ``cc/admin1``, ids of places and of the areas they are in."""
    return frozenset(name for event in events for name in _of_event(event, gazetteer))


def regions_asked(jobs: Iterable[Job], gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """Return for each region that jobs name what an event in it is in: any of these is enough.

    Raises:
        PlanError: a region is in no gazetteer.
    """
    found, problems = {}, []
    where_of = {region: job.where or "regions" for job in jobs for region in job.regions}
    for name, where in where_of.items():
        place = _place(name, gazetteer)
        if place is not None:
            found[name] = _as_area(place)
        else:
            problems.append(f"{where}: {_unknown(name, gazetteer)}")
    if problems:
        raise PlanError("\n".join(problems))
    return found


def _place(name: str, gazetteer: Gazetteer) -> Place | None:
    """Return the place of that id or name; of a name that a town and its province have the province is meant."""
    place = gazetteer.place(name)
    if place is not None:
        return place
    named = sorted(gazetteer.places_named(name), key=lambda each: each.precision != 3)
    return named[0] if named else None


def _unknown(name: str, gazetteer: Gazetteer) -> str:
    near = next(iter(gazetteer.similar_places(name)), None)
    hint = f"; did you mean {near[0].name} ({near[0].id})?" if near is not None else ""
    return f"found {name}, expected the id or name of a place, or a country's code{hint}"


def _as_area(place: Place) -> frozenset[str]:
    if place.kind == "country":
        return frozenset({place.id, place.country})
    return frozenset({place.id, f"{place.country}/{place.name}"})


def _of_event(event: Event, gazetteer: Gazetteer) -> Iterator[str]:
    for location in (event.location, getattr(event, "origin", None), getattr(event, "destination", None)):
        if isinstance(location, Location):
            yield from _areas(location.place, gazetteer)


def _areas(place: Place, gazetteer: Gazetteer) -> Iterator[str]:
    yield from (place.country, f"{place.country}/{place.admin1}")
    above: Place | None = place
    seen: set[str] = set()
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above.id
        above = gazetteer.place(above.parent) if above.parent else None
