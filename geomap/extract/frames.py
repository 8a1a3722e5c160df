"""Frames: a family of events read by frames of its own, with the grammar that control and posts are read with.

A plug-in brings a YAML file of frames and makes an extractor of it:

    extract = frame_extractor("strike", Path(__file__).parent / "frames.yml")

A frame is a verb or noun that tells the event, and the slots in which its place and its parties stand. Whether it
happened, who says so, when, and who is meant by "the army" is found as for every other family.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from geomap.errors import PlanError
from geomap.extract.attribution import speaker_of
from geomap.extract.build import common_fields, filled
from geomap.extract.control import frame_matches, in_slot, words_of
from geomap.extract.document import Document
from geomap.extract.lexicon import Frame, noun_class
from geomap.extract.modality import reality
from geomap.extract.parties import Party, owner_in, party_of
from geomap.extract.posts.slots import party_slot, slot_of
from geomap.extract.quantities import CountedThing, find_quantities
from geomap.extract.reference import PlaceRef, containing, is_place_noun, places_of
from geomap.extract.settle import settle
from geomap.extract.shared import opened
from geomap.extract.syntax import climb, conjuncts, objects, phrase_text, prepositional, subjects
from geomap.extract.triggers import any_form
from geomap.extract.why import Found, explained
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Event, Issue, Location, OtherEvent, Sentence
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = ("in", "on", "at", "near", "around", "outside", "inside", "across", "of", "against", "over", "into")
_NO_SITE = frozenset({"water", "sea", "river", "country"})
# Words around a figure within which it is said what became of the people.
_FIGURE_REACH = 24


class FamilyFrame(Frame):
    """A frame of a family of its own.

    Slots are those of ``Frame`` and ``target`` (what the verb above a noun is done to: "air strikes hit X"),
    ``clause`` (where the clause above plays), ``UNDER`` (what "came under" it), ``doer`` (who "carried out" it)
    and ``owner`` (the word before).
    ``means`` are nouns of which one must be its subject or its instrument ("jets hit X", "hit X with jets").
    """

    place: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


class FigureWords(Form):
    """Words beside a figure of casualties that say what ``name`` it is ("killed")."""

    name: str
    words: tuple[str, ...]
    example: str
    counter_example: str = ""


class Lexicon(Form):
    """The frames of a family, what they have in common, and the figures told with them.

    Attributes:
        place, actor, opponent: the slots of frames that name none.
        sites: nouns of what is hit or struck that is worth telling ("hospital").
    """

    place: tuple[str, ...]
    actor: tuple[str, ...]
    opponent: tuple[str, ...] = ()
    frames: tuple[FamilyFrame, ...]
    sites: tuple[str, ...] = ()
    figures: tuple[FigureWords, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class FamilyReading:
    """One frame found at a trigger, with what fills its slots."""

    frame: FamilyFrame
    trigger: Token
    words: str
    place: PlaceRef
    actor: Party | None
    opponent: Party | None
    site: str


@dataclass(frozen=True)
class FrameExtractor:
    """An extractor of one family by the frames of a file."""

    family: str
    path: Path

    def __call__(
        self, article: Article, sentences: Sequence[Sentence], locations: Sequence[Location], gazetteer: Gazetteer
    ) -> tuple[list[Event], list[Issue]]:
        """Return the events of the family in text order."""
        pattern, lexicon = self._pattern, self.lexicon
        document = opened(article, sentences, locations, gazetteer)
        wanted = [i for i, sentence in enumerate(sentences) if pattern.search(sentence.text)]
        document.prepare(wanted)
        readings = ((i, reading) for i in wanted for reading in find_frames(document, i, lexicon))
        return settle([self._event(document, i, reading) for i, reading in readings]), []

    @functools.cached_property
    def lexicon(self) -> Lexicon:
        """The frames; those with more conditions first."""
        read = read_yaml(self.path, Lexicon, error=PlanError)
        frames = sorted(read.frames, key=lambda frame: -(bool(frame.means) + bool(frame.object_is)))
        return read.model_copy(update={"frames": tuple(frames)})

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        # "Jets hit X": the jets are the rarer word.
        frames = self.lexicon.frames
        return any_form({word for frame in frames for word in (*(frame.means or frame.verbs), *frame.nouns)})

    def _event(self, document: Document, index: int, reading: FamilyReading) -> Event | None:
        verdict = reality(reading.trigger)
        if verdict.reality not in ("actual", "denied"):
            return None
        speaker = speaker_of(document, index, reading.trigger)
        location, frame = reading.place.location, reading.frame
        country = location.place.country if location else document.country()
        actor, opponent = (filled(document, party, country) for party in (reading.actor, reading.opponent))
        key = f"{self.family} {frame.subtype} {location and location.place.id} {reading.place.text}"
        common = common_fields(document, index, reading.trigger, reading.words, speaker, verdict, location, key)
        event = OtherEvent(
            family=self.family,
            subtype=frame.subtype,
            actor=actor,
            opponent=opponent,
            details=tuple(_details(document, index, reading, self.lexicon)),
            **common,
        )
        found = Found(frame, self.path.name, speaker, verdict, reading.place.how)
        return explained(event, document, found, (reading.actor, reading.opponent))


def find_frames(document: Document, index: int, lexicon: Lexicon) -> Iterator[FamilyReading]:
    """Yield what a sentence tells by the frames, whether or not it happened; of each trigger the first frame."""
    for token in document.doc(index):
        frame = next((frame for frame in lexicon.frames if _matches(frame, token)), None)
        if frame is not None:
            yield from _read(document, index, lexicon, frame, token)


def _matches(frame: FamilyFrame, token: Token) -> bool:
    if token.pos_ in ("NOUN", "PROPN"):
        return any(_is_named(token, noun) for noun in frame.nouns)
    return frame_matches(frame, token) and (not frame.means or _has_means(frame, token))


def _is_named(token: Token, noun: str) -> bool:
    """Whether a noun of one or more words ends at the token ("air strike"); its last word in any number."""
    *before, last = noun.replace("-", " - ").split()
    if token.lemma_.lower() != last and token.lower_ != last:
        return False
    words = [t.lower_ for t in token.doc[max(0, token.i - len(before)) : token.i]]
    return words == before


def _has_means(frame: FamilyFrame, verb: Token) -> bool:
    nouns = [*subjects(verb), *prepositional(verb, ("with", "by", "in", "from", "using"))]
    return any(_is_named(noun, means) for noun in nouns for means in frame.means)


def _read(
    document: Document, index: int, lexicon: Lexicon, frame: FamilyFrame, trigger: Token
) -> Iterator[FamilyReading]:
    actor = _party(document, index, frame, trigger, frame.actor or lexicon.actor)
    opponent = _party(document, index, frame, trigger, frame.opponent or lexicon.opponent)
    # "Marsa was bombed": where no doer is told, none need be armed.
    is_told = trigger.pos_ != "VERB" or bool(subjects(trigger))
    if frame.armed and actor is None and is_told:
        return
    site = _site(lexicon, frame, trigger)
    words = words_of(frame, trigger) if trigger.pos_ == "VERB" else _noun_words(trigger)
    for place in _places(document, index, frame, trigger, frame.place or lexicon.place):
        yield FamilyReading(frame, trigger, words, place, actor, opponent if opponent != actor else None, site)


def _noun_words(trigger: Token) -> str:
    first = min([trigger.i, *(t.i for t in trigger.children if t.dep_ in ("compound", "amod") and t.i < trigger.i)])
    return str(trigger.doc[first : trigger.i + 1].text)


def _nouns(frame: FamilyFrame, trigger: Token, slot: str) -> list[Token]:
    if slot == "doer":
        return party_slot(trigger, "support")
    if slot == "UNDER":
        return slot_of(trigger, slot)
    if slot not in ("target", "clause"):
        return in_slot(frame, trigger, slot)
    verb = next((head for _, head in climb(trigger) if head.pos_ == "VERB"), None)
    if verb is None:
        return []
    if slot == "clause":
        return prepositional(verb, _WHERE)
    return objects(verb) if trigger in subjects(verb) else []


def _party(
    document: Document, index: int, frame: FamilyFrame, trigger: Token, slots: Sequence[str]
) -> Party | None:
    """The armed party in the first slot that has one, or the one whose planes, guns or positions stand there."""
    for slot in slots:
        owned = [trigger] if slot == "owner" else []
        for noun in owned or [t for n in _nouns(frame, trigger, slot) for t in conjuncts(n)]:
            is_counted = any(child.dep_ == "nummod" for child in noun.children)
            named = (
                None
                if owned or is_counted or document.location_at(index, noun)
                else party_of(document, index, noun)
            )
            party = named if named is not None and named.is_armed else _owner(document, index, noun)
            if party is not None and party.is_armed:
                return party
    return None


def _owner(document: Document, index: int, noun: Token) -> Party | None:
    """The party in the words before a noun, which may hang on the first of two ("Israeli air strike").

    "Pro-government villages" are nobody's: whose positions or planes they are is asked, not whose towns.
    """
    if noun.lemma_.lower() in noun_class("settlement") | noun_class("region"):
        return None
    before = [t for t in noun.children if t.dep_ == "compound" and t.i < noun.i]
    found = (owner_in(document, index, token) for token in (noun, *before))
    return next((party for party in found if party is not None), None)


def _places(
    document: Document, index: int, frame: FamilyFrame, trigger: Token, slots: Sequence[str]
) -> list[PlaceRef]:
    """What the first slot names that is a site, or else where the words around the trigger are."""
    for slot in slots:
        found = [ref for noun in _nouns(frame, trigger, slot) for ref in _places_of(document, index, noun)]
        if found:
            return found
    around = containing(document, index, trigger)
    return [PlaceRef(around, "named", around.name)] if around is not None and _is_site(around) else []


def _places_of(document: Document, index: int, noun: Token) -> list[PlaceRef]:
    found = [ref for ref in places_of(document, index, noun) if ref.location is not None and _is_site(ref.location)]
    if found or is_place_noun(noun):
        return found
    # "bombed civilians in X": what is hit is no place, but stands in one.
    around = containing(document, index, noun)
    return [PlaceRef(around, "named", around.name)] if around is not None and _is_site(around) else []


def _is_site(location: Location) -> bool:
    """Whether a place is small enough to be the place of an event: no country, no sea."""
    return location.place.kind not in _NO_SITE


def _site(lexicon: Lexicon, frame: FamilyFrame, trigger: Token) -> str:
    """What was hit, where it is worth telling ("a hospital")."""
    slots = ("object", "on", "against", "at", "target", "in")
    nouns = (t for slot in slots for n in _nouns(frame, trigger, slot) for t in conjuncts(n))
    return next((phrase_text(t) for t in nouns if t.lemma_.lower() in lexicon.sites), "")


def _details(
    document: Document, index: int, reading: FamilyReading, lexicon: Lexicon
) -> Iterator[tuple[str, str | int | float]]:
    if reading.site:
        yield "hit", reading.site
    yield from _casualties(document.sentences[index].text, lexicon.figures).items()


def _casualties(text: str, figures: Sequence[FigureWords]) -> dict[str, str | int]:
    """The first figure of each kind; a figure is of the kind whose words stand nearest to it."""
    found: dict[str, str | int] = {}
    for each in find_quantities(text):
        gaps = [(_gap(text, each, figure), figure.name) for figure in figures]
        gap, name = min(gaps, default=(_FIGURE_REACH, ""))
        if each.noun_class == "casualties" and gap < _FIGURE_REACH:
            is_exact = each.quantity.quantifier == "exact" and each.quantity.value is not None
            said = int(each.quantity.value or 0) if is_exact else each.quantity.text.lower()
            found.setdefault(name, said)
    return found


def _gap(text: str, counted: CountedThing, figure: FigureWords) -> int:
    """How many characters lie between a figure and the nearest of some words; 0 where it holds one."""
    gaps = [
        max(counted.start - match.end(), match.start() - counted.noun_end, 0)
        for match in _figure_pattern(figure).finditer(text)
    ]
    return min(gaps, default=_FIGURE_REACH)


@functools.cache
def _figure_pattern(figure: FigureWords) -> re.Pattern[str]:
    return any_form(set(figure.words))


def frame_extractor(family: str, path: Path) -> FrameExtractor:
    """Return an extractor of a family by the frames of a YAML file; the file is read when it is first needed."""
    return FrameExtractor(family, path)
