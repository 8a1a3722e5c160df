"""Likeness: may two names, actors or places of different reports be one?"""

from __future__ import annotations

import re
from functools import lru_cache

from geomap.model import Actor, Location


def place_key(location: Location | None) -> str:
    """What a location is compared by: the place and the name of its part; "" without one."""
    return "" if location is None else f"{location.place.id}|{location.name.casefold()}"


def same_actor(a: Actor | None, b: Actor | None) -> bool:
    """Whether two actors may be one: by id, by name, or one as a part of the other.

    The id "sy-government-forces" is a part of "sy-government". An actor that is not told may be any.
    """
    if a is None or b is None:
        return True
    if a.id and b.id:
        return a.id == b.id or a.id.startswith(f"{b.id}-") or b.id.startswith(f"{a.id}-")
    return same_name(a.name, b.name)


def same_name(a: str, b: str) -> bool:
    """Whether one name has all the words of the other: "Erdogan", "President Tayyip Erdogan"."""
    first, second = name_words(a), name_words(b)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=4096)  # merging compares the same few names over and over
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, case folded."""
    return frozenset(re.findall(r"\w+", name.casefold())) - {"the", "a", "an", "of", "s"}
