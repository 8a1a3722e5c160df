"""Shared: one document for all extractors of an article, so that no sentence is parsed twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from geomap.extract.document import Document
from geomap.extract.kept import ARTICLES_KEPT
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Located, Location, Sentence

Families = Mapping[int, Sequence[str]]

# The articles read last: a run asks one extractor after another about the same few.
_open: list[Document] = []
# Of the articles looked at last which families each sentence may tell of, for all that is known without places.
_looked: deque[tuple[Article, Sequence[Sentence], Families]] = deque(maxlen=ARTICLES_KEPT)


def keep_families(article: Article, sentences: Sequence[Sentence], families: Families) -> None:
    """Keep which families the sentences of an article may tell of, by index, before its places are known."""
    _looked.append((article, sentences, families))


def kept_families(article: Article, sentences: Sequence[Sentence]) -> Families | None:
    """Return what was kept of an article, None where nobody looked."""
    return next((found for one, own, found in _looked if one is article and own is sentences), None)


def opened(
    article: Article, sentences: Sequence[Sentence], locations: Sequence[Location], gazetteer: Gazetteer
) -> Document:
    """Return the document of an article, with the parses that another extractor already asked for."""
    for document in _open:
        is_same = document.article is article and document.gazetteer is gazetteer
        if is_same and document.sentences is sentences and document.locations is locations:
            return document
    return open_all([Located(article, sentences, locations)], gazetteer)[0]


def open_all(group: Sequence[Located], gazetteer: Gazetteer) -> list[Document]:
    """Return the documents of articles that are read together; those of the group before are let go."""
    _open[:] = [Document(each.article, each.sentences, each.locations, gazetteer) for each in group]
    return list(_open)
