"""War: does an article tell of armed men, so that somebody who takes a place may be one of them?"""

from __future__ import annotations

from geomap.extract.document import Document
from geomap.extract.lexicon import noun_class
from geomap.extract.triggers import words_of_text

_ARMED = frozenset({"rebels", "armed_group", "state_forces"})


def is_about_war(document: Document) -> bool:
    """Return whether an article names soldiers, rebels or their weapons, or a party that has them."""
    words = words_of_text(document.article.text)
    if words & (noun_class("war") | {f"{word}s" for word in noun_class("war")}):
        return True
    hits = document.gazetteer.actors.find(document.article.text)
    return any(entry.kind in _ARMED for _, _, entry in hits)
