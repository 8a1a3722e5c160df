"""Why: what made this event, in plain words for an editor?

Nothing is looked for a second time: the words come from the lexicon's entry, the place's own reason, and what the
stages found for the party, the date, the figure and the speaker.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from geomap.extract.document import Document
from geomap.extract.modality import Verdict
from geomap.extract.parties import Party
from geomap.extract.speakers import OWN_VOICE, Speaker
from geomap.model import Actor, Article, Displacement, Event, PostReport, Reason

E = TypeVar("E", bound=Event)

_HOW = {
    "part": "a part of {name}",
    "within": "an unnamed place in {name}",
    "unknown": "a place that no gazetteer has, in {name}",
}
_SIDES = {
    "party": "a party to the conflict, who claims it",
    "observer": "an observer, no party to the conflict",
    "un": "speaking for the United Nations",
    "media": "a source of no known side",
}
_PRECISION = {1: "to the day", 2: "to the week", 3: "to the month or longer"}


class Entry(Protocol):
    """An entry of a lexicon: its name, and a sentence that it is for."""

    @property
    def id(self) -> str:
        """The entry's name."""

    @property
    def example(self) -> str:
        """A sentence that it is for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading was made of.

    Attributes:
        entry: of the lexicon, and its ``file``.
        verdict: whether it happened.
        how: the place was found: ``named``, ``part``, ``within`` or ``unknown``.
    """

    entry: Entry
    file: str
    speaker: Speaker
    verdict: Verdict
    how: str = "named"


def explained(event: E, document: Document, found: Found, parties: Sequence[Party | None] = ()) -> E:
    """Return the event with its reasons, part by part.

    Args:
        event: as it was built.
        document: the article it was read from.
        found: what it was made of.
        parties: as the text names them, where the event's actors may be filled in from the context.
    """
    return dataclasses.replace(event, reasons=tuple(_reasons(event, document, found, parties)))


def _reasons(event: Event, document: Document, found: Found, parties: Sequence[Party | None]) -> Iterator[Reason]:
    read_as = event.subtype.replace("_", " ")
    of_frame = f"frame {found.entry.id!r} of {found.file}, as in {found.entry.example!r}"
    yield Reason("phrase", f"{event.trigger!r} tells {read_as!r} by {of_frame}")
    yield Reason("place", _place(event, found.how))
    yield from (Reason(role, _actor(actor, parties)) for role, actor in _actors(event) if actor is not None)
    yield from (Reason("figure", text) for text in _figures(event))
    yield Reason("date", _date(event, document.article))
    yield Reason("speaker", _speaker(found.speaker))
    yield Reason("certainty", _certainty(event, found.speaker))
    if event.modality != "actual":
        yield Reason("modality", f"{event.modality}, because of {found.verdict.cue!r}")
    if event.is_background:
        yield Reason("background", "long before the article was published, so it is told as history")


def _place(event: Event, how: str) -> str:
    location = event.location
    if location is None:
        return f"{event.place_text!r} is in no gazetteer" if event.place_text else "the text names no place"
    name = _HOW.get(how, "{name}").format(name=location.name)
    said = location.mention.text
    is_here = event.evidence.start <= location.mention.start < event.evidence.end
    where = "in this sentence" if is_here else "in another sentence"
    reason = f": {location.why}" if location.why else ""
    return f"{name}, for {said!r} {where}{reason}"


def _actors(event: Event) -> Iterator[tuple[str, Actor | None]]:
    owner = event.owner if isinstance(event, PostReport) else None
    yield "actor", event.actor
    yield "owner", owner if owner != event.actor else None
    yield "opponent", event.opponent if event.opponent != owner else None


def _actor(actor: Actor, parties: Sequence[Party | None]) -> str:
    known = f"{actor.id} of actors.yml" if actor.id else "by the text's own name, which actors.yml does not have"
    named = (party for party in parties if party is not None and party.is_bare)
    said = next((party.actor.name for party in named if party.actor.name != actor.name), "")
    filled = f"{said!r} is taken for that of the country; " if said else ""
    return f"{actor.name}: {filled}{known}"


def _figures(event: Event) -> Iterator[str]:
    if isinstance(event, Displacement):
        figure = event.quantity
        value = "a vague figure" if figure.value is None else f"{figure.value:,.0f} ({figure.quantifier})"
        yield f"{figure.text!r} is {value}, counted in {event.unit}"
    if isinstance(event, PostReport) and (event.count is not None or event.count_text):
        number = "a vague number of posts" if event.count is None else f"{event.count} of them"
        yield f"{event.count_text!r} is {number}" if event.count_text else f"{number}, by the noun's number"


def _date(event: Event, article: Article) -> str:
    when, published = event.when, article.date
    if when.start is None or when.end is None:
        return f"{when.text!r} cannot be dated" if when.text else "neither the sentence nor the article has a date"
    day = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    if not when.text:
        return f"{day}: the article's own ({article.date_source or 'given'}), as the sentence says none"
    counted = f", counted from the article's date {published}" if published else ""
    return f"{day}, {_PRECISION[when.precision]}: {when.text!r}{counted}"


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.name}, {_SIDES[speaker.side]}" if speaker.name else "nobody: the article says it itself"


def _certainty(event: Event, speaker: Speaker) -> str:
    if speaker.side == "party":
        return f"{event.certainty}, as a party to the conflict says so"
    if event.certainty == "claimed":
        return "claimed, as the sentence itself doubts it"
    own = "the article says it in its own voice" if speaker is OWN_VOICE else "the one who says so is no party"
    return f"{event.certainty}, as {own}"
