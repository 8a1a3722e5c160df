"""Extract: which events do the sentences of an article tell?

    trigger scan -> parse of the sentences with a trigger -> frames of control, posts and displacement
      -> did it happen (modality), who says so (attribution), when (dates), who (parties), where (reference)

    document.py        one article while it is read: parses, places, what it is about around a sentence
    surroundings.py    where war, disaster or flight is spoken of at all
    scan/, triggers.py the cheap scan                grammar/     the parse, whatever the voice and clause
    control/  posts/  displacement/                  the three families, a sentence each
    parties/           who                           places/      where
    dates/             when                          quantities/  how many
    modality.py        whether                       saying/      who says so, and who denies it
    build.py           a reading becomes an event    settle.py, changes.py   those of one article, each once

Rules are general grammar over the phrases of ``lexicon/*.yml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from geomap.extract.build import control_event, displacement_event, post_event
from geomap.extract.control.find import find_control
from geomap.extract.displacement import find_moves
from geomap.extract.document import Document, prepare_all
from geomap.extract.parties.doers import with_doers
from geomap.extract.posts import find_posts
from geomap.extract.saying.contested import with_denials
from geomap.extract.scan import Scan
from geomap.extract.settle import settle
from geomap.extract.shared import keep_families, kept_families, open_all, opened
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Event, Issue, Located, Location, Sentence, Span

__all__ = ["extract", "may_tell", "prepare"]


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
    events = events_in(document, _triggered(document))
    return events, list(_unknown_places(article, events))


def prepare(group: Sequence[Located], gazetteer: Gazetteer) -> None:
    """Parse what several articles need together, which takes half as long; ``extract`` finds it done."""
    documents = open_all(group, gazetteer)
    prepare_all([(document, _triggered(document)) for document in documents])


def _triggered(document: Document) -> Mapping[int, Sequence[str]]:
    if document.families is None:
        before = kept_families(document.article, document.sentences)
        document.families = Scan(document).triggered(before)
    return document.families


def may_tell(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> bool:
    """Return whether an article may tell any event, whatever its places; cheap, and never wrong when it says no."""
    families = Scan(Document(article, sentences, (), gazetteer), are_places_known=False).triggered()
    keep_families(article, sentences, families)
    return bool(families)


def events_in(document: Document, families: Mapping[int, Iterable[str]]) -> list[Event]:
    """Return the events that sentences tell; ``families``: of which to look for, by the index of the sentence."""
    asked = {index: names for index, names in families.items() if document.surroundings.may_tell(index)}
    document.prepare(asked)
    events = [event for index, names in asked.items() for event in _events_of(document, index, names)]
    return with_denials(document, with_doers(settle(events, document.gazetteer.actors)))


def _events_of(document: Document, index: int, names: Iterable[str]) -> Iterable[Event | None]:
    for name in names:
        yield from FAMILIES[name](document, index)


def _control(document: Document, index: int) -> Iterable[Event | None]:
    return (control_event(document, index, reading) for reading in find_control(document, index))


def _posts(document: Document, index: int) -> Iterable[Event | None]:
    return (post_event(document, index, reading) for reading in find_posts(document, index))


def _moves(document: Document, index: int) -> Iterable[Event | None]:
    return (displacement_event(document, index, reading) for reading in find_moves(document, index))


# In the order in which a sentence is asked for them.
FAMILIES: Mapping[str, Callable[[Document, int], Iterable[Event | None]]] = {
    "control": _control,
    "post": _posts,
    "displacement": _moves,
}


def _unknown_places(article: Article, events: Iterable[Event]) -> Iterable[Issue]:
    for event in events:
        if event.location is None:
            name = event.place_text or "no place"
            message = f"{event.family} event at {name}: no gazetteer has it; add it to gazetteer/places to see it"
            yield Issue("unknown place", article.id, message, _span_of(event.place_text, event))


def _span_of(name: str, event: Event) -> Span | None:
    """Return where a name stands in the sentence of an event, None where it does not."""
    at = event.evidence.sentence.find(name) if name else -1
    return None if at < 0 else Span(event.evidence.start + at, event.evidence.start + at + len(name))
