"""geomap: a conflict map from the news, with its evidence.

The public API in the order of the pipeline. Every stage is a module with one function of its name
(``geomap.split.split``, ``geomap.geocode.geocode`` ...); ``geomap.model`` holds the words that flow between them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.batch import jobs_in as jobs_in
    from geomap.batch import run_batch as run_batch
    from geomap.embed import embed_snippet as embed_snippet
    from geomap.errors import ArticleError as ArticleError
    from geomap.errors import GazetteerError as GazetteerError
    from geomap.errors import GeomapError as GeomapError
    from geomap.errors import OnlineError as OnlineError
    from geomap.errors import PlanError as PlanError
    from geomap.errors import RenderError as RenderError
    from geomap.export import write_events as write_events
    from geomap.frame import extract_frame as extract_frame
    from geomap.gazetteer import Gazetteer as Gazetteer
    from geomap.gazetteer import load_gazetteer as load_gazetteer
    from geomap.model import Article as Article
    from geomap.notebook import Map as Map
    from geomap.online import Resolver as Resolver
    from geomap.online import online_settings as online_settings
    from geomap.pipeline import locate as locate
    from geomap.pipeline import map_articles as map_articles
    from geomap.pipeline import page as page
    from geomap.pipeline import read_and_run as read_and_run
    from geomap.pipeline import run as run
    from geomap.read import read_articles as read_articles
    from geomap.read import read_document as read_document
    from geomap.reading import Reading as Reading
    from geomap.timeline import control_on as control_on

__version__ = "0.1.0"

# Name -> the module it comes from, in pipeline order. Imported at first use: `import geomap` costs nothing.
_HOME = {
    "load_gazetteer": "gazetteer",
    "Gazetteer": "gazetteer",
    "Article": "model",
    "read_articles": "read",
    "read_document": "read",
    "online_settings": "online",
    "Resolver": "online",
    "locate": "pipeline",
    "run": "pipeline",
    "read_and_run": "pipeline",
    "Reading": "reading",
    "control_on": "timeline",
    "write_events": "export",
    "page": "pipeline",
    "map_articles": "pipeline",
    "Map": "notebook",
    "embed_snippet": "embed",
    "extract_frame": "frame",
    "jobs_in": "batch",
    "run_batch": "batch",
    "GeomapError": "errors",
    "ArticleError": "errors",
    "GazetteerError": "errors",
    "PlanError": "errors",
    "RenderError": "errors",
    "OnlineError": "errors",
}

__all__ = [  # noqa: RUF022 - in the order of the pipeline, which is the order to learn them in
    "load_gazetteer",
    "Gazetteer",
    "Article",
    "read_articles",
    "read_document",
    "online_settings",
    "Resolver",
    "locate",
    "run",
    "read_and_run",
    "Reading",
    "control_on",
    "write_events",
    "page",
    "map_articles",
    "Map",
    "embed_snippet",
    "extract_frame",
    "jobs_in",
    "run_batch",
    "GeomapError",
    "ArticleError",
    "GazetteerError",
    "PlanError",
    "RenderError",
    "OnlineError",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    value = getattr(import_module(f"geomap.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
