"""Shared: one document for all extractors of an article, so that no sentence is parsed twice."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.document import Document
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Located, Location, Sentence

# The articles read last: a run asks one extractor after another about the same few.
_open: list[Document] = []


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
