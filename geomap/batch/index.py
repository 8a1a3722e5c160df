"""Index: the page that links the maps of a batch."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from geomap.batch.results import Report

if TYPE_CHECKING:
    from jinja2 import Template

FAMILIES = ("control", "post", "displacement")


def index_page(report: Report, *, title: str = "Maps") -> str:
    """Return the page: a row a map with its picture, counts and dates, then what is missing."""
    from markupsafe import Markup

    results = report.results

    return _template().render(
        title=title,
        drawn=[result for result in results if result.is_there],
        failures=[result for result in results if result.error],
        problems=report.problems,
        families=dict.fromkeys((*FAMILIES, *(name for result in results for name in sorted(result.claims)))),
        address=quote,
        picture=lambda result: Markup(result.thumbnail),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("geomap.batch").joinpath("index.html.jinja").read_text(encoding="utf-8"))
