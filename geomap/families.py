"""Families: how are events of a family called and drawn that geomap itself does not read?

A plug-in describes its family in a YAML file and names it by an entry point of the group ``geomap.families``; one
that nobody describes is drawn with a plain sign and called by its own name.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from geomap.errors import PlanError
from geomap.yamlfile import Form, read_yaml

log = logging.getLogger(__name__)

GROUP = "geomap.families"
# geomap's own, so that a checkout works that was never installed; pyproject.toml names the same.
OWN = {"strike": "geomap.extract.strikes:FAMILY"}

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
# Only what SVG's path grammar has: it is written into the page.
PathData = Annotated[str, StringConstraints(pattern=r"^[MmLlHhVvCcSsQqTtAaZz0-9 .,\-]{1,400}$")]


def _fills(*names: str) -> AfterValidator:
    """A check that a phrase has no other gap than these."""

    def checked(phrase: str) -> str:
        try:
            phrase.format(**dict.fromkeys(names, ""))
        except (KeyError, IndexError, ValueError) as error:
            gaps = " ".join(f"{{{name}}}" for name in names)
            raise ValueError(f"found {phrase!r}, expected no gap but {gaps}") from error
        return phrase

    return AfterValidator(checked)


class Phrases(Form):
    """What happened, without the place; ``actor`` is used where the text says who did it."""

    actor: Annotated[str, _fills("actor")]
    plain: Annotated[str, _fills("actor")]


class Family(Form):
    """A family of events as readers see it.

    ``symbol`` is an SVG path around 0, 0 that reaches about 10 to each side. ``against`` adds the opponent to a
    phrase, ``detail`` each further thing known.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: str
    colour: Colour = "#6b4c9a"
    symbol: PathData = "M0-9L9 0 0 9-9 0Z"
    legend: str = ""
    against: Annotated[str, _fills("what", "opponent")] = "{what}, against {opponent}"
    detail: Annotated[str, _fills("what", "name", "value")] = "{what}; {name}: {value}"
    subtypes: dict[str, Phrases] = Field(default={})


def family(name: str, families: Mapping[str, Family]) -> Family:
    """Return the description of a family; of one that nobody describes, a plain one by its own name.

    >>> family("prisoner_swap", {}).name
    'Prisoner swap'
    """
    said = name.replace("_", " ")
    return families.get(name) or Family(id="other", name=said[:1].upper() + said[1:])


@functools.cache
def installed_families() -> Mapping[str, Family]:
    """Return the families that geomap and the installed plug-ins describe, by id; geomap's own win.

    A description that cannot be read is logged and left out: its events are drawn plainly.
    """
    own = [EntryPoint(name, value, GROUP) for name, value in sorted(OWN.items())]
    others = [point for point in entry_points(group=GROUP) if point.name not in OWN]
    found: dict[str, Family] = {}
    for point in [*own, *sorted(others, key=lambda point: (point.name, point.value))]:
        described = _read(point)
        if described is not None:
            found.setdefault(described.id, described)
    return found


def read_family(path: Path) -> Family:
    """Return the family described in a file.

    Raises:
        PlanError: the file does not follow the form.
    """
    return read_yaml(path, Family, error=PlanError)


def _read(point: EntryPoint) -> Family | None:
    try:
        return read_family(Path(point.load()))
    except Exception as error:  # whatever a stranger's package does, the map is drawn
        log.warning("family %r of %s: %s: %s", point.name, point.value, type(error).__name__, error)
        return None
