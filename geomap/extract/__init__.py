"""Extract: which events do the sentences of an article tell?

    trigger scan -> parse of the sentences with a trigger -> frames of control, posts and displacement
      -> did it happen (modality), who says so (attribution), when (dates), who (parties), where (reference)

    document.py     one article while it is read: parses, places, what it is about around a sentence
    triggers.py     the cheap scan            parse.py, syntax.py   the grammar, whatever the voice and clause
    control.py      posts/      displacement/      the three families, each a reader of one sentence
    parties.py      who       reference.py  where        dates/, quantities/   when and how many
    modality.py     whether   attribution.py, speakers.py   who says so
    build.py        a reading becomes an event         settle.py   the readings of one article become its events

Rules are general grammar over the phrases of ``lexicon/*.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geomap.extract.build import control_event, displacement_event, post_event
from geomap.extract.control import find_control
from geomap.extract.displacement import find_moves
from geomap.extract.document import Document
from geomap.extract.posts import find_posts
from geomap.extract.settle import settle
from geomap.extract.shared import opened
from geomap.extract.triggers import has_trigger
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Event, Issue, Location, Sentence, Span

__all__ = ["extract"]


def extract(
    article: Article, sentences: Sequence[Sentence], locations: Sequence[Location], gazetteer: Gazetteer
) -> tuple[list[Event], list[Issue]]:
    """Return the events of an article in text order, and what of them could not be interpreted.

    Args:
        article: the article; its date resolves "on Monday".
        sentences: of the story, without furniture.
        locations: where the mentions of places lie, in text order.
        gazetteer: for the parties.
    """
    document = opened(article, sentences, locations, gazetteer)
    events = events_in(document, [i for i, sentence in enumerate(sentences) if has_trigger(sentence.text)])
    return events, list(_unknown_places(article, events))


def events_in(document: Document, indexes: Sequence[int]) -> list[Event]:
    """Return the events that the sentences with these indexes tell; all of them are parsed."""
    document.prepare(indexes)
    return settle([event for index in indexes for event in _events_of(document, index)])


def _events_of(document: Document, index: int) -> Iterable[Event | None]:
    yield from (control_event(document, index, reading) for reading in find_control(document, index))
    yield from (post_event(document, index, reading) for reading in find_posts(document, index))
    yield from (displacement_event(document, index, reading) for reading in find_moves(document, index))


def _unknown_places(article: Article, events: Iterable[Event]) -> Iterable[Issue]:
    for event in events:
        if event.location is None:
            name = event.place_text or "no place"
            message = f"{event.family} event at {name}: no gazetteer has it; add it to gazetteer/places to see it"
            yield Issue("unknown place", article.id, message, Span(event.evidence.start, event.evidence.end))
