"""Why: what made this event, in plain words for an editor?

Nothing is looked for a second time: the words come from the lexicon's entry, the place's own reason, and what the
stages found for the party, the date, the figure and the speaker.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from geomap.extract.dates import counts_from_day_before
from geomap.extract.document import Document
from geomap.extract.modality import Verdict
from geomap.extract.parties.find import Party
from geomap.extract.saying.speakers import OWN_VOICE, Speaker
from geomap.model import Actor, Article, Displacement, Event, PostReport, Reason, When
from geomap.yamlfile import read_yaml

E = TypeVar("E", bound=Event)

_LEXICON = Path(__file__).parent / "lexicon" / "reasons.yml"
# A year among the words of a date: nothing had to be counted from the article's.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@functools.cache
def _words(group: str) -> dict[str, str]:
    """The plain words of a group of reasons.yml."""
    return read_yaml(_LEXICON, dict[str, dict[str, str]])[group]


class Entry(Protocol):
    """An entry of a lexicon: its name, what it tells, and a sentence that it is for."""

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
    yield Reason("phrase", _phrase(event, found))
    yield Reason("place", _place(event, found.how))
    yield from (Reason(role, _actor(actor, parties)) for role, actor in _actors(event) if actor is not None)
    yield from (Reason("figure", text) for text in _figures(event))
    yield Reason("date", _date(event, document.article))
    yield Reason("speaker", _speaker(event, found.speaker))
    yield Reason("certainty", _certainty(event, found.speaker))
    if event.modality != "actual":
        yield Reason("modality", f"{event.modality}, because of {found.verdict.cue!r}")
    if event.is_background:
        yield Reason("background", "long before the article was published, so it is told as history")


def _phrase(event: Event, found: Found) -> str:
    meaning = _words("subtype").get(event.subtype, event.subtype.replace("_", " "))
    rule = f"rule {found.entry.id!r} of {found.file}"
    return f"{event.trigger!r} reads as {event.subtype!r} ({meaning}), as in {found.entry.example!r}; {rule}"


def _place(event: Event, how: str) -> str:
    location = event.location
    if location is None:
        return f"{event.place_text!r} is in no gazetteer" if event.place_text else "the text names no place"
    name = _words("how").get(how, "{name}").format(name=location.name)
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
    known = f"{actor.id!r} in actors.yml" if actor.id else "as the text calls it, since actors.yml has no such name"
    named = (party for party in parties if party is not None and party.is_bare)
    said = next((party.actor.name for party in named if party.actor.name != actor.name), "")
    filled = f"the text only says {said!r}, taken for that of the country; " if said else ""
    return f"{actor.name}: {filled}{known}"


def _figures(event: Event) -> Iterator[str]:
    if isinstance(event, Displacement):
        figure = event.quantity
        hedge = _words("quantifier")[figure.quantifier]
        number = "a vague figure" if figure.value is None else f"{figure.value:,.0f}"
        value = f"{hedge} {number}" if hedge == "about" else f"{number} {hedge}".removesuffix(" as said")
        yield f"{figure.text!r} is {value}, counted in {_words('unit')[event.unit]}"
    if isinstance(event, PostReport) and (event.count is not None or event.count_text):
        number = "an unknown number of posts" if event.count is None else f"a number of {event.count}"
        yield f"{event.count_text!r} is {number}" if event.count_text else "one post, as the text speaks of one"


def _date(event: Event, article: Article) -> str:
    when, published = event.when, article.date
    if when.start is None or when.end is None:
        return f"{when.text!r} cannot be dated" if when.text else "neither the sentence nor the article has a date"
    day = f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"
    if not when.text:
        source = f" (known from: {article.date_source})" if article.date_source else ""
        return f"{day}: the day of the article{source}, as the sentence names none"
    return f"{day}, {_words('precision')[str(when.precision)]}: {when.text!r}{_counted(when, published)}"


def _counted(when: When, published: dt.date | None) -> str:
    """From which day the words of a date count: none, where they name the year."""
    if published is None or _YEAR.search(when.text):
        return ""
    if counts_from_day_before(when.text):
        return ", counted from the day the text speaks of before"
    return f", counted from the article's date {published}"


def _speaker(event: Event, speaker: Speaker) -> str:
    if not speaker.name:
        return "nobody: the article says it itself"
    is_here = speaker.at < 0 or event.evidence.start <= speaker.at < event.evidence.end
    where = "" if is_here else ", named in another sentence"
    return f"{speaker.name}{where}; {_words('side')[speaker.side]}"


def _certainty(event: Event, speaker: Speaker) -> str:
    if speaker.side == "party":
        return f"{event.certainty}, as a party to the conflict says so"
    if event.certainty == "claimed":
        return "claimed, as the sentence itself doubts it"
    own = "the article says it in its own voice" if speaker is OWN_VOICE else "the one who says so is no party"
    return f"{event.certainty}, as {own}"
