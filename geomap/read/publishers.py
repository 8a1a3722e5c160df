"""Publishers: who published this text, and whose report does it carry?"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from geomap.yamlfile import Form, read_yaml

_DATA = Path(__file__).with_name("publishers.yml")


class Publisher(Form):
    """An entry of ``publishers.yml``."""

    name: str
    domains: list[str]
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_agency: bool = False
    date_order: Literal["dmy", "mdy"] | None = None
    example: str

    @property
    def names(self) -> list[str]:
        """Every name by which a text may call it."""
        return [self.name, *self.aliases, *self.tags]


@functools.cache
def publishers() -> list[Publisher]:
    """Return the publishers that ship with geomap."""
    return read_yaml(_DATA, list[Publisher])


def publisher_at(domain: str) -> Publisher | None:
    """Return the publisher whose site ``domain`` is or belongs to.

    >>> publisher_at("english.aawsat.com").name
    'Asharq Al-Awsat'
    """
    parts = domain.lower().split(".")
    hosts = [".".join(parts[at:]) for at in range(len(parts) - 1)]
    return next((_by_domain()[host] for host in hosts if host in _by_domain()), None)


def publisher_named(name: str) -> Publisher | None:
    """Return the publisher of that name or alias, whatever the case of its letters."""
    return _by_name().get(" ".join(name.lower().split()))


def publisher_in(texts: Iterable[str]) -> Publisher | None:
    """Return the first publisher, agencies apart, that one of ``texts`` names."""
    for text in texts:
        found = _site_names().search(text)
        if found is not None:
            return publisher_named(found[0])
    return None


def agency_named(tag: str) -> str:
    """Return the agency of a dateline's brackets or a byline: "Reuters", "AP"; "" for anything else.

    >>> agency_named("AP"), agency_named("Interfax-Ukraine"), agency_named("our staff")
    ('Associated Press', 'Interfax-Ukraine', '')
    """
    found = publisher_named(tag.strip(" /.,"))
    return found.name if found is not None and found.is_agency else ""


def agency_in(texts: Iterable[str]) -> str:
    """Return the first agency that one of ``texts`` names, "" where none does."""
    for text in texts:
        found = re.search(rf"(?<!\w)(?:{agency_pattern()})(?!\w)", text)
        if found is not None:
            return agency_named(found[0])
    return ""


@functools.cache
def agency_pattern() -> str:
    """Return a pattern for the name of any agency, as written or in capitals, longest first."""
    names = [name for each in publishers() if each.is_agency for name in each.names]
    return _any([*names, *(name.upper() for name in names)])


@functools.cache
def _site_names() -> re.Pattern[str]:
    # A one-word name ("Dawn", "RT") is too common a word to be found in running text.
    names = (name for each in publishers() if not each.is_agency for name in each.names if " " in name)
    return re.compile(rf"(?<!\w)(?:{_any(names)})(?!\w)")


@functools.cache
def _by_domain() -> dict[str, Publisher]:
    return {domain: each for each in publishers() for domain in each.domains}


@functools.cache
def _by_name() -> dict[str, Publisher]:
    return {" ".join(name.lower().split()): each for each in publishers() for name in each.names}


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))
