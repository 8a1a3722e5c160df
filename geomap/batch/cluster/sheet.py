"""Sheet: what is written of one part, in either format."""

from __future__ import annotations

import io
from collections.abc import Sequence

from geomap.batch.cluster.parts import Document, Found
from geomap.documents import DocumentReader, failure
from geomap.export.records import Record
from geomap.frame import event_records, events_frame
from geomap.reading import ArticleReading


class Sheet:
    """The answers to the documents of a part, as they are read.

    Attributes:
        articles, events: how many there are.
        errors: what is wrong with documents that gave no answer.
    """

    def __init__(self, fmt: str) -> None:
        """Take the format: ``jsonl`` or ``parquet``."""
        self.articles = self.events = 0
        self.errors: list[str] = []
        self._fmt = fmt
        self._lines: list[str] = []
        self._rows: list[Record] = []

    def data(self) -> bytes:
        """Return the file."""
        if self._fmt == "jsonl":
            return "".join(f"{line}\n" for line in self._lines).encode("utf-8")
        out = io.BytesIO()
        events_frame(self._rows).to_parquet(out, index=False)
        return out.getvalue()

    def read(self, group: Sequence[tuple[Found, bool]], reader: DocumentReader) -> None:
        """Read a few documents, each with whether it may be read."""
        documents = [found.document for found, may_read in group if may_read and found.document is not None]
        # A line lists all toponyms of its article, a table of events needs none but theirs.
        readings = iter(reader.read_group(documents, all_places=self._fmt != "parquet"))
        for found, may_read in group:
            self.articles += 1
            problem = found.problem
            if not may_read:
                problem = (
                    f"{found.name}: every worker that read it ended: left out: look at its length, and report it"
                )
            elif found.document is not None:
                problem = self._answered(found.document, next(readings))
            if problem:
                self.errors.append(problem)
                self._put({"doc_id": found.name, "error": problem})

    def _answered(self, document: Document, reading: ArticleReading | Exception) -> str:
        """Take what a document says; return why that cannot be done, "" where it can."""
        try:
            if isinstance(reading, Exception):
                raise reading
            self._answer(document, reading)
        except Exception as error:  # one odd text does not end the reading of a million
            return failure(error)
        return ""

    def _answer(self, document: Document, reading: ArticleReading) -> None:
        from geomap.export import article_line

        if self._fmt == "parquet":
            rows = event_records(reading)
            self._rows += rows
            self.events += len(rows)
            return
        line = article_line(reading.article, reading.named, reading.events, reading.issues)
        self._put({**line, "doc_id": document["doc_id"]})
        self.events += len(line["events"])

    def _put(self, line: Record) -> None:
        from geomap.export import to_json

        self._lines.append(to_json(line))
