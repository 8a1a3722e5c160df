"""Cluster: a corpus read in parts gives the same bytes wherever it is read, and whoever is lost meanwhile."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geomap import extract_frame
from geomap.batch.cluster import FORMATS, PartResult, run_corpus
from geomap.batch.cluster.parts import documents_of, parts_of
from geomap.batch.cluster.store import Folder
from geomap.batch.cluster.work import state_name
from geomap.cli.cluster import FORMATS as NAMED_FORMATS
from geomap.errors import PlanError, RenderError
from tests.conftest import run_geomap

for _package in ("distributed", "pyarrow"):
    pytest.importorskip(_package)
fsspec = pytest.importorskip("fsspec")

TOWNS = ("Saraqeb", "Kafr Nabl", "Binnish", "Idlib", "Maarat al-Numan", "Ariha")


def _document(number: int) -> dict[str, Any]:
    town = TOWNS[number % len(TOWNS)]
    text = f"Syrian government forces captured the town of {town} on Wednesday. Ünïcode, {number}."
    return {"doc_id": f"d{number:03}", "date": "2021-03-04", "text": text}


def _lines(count: int) -> bytes:
    return "".join(json.dumps(_document(each), ensure_ascii=False) + "\n" for each in range(count)).encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Twelve documents in a file of lines, and one line that is none."""
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(_lines(12) + b'{"doc_id": "bad", "text": null}\n')
    return path


def _answers(out: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(out.glob("part-*")))


@pytest.mark.parametrize("part_bytes", [1, 7, 150, 10**6])
def test_every_document_is_in_one_part_wherever_it_is_cut(part_bytes: int, corpus: Path) -> None:
    parts = parts_of([str(corpus)], part_bytes, "1")

    names = [found.name for part in parts for found in documents_of(part)]

    assert names == [*(f"d{number:03}" for number in range(12)), "bad"]
    assert len({part.name for part in parts}) == len(parts)


def test_compressed_files_and_parquet_hold_the_same_documents(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "1.jsonl.gz").write_bytes(gzip.compress(_lines(4)))
    rows = pd.DataFrame([_document(number) for number in range(4, 12)])
    rows["date"] = pd.to_datetime(rows["date"])
    rows.to_parquet(tmp_path / "all" / "2.parquet", row_group_size=3)

    parts = parts_of([f"file://{tmp_path}/all"], 10**6, "1")

    assert len(parts) == 1 + 3
    found = [each.document for part in parts for each in documents_of(part)]
    assert found == [_document(number) for number in range(12)]


def test_a_corpus_in_memory_is_answered_as_the_filter_answers_it(corpus: Path, tmp_path: Path) -> None:
    told = run_geomap("extract", "-", cwd=tmp_path, stdin=_lines(12)).stdout
    source, out = Folder("memory://in"), Folder("memory://out")
    source.write("a.jsonl", _lines(5))
    source.write("b.jsonl", b"".join(_lines(12).splitlines(keepends=True)[5:]))

    done = run_corpus(["memory://in"], "memory://out", part_mb=0.0005)

    files = [f"{part.name}.jsonl" for part in done.parts]
    assert sorted(files) == sorted(out.names() - {"_geomap"})
    assert "".join(out.fs.cat_file(f"/out/{file}").decode() for file in files) == told
    assert (done.articles, done.bad, done.skipped) == (12, 0, 0)


def test_a_second_run_reads_what_is_new_and_removes_what_is_gone(corpus: Path, tmp_path: Path) -> None:
    first = run_corpus([str(corpus)], str(tmp_path / "out"), part_mb=0.0008)
    with corpus.open("ab") as file:
        file.write(json.dumps(_document(99)).encode())
    again = run_corpus([str(corpus)], str(tmp_path / "out"), part_mb=0.0008)
    third = run_corpus([str(corpus)], str(tmp_path / "out"), part_mb=0.0008)

    assert (first.bad, again.bad) == (1, 1)
    assert (again.articles, third.articles_read) == (first.articles + 1, 0)
    assert len(list((tmp_path / "out").glob("part-*"))) == len(again.parts)
    manifest = json.loads((tmp_path / "out/_geomap/manifest.json").read_bytes())
    assert sum(part["articles"] for part in manifest["parts"]) == 14


def test_an_article_that_workers_ended_at_is_left_out_and_told(corpus: Path, tmp_path: Path) -> None:
    [part] = parts_of([str(corpus)], 10**6, "1")
    done = run_corpus([str(corpus)], str(tmp_path / "out"))
    name = done.parts[0].name
    (tmp_path / "out" / f"{name}.jsonl").unlink()
    Folder(str(tmp_path / "out")).write_json(state_name(name), {"state": "careful", "deaths": {"2": 2, "5": 1}})

    again = run_corpus([str(corpus)], str(tmp_path / "out"))

    lines = [json.loads(line) for line in _answers(tmp_path / "out").splitlines()]
    assert [line["doc_id"] for line in lines if "error" in line] == ["d002", "bad"]
    assert "every worker that read it ended" in again.problems[0]
    assert len(list(documents_of(part))) == len(lines)


def test_a_worker_that_is_ended_in_the_middle_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    alone = run_corpus([str(corpus)], str(tmp_path / "alone"), fmt="parquet", part_mb=0.0003)
    seen: list[PartResult] = []

    def end_the_first(part: PartResult) -> None:
        seen.append(part)
        if len(seen) == 1:
            os.kill(int(part.worker.rsplit(":", 1)[1]), signal.SIGKILL)

    out = tmp_path / "out"
    done = run_corpus(
        [str(corpus)], str(out), scheduler="local", workers=2, fmt="parquet", part_mb=0.0003, each=end_the_first
    )

    assert len(done.parts) == len(alone.parts) > 4
    assert {part.worker for part in seen} - {seen[0].worker}
    assert _answers(out) == _answers(tmp_path / "alone")
    articles = pd.DataFrame([_document(number) for number in range(12)])
    events = pd.concat([pd.read_parquet(path) for path in sorted(out.glob("part-*"))], ignore_index=True)
    pd.testing.assert_frame_equal(events, extract_frame(articles), check_dtype=False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["batch", "missing", "--scheduler", "local"], "missing: nothing found, expected files that end in"),
        (["batch", "a.txt", "--scheduler", "local"], "1 other files found"),
        (["batch", "c.jsonl", "--scheduler", "tcp://127.0.0.1:9"], "no Dask scheduler answers"),
        (["batch", "nope://x", "--scheduler", "local"], "nope://x: Protocol not known"),
        (["batch", "c.jsonl", "--scheduler", "local", "--online", "photon"], "--online does not go with"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(arguments: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no corpus", encoding="utf-8")
    (tmp_path / "c.jsonl").write_bytes(_lines(1))

    done = run_geomap(*arguments, "-o", "out", cwd=tmp_path)

    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


class FarStore(fsspec.AbstractFileSystem):  # type: ignore[misc, name-defined]
    """A store that nobody can reach; its errors are none of Python's own for files."""

    protocol = "far"

    def info(self, path: str, **options: Any) -> Any:
        raise LookupError("no such host")

    ls = cat_file = pipe_file = info


def test_a_store_that_cannot_be_reached_is_told_in_a_line() -> None:
    fsspec.register_implementation("far", FarStore, clobber=True)

    with pytest.raises(PlanError, match=r"^far://news/a.jsonl: cannot be reached .*no such host"):
        parts_of(["far://news/a.jsonl"], 10**6, "1")
    with pytest.raises(RenderError, match=r"^far://out: cannot be reached .*no such host"):
        Folder("far://out").names()


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, corpus: Path) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "distributed")
    monkeypatch.setattr(sys, "path_importer_cache", {})

    with pytest.raises(PlanError, match=r"needs the package dask|needs the package distributed"):
        run_corpus([str(corpus)], "memory://x", scheduler="local")


def test_the_help_names_the_formats_there_are() -> None:
    assert NAMED_FORMATS == FORMATS
