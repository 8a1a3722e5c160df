"""Frame: the events of articles that stand in a dataframe, as a dataframe."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.documents import document_reader, failure
from geomap.errors import PlanError
from geomap.export.records import Record
from geomap.extractors import DEFAULT
from geomap.reading import ArticleReading
from geomap.steps import groups

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger(__name__)

NEEDED, OPTIONAL = ("doc_id", "date", "text"), ("title", "source", "url")

Frame = TypeVar("Frame")  # a pandas or a Dask dataframe


def extract_frame(df: Frame, *, gazetteer_dir: Path | None = None, extractors: Sequence[str] = DEFAULT) -> Frame:
    """Return the events that the articles of ``df`` tell, one row an event, in order of the articles.

    The rows are those of ``geomap extract ARTICLE --format csv`` for each article alone: what several articles tell
    of one thing is not merged, and ``article`` holds the ``doc_id``. Columns and types are the same for any input,
    also for one without events. A row that cannot be read is logged and left out.

    Args:
        df: pandas or Dask, with the columns ``doc_id``, ``date`` (a day as text, date or timestamp, or nothing) and
            ``text``, and perhaps ``title``, ``source`` and ``url``. Of a Dask dataframe each partition is read when
            it is computed; only processes make it faster, threads take turns.
        gazetteer_dir: curated data, None for geomap's own.
        extractors: names of those that read the events, see ``geomap.extractors.chosen``.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: a column is missing, or an extractor not installed.
    """
    columns = _columns(df)
    if hasattr(df, "map_partitions"):
        lazy: Any = df
        events = lazy[columns].map_partitions(
            _events_of, gazetteer_dir, tuple(extractors), meta=events_frame(()), align_dataframes=False
        )
        return events.clear_divisions()  # type: ignore[no-any-return]
    eager: Any = df
    return _events_of(eager[columns], gazetteer_dir, tuple(extractors))  # type: ignore[return-value]


def events_frame(records: Iterable[Record]) -> pd.DataFrame:
    """Return a row for each record of an event, in the columns of the CSV export."""
    import pandas as pd

    from geomap.export.text import COLUMNS

    rows = list(records)
    return pd.DataFrame({name: pd.array([row.get(name) for row in rows], dtype=_dtype(name)) for name in COLUMNS})


def event_records(reading: ArticleReading) -> list[Record]:
    """Return the records of what one article tells, what it tells twice once."""
    from geomap.export import claim_record
    from geomap.export.records import details_text
    from geomap.export.text import shown
    from geomap.merge import merge

    article = reading.article
    claims = shown(merge(reading.events, [article]).claims)
    records = [claim_record(claim, {article.id: article}) for claim in claims]
    return [{**each, "details": details_text(each["details"])} if each["details"] else each for each in records]


def _events_of(df: pd.DataFrame, gazetteer_dir: Path | None, extractors: Sequence[str]) -> pd.DataFrame:
    if df.empty:
        return events_frame(())
    reader = document_reader(gazetteer_dir, extractors)
    documents = [_document(row) for row in df.to_dict("records")]
    return events_frame(
        record
        for group in groups(documents)
        for document, reading in zip(group, reader.read_group(group), strict=True)
        for record in _records_of(document, reading)
    )


def _document(row: Mapping[Any, Any]) -> dict[str, Any]:
    cells = {str(name): plain(str(name), value) for name, value in row.items()}
    return {name: value for name, value in cells.items() if value is not None}


def _records_of(document: Mapping[str, Any], reading: ArticleReading | Exception) -> list[Record]:
    """Return the records of one row; what is wrong with it is logged."""
    try:
        if isinstance(reading, Exception):
            raise reading
        return event_records(reading)
    except Exception as error:  # one odd text does not end the reading of a million
        log.warning("%s: left out: %s", document.get("doc_id"), failure(error))
        return []


def plain(name: str, value: Any) -> Any:
    """Return a cell as a document holds it: text, or None where the cell is empty.

    >>> import datetime as dt
    >>> plain("date", dt.datetime(2020, 2, 8, 12)), plain("doc_id", 7), plain("title", float("nan"))
    ('2020-02-08', '7', None)
    """
    import pandas as pd

    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if name == "date" and hasattr(value, "isoformat"):
        return value.isoformat()[: len("2020-02-08")]
    return str(value) if name == "doc_id" else value


def _columns(df: Any) -> list[str]:
    """Return the columns of ``df`` that are read."""
    there = [str(name) for name in getattr(df, "columns", ())]
    missing = [name for name in NEEDED if name not in there]
    if missing:
        found = ", ".join(there) or "none"
        raise PlanError(
            f"extract_frame: no column {' and no '.join(missing)}; found {found}; expected {', '.join(NEEDED)}"
            f" and perhaps {', '.join(OPTIONAL)}: rename them with df.rename(columns=...)"
        )
    return [name for name in (*NEEDED, *OPTIONAL) if name in there]


def _dtype(column: str) -> Any:
    """Return the type of a column, one that can be empty: it is the same whatever the rows hold."""
    from geomap.export.layers import NUMBERS

    if column == "background":
        return "boolean"
    return "Float64" if column in NUMBERS else "string"
