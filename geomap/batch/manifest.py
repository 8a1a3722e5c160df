"""Manifest: what was made of what, for programs; the same run gives the same bytes.

How long it took is in a file of its own, because that is never twice the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from geomap.batch.articles import ArticleFile
from geomap.batch.context import Context
from geomap.batch.layers import LayerFile, LayerInputs
from geomap.batch.reads import Summary
from geomap.batch.results import Report, Result
from geomap.layerplan import LayerPlan


def manifest_text(
    title: str,
    report: Report,
    articles: Iterable[tuple[ArticleFile, Summary]],
    layers: LayerInputs,
    context: Context,
) -> str:
    """Return the manifest as JSON: versions, articles and layers with their hashes, maps with files and figures."""
    results = report.results
    return _json(
        {
            "title": title,
            "program": {"name": "geomap", "version": context.program, "code": context.code},
            "gazetteer": context.gazetteer,
            "articles": [_article(file, summary) for file, summary in articles],
            "layers": [_layer_file(file) for file in layers.files.values()],
            "maps": [_map(result) for result in results if result.is_there],
            "failed": [{"name": result.name, "error": result.error} for result in results if result.error],
            "problems": list(report.problems),
        }
    )


def timings_text(report: Report) -> str:
    """Return as JSON how many seconds the run and its reading took, and each map when it was last drawn."""
    return _json(
        {
            "seconds": round(report.seconds, 3),
            "read": {"articles": report.read, "seconds": round(report.read_seconds, 3)},
            "maps": [
                {"name": result.name, "status": result.status, "seconds": round(result.seconds, 3)}
                for result in report.results
                if result.is_there
            ],
        }
    )


def _article(file: ArticleFile, summary: Summary) -> dict[str, Any]:
    told = {
        "id": file.id,
        "path": file.path.as_posix(),
        "sha256": file.sha256,
        "date": summary.date and summary.date.isoformat(),
        "language": summary.language,
        "events": summary.events,
    }
    return {**told, "problem": summary.problem} if summary.problem else told


def _layer_file(file: LayerFile) -> dict[str, Any]:
    return {"path": file.path.as_posix(), "sha256": file.sha256}


def _layers(plan: LayerPlan) -> dict[str, Any]:
    """Return the layers that a map has; an empty object where it has none."""
    told: dict[str, Any] = {
        "areas": plan.areas,
        "overlays": [path.as_posix() for path in plan.overlays],
        "tiles": plan.tiles,
        "pmtiles": plan.pmtiles.as_posix() if plan.pmtiles else "",
    }
    return {name: value for name, value in told.items() if value}


def _map(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "title": result.title,
        "articles": result.articles,
        "article_ids": list(result.article_ids),
        "layers": _layers(result.layers),
        "events": result.events,
        "claims": result.claims,
        "from": result.first and result.first.isoformat(),
        "to": result.last and result.last.isoformat(),
        "issues": result.issues,
        "problems": list(result.problems),
        "files": [{"path": each.path, "bytes": each.size, "sha256": each.sha256} for each in result.files],
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
