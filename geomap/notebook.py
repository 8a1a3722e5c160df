"""Notebook: the map as an object that shows itself, and folium's own map for those who want to add to it."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.drawing import page_of, write_map
from geomap.gazetteer import Gazetteer
from geomap.reading import Reading

if TYPE_CHECKING:
    from geomap.render.layers import Layers

_SANDBOX = "allow-scripts allow-popups allow-downloads"


class Map:
    """The map of what was read; the last line of a notebook's cell shows it.

    >>> reading = geomap.read_and_run([Path("articles")], gazetteer)  # doctest: +SKIP
    >>> geomap.Map(reading, gazetteer, title="Who holds what")  # doctest: +SKIP

    Args:
        reading: as ``geomap.read_and_run`` or ``geomap.run`` return it.
        gazetteer: which it was read with.
        title: by default made of the regions told.
        lang: of the page's own words: en, ar, tr, fr, ru or uk.
        layers: what else lies on the map, see ``geomap.render.layers``.
        height: of the map in a notebook, CSS pixels.
    """

    def __init__(
        self,
        reading: Reading,
        gazetteer: Gazetteer,
        *,
        title: str = "",
        lang: str = "en",
        layers: Layers | None = None,
        height: int = 640,
    ) -> None:
        self.reading = reading
        self.gazetteer = gazetteer
        self.height = height
        self._look: dict[str, Any] = {"title": title, "lang": lang, "layers": layers}

    @cached_property
    def folium(self) -> Any:
        """The ``folium.Map`` under the page.

        What is added to it before the page is made is part of the page, as far as it needs nothing from a network:
        lines, circles, polygons, GeoJSON, pop-ups and tooltips do not; markers with icons and plug-ins do.
        """
        from geomap.render import folium_map

        return folium_map(self.reading.timeline)

    @property
    def html(self) -> str:
        """The page as one HTML document, see ``geomap.page``."""
        reading, added = self.reading, self.__dict__.get("folium")
        return page_of(
            reading.timeline, reading.articles, reading.issues, self.gazetteer, folium_map=added, **self._look
        )

    def save(self, path: str | Path) -> None:
        """Write the page (.html) or a picture of the last day (.svg, .png).

        Raises:
            RenderError: there is no such kind of map, or it cannot be drawn or written.
        """
        from geomap.files import write_text

        reading, out = self.reading, Path(path)
        if out.suffix.lower() in (".html", ".htm"):
            return write_text(out, self.html)
        return write_map(out, reading.timeline, reading.articles, reading.issues, self.gazetteer, **self._look)

    def _repr_html_(self) -> str:
        """The page in a frame of its own: nothing of the notebook can reach it, nor it the notebook."""
        title = escape(self._look["title"] or "Map")
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{title}" sandbox="{_SANDBOX}" '
            f'width="100%" height="{self.height}" style="border:0"></iframe>'
        )
