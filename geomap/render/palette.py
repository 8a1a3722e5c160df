"""Palette: which colour does each party have?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from geomap.model import Actor

# Okabe and Ito's palette without yellow and black, which vanish on paper and in the dark: told apart by readers
# with any kind of colour blindness. https://jfly.uni-koeln.de/color/
DEFAULTS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c5a2b")
UNKNOWN = "#767676"
_HEX = re.compile("#[0-9a-fA-F]{6}")


def actor_key(actor: Actor | None) -> str:
    """Returns what tells one actor from another: the id where there is one, otherwise the name."""
    return "" if actor is None else actor.id or actor.name.casefold()


def colour_by_actor(actors: Iterable[Actor | None], colours: Mapping[str, str]) -> dict[str, str]:
    """Returns a colour for each actor by its key.

    Args:
        actors: in the order of their first appearance; those without a colour of their own get the next free
            default, and grey once those run out.
        colours: hex colours by actor id or name, as ``actors.yml`` gives them.
    """
    present = {actor_key(actor): actor for actor in actors if actor is not None}
    given = {key: colours.get(actor.id) or colours.get(actor.name, "") for key, actor in present.items()}
    found = {key: colour for key, colour in given.items() if _HEX.fullmatch(colour)}
    used = {colour.lower() for colour in found.values()}
    free = [colour for colour in DEFAULTS if colour not in used]
    for key in present:
        if key not in found:
            found[key] = free.pop(0) if free else UNKNOWN
    return found
