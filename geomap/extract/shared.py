"""Shared: one document for all extractors of an article, so that no sentence is parsed twice."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.document import Document
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Location, Sentence

# The article read last: a run asks one extractor after another about the same one.
_last: list[Document] = []


def opened(
    article: Article, sentences: Sequence[Sentence], locations: Sequence[Location], gazetteer: Gazetteer
) -> Document:
    """Return the document of an article, with the parses that another extractor already asked for."""
    for document in _last:
        is_same = document.article is article and document.gazetteer is gazetteer
        if is_same and document.sentences is sentences and document.locations is locations:
            return document
    _last[:] = [Document(article, sentences, locations, gazetteer)]
    return _last[0]
