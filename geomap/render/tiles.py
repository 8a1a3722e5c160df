"""Tiles: a background map from the network, by its name in xyzservices ("OpenStreetMap.Mapnik").

Only where the user asks for one does the page ask a network for anything, and its policy allows that host alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geomap.errors import RenderError
from geomap.render.text import clean


@dataclass(frozen=True, slots=True)
class Tiles:
    """A source of tiles: an address with {z}, {x} and {y}, whom to name, and how far it goes."""

    name: str
    url: str
    attribution: str
    zoom: int

    @property
    def origin(self) -> str:
        """The host the page may load images from, as a policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def tiles_named(name: str) -> Tiles:
    """Returns the source with this name in xyzservices; capitals, dots and spaces do not matter.

    Raises:
        RenderError: there is none of this name, it needs a key, or it is no https address.
    """
    import xyzservices.providers

    try:
        provider: Any = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise RenderError(_unknown(name)) from error
    if provider.requires_token():
        raise RenderError(f"{name}: tiles that need a key of their service: take OpenStreetMap.Mapnik ...")
    url = provider.build_url()
    if not url.startswith("https://"):
        raise RenderError(f"{name}: tiles at {url}, which is no https address: take OpenStreetMap.Mapnik ...")
    return Tiles(provider.name, url, clean(provider.attribution), int(provider.get("max_zoom", 18)))


def _unknown(name: str) -> str:
    import xyzservices.providers
    from rapidfuzz import process

    names = [provider.name for provider in xyzservices.providers.flatten().values()]
    near = ", ".join(found for found, _, _ in process.extract(name, names, limit=3))
    return f"{name}: not a name of tiles that xyzservices has: try {near}"
