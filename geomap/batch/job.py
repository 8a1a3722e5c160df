"""Job: what is one map made of, and what are all maps of a run?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote

from geomap.layerplan import LayerPlan

Every = Literal["day", "week"]
# Formats of the events alone, whatever else lies on the map.
DATA = ("geojson",)


@dataclass(frozen=True, slots=True)
class Job:
    """One map to draw, or with ``every`` one for each day or week.

    Attributes:
        name: its files' path without ending, unique in a batch.
        paths: files, or folders of them.
        listing: an ``articles.yml``, None for the one in the folder.
        date: publication date of articles that tell none.
        first, last: only articles published from one to the other; None for no such end.
        regions, languages: only articles that tell an event in one of the regions, and in one of the languages.
        days: of articles that each map of a series shows, 0 for as many as ``every`` tells.
        url: where its page will be published.
        layers: what else lies on its pages and pictures.
        is_part: of a series; without articles it is not drawn.
        where: the line of the plan that asks for its regions, for messages.
        is_template: its name and title have words in braces to fill in.
    """

    name: str
    paths: tuple[Path, ...]
    listing: Path | None = None
    date: dt.date | None = None
    title: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    every: Every | None = None
    days: int = 0
    formats: tuple[str, ...] = ("html",)
    lang: str = "en"
    url: str = ""
    layers: LayerPlan = field(default_factory=LayerPlan)
    is_part: bool = False
    is_template: bool = False
    where: str = ""

    @property
    def is_choosy(self) -> bool:
        """Whether an article has to be read before it is known if it belongs to the map."""
        return bool(self.first or self.last or self.regions or self.languages or self.every)

    @property
    def shown(self) -> LayerPlan:
        """The layers that its files show: none where all of them are data."""
        return LayerPlan() if set(self.formats) <= set(DATA) else self.layers


class Batch(NamedTuple):
    """The jobs of a plan or folder; ``out`` is None where nothing was said of it."""

    title: str
    jobs: list[Job]
    out: Path | None = None


def page_url(url: str, name: str) -> str:
    """Return where a map's page will be, in a folder that is published there; "" where nobody knows."""
    return f"{url.rstrip('/')}/{quote(name)}.html" if url else ""


def overruled(
    batch: Batch, *, title: str = "", lang: str = "", url: str = "", layers: LayerPlan | None = None
) -> Batch:
    """Return a batch of which some is said anew, as on a command line, which wins over a plan.

    Args:
        batch: as a plan or folder has it.
        title: of the page that links the maps; "" leaves what was said, as for all that follows.
        lang: of the pages' own words.
        url: where the folder of maps will be published.
        layers: what else lies on the maps, each kind of layer for itself.
    """
    jobs = [
        replace(
            job,
            lang=lang or job.lang,
            # A name that is still to be filled in gets its page's address then.
            url=(url if job.is_template else page_url(url, job.name)) or job.url,
            layers=layers.over(job.layers) if layers is not None else job.layers,
        )
        for job in batch.jobs
    ]
    return Batch(title or batch.title, jobs, batch.out)
