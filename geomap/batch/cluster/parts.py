"""Parts: how is a corpus cut into tasks, and which documents are in one?

A part is a range of bytes of a file of JSON lines, a whole compressed one, or a row group of a Parquet file. Its
name holds a hash of what its result depends on: a result that is there under that name need not be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.batch.cluster.store import opened, reaching, version_of
from geomap.errors import PlanError
from geomap.frame import NEEDED, OPTIONAL, plain

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".jsonl.bz2", ".jsonl.xz")
PARQUET = (".parquet", ".pq")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``start`` to ``end`` of a file of lines, or row group ``start`` of a Parquet file.

    A line is of the part that it begins in. ``end`` -1 is the end of the file.
    """

    number: int
    address: str
    start: int
    end: int
    key: str

    @property
    def name(self) -> str:
        """What the part's files are called, without ending; in order of the corpus."""
        return f"part-{self.number:06d}-{self.key}"


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a part, or what is wrong with it; ``name`` is its ``doc_id``, or where it is."""

    name: str
    document: Document | None
    problem: str = ""


def parts_of(addresses: Sequence[str], part_bytes: int, version: str) -> list[Part]:
    """Return the parts of all files that the addresses mean, in order of the addresses and of the files' names.

    Args:
        addresses: files, patterns or folders, of which the files of JSON lines and Parquet are taken.
        part_bytes: how much of a file of lines is one part.
        version: what beside the files the results depend on.

    Raises:
        PlanError: nothing is there, or it is no corpus.
    """
    ranges = [
        (address, told, start, end)
        for address, told in _files(addresses)
        for start, end in _ranges(address, int(told["size"]), part_bytes)
    ]
    return [
        Part(number, address, start, end, _key(version, address, version_of(told), start, end))
        for number, (address, told, start, end) in enumerate(ranges)
    ]


def documents_of(part: Part) -> Iterator[Found]:
    """Yield the documents of a part, in order.

    Raises:
        PlanError: a Parquet file has not the columns of a corpus.
    """
    return _rows(part) if part.address.endswith(PARQUET) else _lines(part)


def _files(addresses: Iterable[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the files, each once, with what their store tells of them."""
    found: dict[str, Mapping[str, Any]] = {}
    for address in addresses:
        fs, path = opened(address)
        with reaching(address, PlanError):
            pattern = f"{path}/**" if not _is_pattern(path) and fs.isdir(path) else path
            told = fs.glob(pattern, detail=True) if _is_pattern(pattern) else _one(fs, path)
        files = {str(name): each for name, each in told.items() if each["type"] == "file"}
        chosen = {name: each for name, each in files.items() if name.endswith((*LINES, *PARQUET))}
        if not chosen:
            what = f"{len(files)} other files" if files else "nothing"
            raise PlanError(
                f"{address}: {what} found, expected files that end in {' '.join((*LINES, *PARQUET))}, "
                "a folder of them or a pattern"
            )
        found |= {fs.unstrip_protocol(name): chosen[name] for name in sorted(chosen)}
    return list(found.items())


def _one(fs: Any, path: str) -> dict[str, Any]:
    try:
        return {path: fs.info(path)}
    except FileNotFoundError:
        return {}


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in "*?[")


def _ranges(address: str, size: int, part_bytes: int) -> Iterator[tuple[int, int]]:
    if address.endswith(PARQUET):
        yield from ((group, group + 1) for group in range(_groups(address)))
    elif not address.endswith((".jsonl", ".ndjson")):
        yield 0, -1  # compressed: it can be read from its beginning only
    else:
        yield from ((start, min(start + part_bytes, size)) for start in range(0, size, part_bytes))


def _groups(address: str) -> int:
    """Return how many row groups a Parquet file has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fs, path = opened(address)
    try:
        with fs.open(path, "rb") as file:
            return int(pq.read_metadata(file).num_row_groups)
    except (pa.ArrowException, OSError) as error:
        raise PlanError(f"{address}: not a Parquet file ({error}): write it again, or leave it out") from error


def _key(*values: object) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:10]


def _lines(part: Part) -> Iterator[Found]:
    for at, line in _lines_at(part):
        if line.strip():
            yield _found(line, f"{part.address}@{at}")


def _lines_at(part: Part) -> Iterator[tuple[int, bytes]]:
    """Yield each line that begins in the part, and where."""
    import fsspec

    with fsspec.open(part.address, "rb", compression="infer") as file:
        at = part.start
        if at > 0:
            # The byte before tells whether a line begins here.
            file.seek(at - 1)
            at += len(file.readline()) - 1
        while (part.end < 0 or at < part.end) and (line := file.readline()):
            yield at, line
            at += len(line)


def _found(line: bytes, where: str) -> Found:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Found(where, None, f"{where}: not a JSON object in UTF-8 ({error}): write one document a line")
    if not isinstance(value, dict):
        return Found(where, None, f"{where}: {type(value).__name__} found, an object {{doc_id, text}} expected")
    return _named(value, where)


def _rows(part: Part) -> Iterator[Found]:
    import pyarrow.parquet as pq

    fs, path = opened(part.address)
    with fs.open(path, "rb") as raw:
        file = pq.ParquetFile(raw)
        there = file.schema_arrow.names
        if missing := [name for name in NEEDED if name not in there]:
            raise PlanError(
                f"{part.address}: no column {' and no '.join(missing)}; found {', '.join(there)}; "
                f"expected {', '.join(NEEDED)} and perhaps {', '.join(OPTIONAL)}"
            )
        columns = [name for name in (*NEEDED, *OPTIONAL) if name in there]
        number = 0
        for batch in file.iter_batches(batch_size=256, row_groups=[part.start], columns=columns):
            for row in batch.to_pylist():
                cells = {name: plain(name, value) for name, value in row.items()}
                document = {name: value for name, value in cells.items() if value is not None}
                yield _named(document, f"{part.address}@{part.start}.{number}")
                number += 1


def _named(document: Document, where: str) -> Found:
    document = {"doc_id": where, **document}
    if not isinstance(document.get("text"), str):
        return Found(str(document["doc_id"]), None, f'{where}: no "text" of letters: every document needs one')
    return Found(str(document["doc_id"]), document)
