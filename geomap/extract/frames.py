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
from geomap.extract.build import common_fields, filled
from geomap.extract.casualties import FigureWords, casualties
from geomap.extract.document import Document
from geomap.extract.frame_slots import FamilyFrame, matches, party_at, places_at, site_at, words_at
from geomap.extract.grammar.syntax import subjects
from geomap.extract.modality import reality
from geomap.extract.parties.find import Party
from geomap.extract.places.reference import PlaceRef
from geomap.extract.saying.attribution import speaker_of
from geomap.extract.settle import settle
from geomap.extract.shared import opened
from geomap.extract.triggers import any_form
from geomap.extract.why import Found, explained
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Event, Issue, Location, OtherEvent, Sentence
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token


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
        events = [self._event(document, i, reading) for i, reading in readings]
        return settle(events, gazetteer.actors), []

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
        frame = next((frame for frame in lexicon.frames if matches(frame, token)), None)
        if frame is not None:
            yield from _read(document, index, lexicon, frame, token)


def _read(
    document: Document, index: int, lexicon: Lexicon, frame: FamilyFrame, trigger: Token
) -> Iterator[FamilyReading]:
    actor = party_at(document, index, frame, trigger, frame.actor or lexicon.actor)
    opponent = party_at(document, index, frame, trigger, frame.opponent or lexicon.opponent)
    # "Marsa was bombed": where no doer is told, none need be armed.
    is_told = trigger.pos_ != "VERB" or bool(subjects(trigger))
    if frame.armed and actor is None and is_told:
        return
    site = site_at(lexicon.sites, frame, trigger)
    words = words_at(frame, trigger)
    for place in places_at(document, index, frame, trigger, frame.place or lexicon.place):
        yield FamilyReading(frame, trigger, words, place, actor, opponent if opponent != actor else None, site)


def _details(
    document: Document, index: int, reading: FamilyReading, lexicon: Lexicon
) -> Iterator[tuple[str, str | int | float]]:
    if reading.site:
        yield "hit", reading.site
    yield from casualties(document.sentences[index].text, lexicon.figures).items()


def frame_extractor(family: str, path: Path) -> FrameExtractor:
    """Return an extractor of a family by the frames of a YAML file; the file is read when it is first needed."""
    return FrameExtractor(family, path)
