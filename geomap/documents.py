"""Documents: the rows of a corpus, read one at a time with what a process loads once."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from geomap.errors import GeomapError, tried
from geomap.extractors import DEFAULT, Extractor, chosen
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.reading import ArticleReading
from geomap.steps import Begun, Online, begin, finish, prepare

# The parser and the caches of a process are of one thread at a time; for more cores there are more processes.
_ALONE = threading.Lock()


class DocumentReader:
    """Reads documents ``{doc_id, text, date?, title?, source?, url?}``, from any thread."""

    def __init__(self, gazetteer: Gazetteer, extractors: Sequence[Extractor], online: Online | None = None) -> None:
        self.gazetteer, self.extractors, self._online = gazetteer, tuple(extractors), online

    def read_group(
        self, documents: Sequence[Mapping[str, object]], *, all_places: bool = False
    ) -> list[ArticleReading | Exception]:
        """Return what each of a few documents says, or why it cannot be read; ``all_places`` as in ``read_one``.

        The readings are those of ``read``; together they take less time.
        """
        with _ALONE:
            begun = [tried(self._begin, each, all_places) for each in documents]
            prepare([each for each in begun if not isinstance(each, Exception)], self.gazetteer, self.extractors)
            return [each if isinstance(each, Exception) else tried(self._finish, each) for each in begun]

    def read(self, document: Mapping[str, object], *, all_places: bool = False) -> ArticleReading:
        """Return what one document says; ``all_places`` as in ``geomap.pipeline.read_one``.

        Raises:
            ArticleError: it has no text, or a field of the wrong type.
        """
        with _ALONE:
            return self._finish(self._begin(document, all_places))

    def _begin(self, document: Mapping[str, object], all_places: bool) -> Begun | ArticleReading:
        from geomap.read import read_document

        return begin(read_document(document), self.gazetteer, self._online, self.extractors, all_places=all_places)

    def _finish(self, begun: Begun | ArticleReading) -> ArticleReading:
        return finish(begun, self.gazetteer, self.extractors)


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
