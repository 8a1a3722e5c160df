"""Documents: the rows of a corpus, read one at a time with what a process loads once."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from geomap.errors import GeomapError
from geomap.extractors import DEFAULT, Extractor, chosen
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.pipeline import read_one
from geomap.reading import ArticleReading

# The parser and the caches of a process are of one thread at a time; for more cores there are more processes.
_ALONE = threading.Lock()


class DocumentReader:
    """Reads documents ``{doc_id, text, date?, title?, source?, url?}``, from any thread."""

    def __init__(self, gazetteer: Gazetteer, extractors: Sequence[Extractor]) -> None:
        self.gazetteer, self.extractors = gazetteer, tuple(extractors)

    def read(self, document: Mapping[str, object], *, all_places: bool = False) -> ArticleReading:
        """Return what one document says; ``all_places`` as in ``geomap.pipeline.read_one``.

        Raises:
            ArticleError: it has no text, or a field of the wrong type.
        """
        from geomap.read import read_document

        with _ALONE:
            article = read_document(document)
            return read_one(article, self.gazetteer, extractors=self.extractors, all_places=all_places)


def document_reader(gazetteer_dir: Path | None = None, extractors: Sequence[str] = DEFAULT) -> DocumentReader:
    """Return the reader of this process: the first call loads the gazetteer, the others take what is there.

    Args:
        gazetteer_dir: curated data, None for geomap's own.
        extractors: names of those that read the events, see ``geomap.extractors.chosen``.

    Raises:
        GazetteerError: the gazetteer cannot be loaded.
        PlanError: an extractor is not installed, or broken.
    """
    with _ALONE:
        return _reader(gazetteer_dir, tuple(extractors))


@functools.lru_cache(maxsize=4)
def _reader(gazetteer_dir: Path | None, extractors: tuple[str, ...]) -> DocumentReader:
    readers = chosen(extractors)  # a wrong name is told before the gazetteer is waited for
    return DocumentReader(load_gazetteer(gazetteer_dir), readers)


def failure(error: Exception) -> str:
    """Return what went wrong with one document, in words fit to show."""
    if isinstance(error, GeomapError):
        return str(error)
    return f"{type(error).__name__}: {error}: this is a bug in geomap"
