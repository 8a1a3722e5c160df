"""Frame: articles in a dataframe in, events in a dataframe out, the same columns whatever is in it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geomap import extract_frame
from geomap.errors import PlanError
from geomap.export.text import COLUMNS
from tests.conftest import run_geomap

TAKEN = "Syrian government forces captured the town of Saraqeb on Wednesday. Some 2,000 people fled Idlib."
QUIET = "Rain fell on the city for most of the week."
DAY = dt.date(2021, 3, 4)


def _frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["doc_id", "date", "text"])


def test_a_row_is_an_event_in_the_columns_of_the_csv(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TAKEN, encoding="utf-8")
    told = run_geomap("extract", "a.txt", "--date", str(DAY), "--format", "csv", cwd=tmp_path).stdout

    events = extract_frame(_frame(("a", DAY, TAKEN), ("b", DAY, QUIET)))

    assert tuple(events.columns) == COLUMNS
    rows = list(csv.DictReader(io.StringIO(told)))
    for column in ("id", "fact", "family", "place_id", "date", "actor", "quote", "article", "certainty"):
        assert [value if pd.notna(value) else "" for value in events[column]] == [row[column] for row in rows]


@pytest.mark.parametrize(
    "date",
    ["2021-03-04", DAY, dt.datetime(2021, 3, 4, 23, 59), pd.Timestamp(DAY)],
    ids=lambda date: type(date).__name__,
)
def test_a_date_may_be_of_any_type(date: object) -> None:
    events = extract_frame(_frame(("a", date, TAKEN)))

    assert list(events["date"]) == ["2021-03-03", "2021-03-04"]


def test_types_do_not_depend_on_what_is_there() -> None:
    full, empty = extract_frame(_frame(("a", DAY, TAKEN))), extract_frame(_frame())

    assert full.dtypes.equals(empty.dtypes)
    assert full.dtypes.equals(extract_frame(_frame((1, pd.NaT, QUIET))).dtypes)


def test_a_row_that_cannot_be_read_is_told_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "geomap"):
        events = extract_frame(_frame(("bad", DAY, None), ("good", DAY, TAKEN), ("worse", DAY, 7)))

    assert set(events["article"]) == {"good"}
    assert [record.args[0] for record in caplog.records if record.args] == ["bad", "worse"]  # type: ignore[index]


def test_a_missing_column_is_told_with_those_found() -> None:
    with pytest.raises(PlanError, match="no column doc_id; found date, id, text; expected doc_id, date, text"):
        extract_frame(pd.DataFrame(columns=["date", "id", "text"]))


def test_dask_gives_the_rows_and_types_that_pandas_gives() -> None:
    dd = pytest.importorskip("dask.dataframe")
    articles = _frame(("a", DAY, TAKEN), ("b", DAY, QUIET), ("c", None, TAKEN))
    lazy = extract_frame(dd.from_pandas(articles, npartitions=3, sort=False))

    events = lazy.compute(scheduler="threads")

    assert lazy._meta.dtypes.equals(events.dtypes)
    pd.testing.assert_frame_equal(events.reset_index(drop=True), extract_frame(articles))
