"""Legend: what do the colours, patterns and symbols of this map mean?

Only what occurs on the map is explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.families import Family, family
from geomap.model import Actor
from geomap.render import symbols
from geomap.render.marks import Mark
from geomap.render.palette import UNKNOWN, actor_key
from geomap.render.text import clean
from geomap.render.words import words

if TYPE_CHECKING:
    from markupsafe import Markup

# The colour of the text around it, in the light and in the dark.
_INK = "currentColor"


@dataclass(frozen=True, slots=True)
class Row:
    """A symbol and its words; the symbol is an SVG element of ours."""

    symbol: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


def legend(
    marks: Sequence[Mark],
    actors: Sequence[Actor],
    colours: Mapping[str, str],
    families: Mapping[str, Family],
    lang: str = "en",
    grounds: Mapping[str, str] | None = None,
) -> list[Group]:
    """Returns the groups of the legend that have rows.

    Args:
        marks: what stands on the map.
        actors: the parties in order of their first appearance.
        colours: by ``actor_key``.
        families: of plug-ins.
        lang: of the words.
        grounds: what else lies under the marks ("estimate", "road"), with names where it has some.
    """
    said = words(lang)["legend"]
    groups = [
        Group(said["parties"], tuple(_parties(marks, actors, colours, said["unknown"]))),
        Group(said["control"], tuple(_row(symbol, said[key]) for key, symbol in _control(marks))),
        Group(said["post"], tuple(_row(symbol, said[key]) for key, symbol in _posts(marks))),
        Group(said["displacement"], tuple(_row(symbol, said[key]) for key, symbol in _people(marks))),
        *(
            _signs(name, marks, family(name, families), said)
            for name in sorted({mark.family for mark in marks} - {""})
        ),
        Group(said["places"], (*_grounds(grounds or {}, said), *_places(marks, said))),
    ]
    return [group for group in groups if group.rows]


def _signs(name: str, marks: Sequence[Mark], look: Family, said: Mapping[str, str]) -> Group:
    """Returns the sign of a family with its own words."""
    of_family = [mark for mark in marks if mark.family == name]
    has = {mark.pattern for mark in of_family}
    rows = [
        ("solid" in has, look.legend or said["sign"], symbols.sign(look.colour, "solid", look.symbol)),
        ("hatched" in has, said["sign_claimed"], symbols.sign(look.colour, "hatched", look.symbol)),
        ("ringed" in has, said["sign_contested"], symbols.sign(look.colour, "ringed", look.symbol)),
        (
            any(m.count > 1 for m in of_family),
            said["sign_count"],
            symbols.sign(look.colour, "solid", look.symbol, 3),
        ),
    ]
    return Group(clean(look.name), tuple(_row(symbol, clean(text)) for is_there, text, symbol in rows if is_there))


def _row(symbol: str, text: str) -> Row:
    from markupsafe import Markup

    svg = f'<svg class="symbol" viewBox="-18 -16 36 32" aria-hidden="true">{symbol}</svg>'
    return Row(Markup(svg), text)


def _parties(marks: Sequence[Mark], actors: Sequence[Actor], colours: Mapping[str, str], unknown: str) -> list[Row]:
    seen = {actor_key(actor) for mark in marks for actor in (mark.actor, mark.besieger) if actor}
    names: dict[str, list[str]] = {}
    for actor in actors:
        if actor_key(actor) in seen:
            names.setdefault(colours[actor_key(actor)], []).append(clean(actor.name))
    if any(mark.kind == "control" and mark.actor is None for mark in marks):
        names.setdefault(UNKNOWN, []).append(unknown)
    square = '<rect x="-9" y="-9" width="18" height="18" rx="3" fill="{}"/>'
    return [_row(square.format(colour), ", ".join(of_colour)) for colour, of_colour in names.items()]


def _control(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    of_kind = [mark for mark in marks if mark.kind == "control"]
    has = {(mark.pattern, mark.shape) for mark in of_kind}
    patterns, shapes = {pattern for pattern, _ in has}, {shape for _, shape in has}
    rows = [
        (shapes & {"full", "half"} and "solid" in patterns, "solid", symbols.control(_INK, "solid", "full")),
        ("hatched" in patterns, "hatched", symbols.control(_INK, "hatched", "full")),
        ("ringed" in patterns, "ringed", symbols.control(_INK, "ringed", "full")),
        ("half" in shapes, "half", symbols.control(_INK, "solid", "half")),
        ("empty" in shapes, "empty", symbols.control(_INK, "solid", "empty")),
        (any(mark.is_besieged for mark in of_kind), "siege", symbols.control(_INK, "solid", "full", _INK)),
    ]
    return [(key, symbol) for is_there, key, symbol in rows if is_there]


def _posts(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    of_kind = [mark for mark in marks if mark.kind == "post"]
    standing = [mark for mark in of_kind if mark.shape == "full"]
    rows = [
        (bool(standing), "tower", symbols.post(_INK, "solid", "full")),
        (any(mark.count > 1 for mark in of_kind), "count", symbols.post(_INK, "solid", "full", 12)),
        (
            any(mark.pattern == "hatched" for mark in standing),
            "tower_claimed",
            symbols.post(_INK, "hatched", "full"),
        ),
        (any(mark.is_besieged for mark in of_kind), "tower_siege", symbols.post(_INK, "solid", "full", 0, _INK)),
        (any(mark.shape == "empty" for mark in of_kind), "tower_left", symbols.post(_INK, "solid", "empty")),
    ]
    return [(key, symbol) for is_there, key, symbol in rows if is_there]


def _people(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    kinds = {(mark.kind, mark.is_stock) for mark in marks}
    of_people = [mark for mark in marks if mark.kind in ("move", "people")]
    rows = [
        (("move", False) in kinds, "move", symbols.arrow(-15, 6, 15, 0, 4, False)),
        (("people", False) in kinds, "people", symbols.people(10, False, False)),
        (("people", True) in kinds, "stock", symbols.people(10, True, False)),
        (any(mark.pattern == "hatched" for mark in of_people), "claimed_figure", symbols.people(10, False, True)),
    ]
    return [(key, symbol) for is_there, key, symbol in rows if is_there]


def _grounds(grounds: Mapping[str, str], said: Mapping[str, str]) -> list[Row]:
    symbol = {
        "estimate": '<path d="M-14-8H4L14 8H-14Z" fill="currentColor" fill-opacity=".2"/>',
        "road": '<path d="M-15 6L-4-2 15-6" class="roads"/>',
    }
    return [
        _row(symbol[kind], f"{said[kind]} ({names})" if names else said[kind]) for kind, names in grounds.items()
    ]


def _places(marks: Sequence[Mark], said: Mapping[str, str]) -> list[Row]:
    spots = [spot for mark in marks for spot in (mark.spot, mark.to) if spot]
    is_wide = any(spot.geo_precision > 1 and spot.radius_km for spot in spots)
    reach = [_row('<circle r="12" class="reach"/>', said["reach"])] if is_wide else []
    return [*reach, _row('<path d="M-15 3L15-3" class="disputed"/>', said["disputed_border"])]
