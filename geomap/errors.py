"""The errors of geomap: one sentence each, saying where, what was found, what was expected and what to try."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class GeomapError(Exception):
    """Any error that geomap raises on purpose; its text is fit to show to a user."""


class ArticleError(GeomapError, ValueError):
    """An article that cannot be read: missing, empty, binary, in an unknown encoding."""


class GazetteerError(GeomapError, ValueError):
    """A gazetteer entry, or any curated YAML, that does not follow its schema."""


class PlanError(GeomapError, ValueError):
    """A list of articles or a batch plan that does not follow its schema."""


class RenderError(GeomapError, OSError):
    """A map that cannot be drawn or written."""


class OnlineError(GeomapError, OSError):
    """A geocoding service that was asked and gave no answer that can be used."""


def tried(step: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result | Exception:
    """Return what a step gives, or what it raises: one odd text does not end the reading of a million."""
    try:
        return step(*args, **kwargs)
    except Exception as error:
        return error
