"""Extractors: which readers of events does a run ask, and what becomes of an article that one of them fails on?

An extractor is a callable as ``geomap.extract.extract``: an article, its sentences, the locations and the gazetteer
in, events and issues out. Packages name theirs by an entry point of the group ``geomap.extractors``; a run asks
those that it is told to, by default geomap's core alone, so that installing a package changes no map.
"""

from __future__ import annotations

import functools
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from geomap.errors import PlanError
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Event, Issue, Located, Location, Sentence

log = logging.getLogger(__name__)

GROUP = "geomap.extractors"
# geomap's own, so that a checkout works that was never installed; pyproject.toml names the same.
OWN = {"core": "geomap.extract:extract", "strikes": "geomap.extract.strikes:extract"}
DEFAULT = ("core",)
ALL = "all"
# A family is written into pages and files: it is a word.
_FAMILY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Extract(Protocol):
    """What an extractor is."""

    def __call__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        locations: Sequence[Location],
        gazetteer: Gazetteer,
        /,
    ) -> tuple[list[Event], list[Issue]]:
        """Return the events of an article in text order, and what of them could not be interpreted."""


class MayTell(Protocol):
    """What the module of an extractor may have beside it, under the name ``may_tell``."""

    def __call__(self, article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer, /) -> bool:
        """Return whether the extractor may find anything in an article, before its places are looked for."""


class Prepare(Protocol):
    """What the module of an extractor may have beside it, under the name ``prepare``."""

    def __call__(self, group: Sequence[Located], gazetteer: Gazetteer, /) -> None:
        """Do for several articles what is cheaper done together; each is extracted from soon after."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """An extractor by its name.

    Attributes:
        maker: the package it is of, "" for geomap's own.
        may_tell: asked first where there is one; an article of which all say no needs no places.
        prepare: told of articles that are read together, where there is one; it changes no result.
    """

    name: str
    maker: str
    extract: Extract
    may_tell: MayTell | None = None
    prepare: Prepare | None = None


def installed() -> list[str]:
    """Return the names of the extractors that can be asked for: geomap's own, then the others in order of name."""
    return [*OWN, *sorted({point.name for point in _others()})]


def chosen(names: Iterable[str] = DEFAULT) -> tuple[Extractor, ...]:
    """Return the extractors of these names, each once, in this order; "all" is every one that is installed.

    Raises:
        PlanError: a name is not installed, two packages have it, or what it stands for cannot be loaded.
    """
    wanted = [each for name in names for each in (installed() if name == ALL else [name])]
    return tuple(_loaded(name) for name in dict.fromkeys(wanted))


def may_any_tell(
    extractors: Sequence[Extractor], article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> bool:
    """Return whether one of the extractors may find something; one that cannot say or fails to may."""
    return any(_may_tell(each, article, sentences, gazetteer) for each in extractors)


def _may_tell(extractor: Extractor, article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> bool:
    if extractor.may_tell is None:
        return True
    try:
        return extractor.may_tell(article, sentences, gazetteer)
    except Exception:  # whatever a stranger's package does
        log.info("may_tell of the extractor %s failed on %s", extractor.name, article.id, exc_info=True)
        return True


def prepare_with(extractors: Sequence[Extractor], group: Sequence[Located], gazetteer: Gazetteer) -> None:
    """Let the extractors prepare what is cheaper done for several articles together."""
    for each in extractors:
        if each.prepare is None:
            continue
        try:
            each.prepare(group, gazetteer)
        except Exception:  # an article that cannot be read fails when it is read itself
            log.info("prepare of the extractor %s failed on %d articles", each.name, len(group), exc_info=True)


def extract_with(
    extractors: Sequence[Extractor],
    article: Article,
    sentences: Sequence[Sentence],
    locations: Sequence[Location],
    gazetteer: Gazetteer,
) -> tuple[list[Event], list[Issue]]:
    """Return what the extractors read from an article, in text order; one that fails is an issue of the article."""
    events: list[Event] = []
    issues: list[Issue] = []
    for each in extractors:
        try:
            found, unclear = each.extract(article, sentences, locations, gazetteer)
            events += _checked(article, found)
            issues += unclear
        except Exception as error:  # whatever a stranger's package does, the other events are kept
            log.info("the extractor %s failed on %s", each.name, article.id, exc_info=True)
            issues.append(Issue("extractor", article.id, _said(each, article, error)))
    # Events of one sentence stay in the order of the extractors.
    return sorted(events, key=lambda event: event.evidence.start), issues


def _others() -> Iterator[EntryPoint]:
    """Yield the entry points that are not geomap's own."""
    for point in entry_points(group=GROUP):
        if _maker(point) != "geomap" and point.name not in OWN:
            yield point


@functools.cache
def _loaded(name: str) -> Extractor:
    point = _point(name)
    maker = _maker(point)
    try:
        extract = point.load()
    except Exception as error:  # an import can fail in any way
        raise PlanError(_broken(point, f"{type(error).__name__}: {_one_line(error)}")) from error
    if not callable(extract):
        raise PlanError(_broken(point, f"{type(extract).__name__} found, a callable expected"))
    may_tell, prepare = (getattr(sys.modules.get(point.module), part, None) for part in ("may_tell", "prepare"))
    return Extractor(name, "" if name in OWN else maker, extract, may_tell, prepare)


def _point(name: str) -> EntryPoint:
    if name in OWN:
        return EntryPoint(name, OWN[name], GROUP)
    found = {(point.value, _maker(point)): point for point in _others() if point.name == name}
    if not found:
        known = ", ".join(installed())
        raise PlanError(f"--extractors: {name!r} is not installed, expected of {known}: install its package")
    if len(found) > 1:
        makers = " and ".join(sorted(maker or value for value, maker in found))
        raise PlanError(f"--extractors: {name!r} is in {makers}: uninstall one of them")
    return next(iter(found.values()))


def _maker(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else ""


def _broken(point: EntryPoint, what: str) -> str:
    of = f" of the package {_maker(point)}" if _maker(point) else ""
    todo = "update or reinstall it, or leave it out of --extractors"
    return f"extractor {point.name!r}{of} ({point.value}): {what.rstrip('.')}: {todo}"


def _checked(article: Article, events: Sequence[Event]) -> list[Event]:
    """Return the events if the later stages can work with them; raise what is wrong with the first bad one."""
    for event in events:
        if not isinstance(event, Event):
            raise TypeError(f"{type(event).__name__} found, an Event expected")
        if not _FAMILY.fullmatch(event.family):
            raise ValueError(f"family {event.family!r} is no word of small letters")
        evidence = event.evidence
        is_inside = 0 <= evidence.start < evidence.end <= len(article.text)
        if evidence.article_id != article.id or not is_inside:
            raise ValueError(
                f"evidence {evidence.article_id} {evidence.start}-{evidence.end} is not in the article"
            )
    return list(events)


def _said(extractor: Extractor, article: Article, error: Exception) -> str:
    of = f" of the package {extractor.maker}" if extractor.maker else ""
    what = f"{type(error).__name__}: {_one_line(error)}".rstrip(": ")
    todo = "tell its makers" if extractor.maker else "this is a bug in geomap"
    lost = "its events are left out"
    return f"{article.path or article.id}: extractor {extractor.name!r}{of} failed: {what}: {lost}: {todo}"


def _one_line(error: Exception) -> str:
    """Return the first line of what an exception says."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "")
