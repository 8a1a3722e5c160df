"""Routes: which ways of a sentence are ways out, agreed, open or used to bring people away?

A way counts where a corridor or an evacuation is spoken of: in its sentence, in its article for weaker words, or
just before a list that has no verb of its own. Each start and end is one evacuation, with or without a figure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.displacement.context import is_drill, tells_danger
from geomap.extract.displacement.route_words import listed_words, pattern_of, route_words
from geomap.extract.displacement.ways import WayRead, ways_in
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb
from geomap.extract.kept import SENTENCES_KEPT
from geomap.extract.lexicon import MoveFrame, any_of, move_frames, reporting
from geomap.extract.modality import Verdict, reality
from geomap.extract.surroundings import surrounding_words
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# Sentences back in which a list of ways is announced ("Ten corridors were agreed: ...").
_ANNOUNCED = 12
# Stops from which on "the route A - B - C" can be nothing else.
_STOPS = 3
_FINITE = ("VBD", "VBZ", "VBP", "MD")
# "The Sumy region: from ..." is a line of such a list wherever it stands.
_LABEL = re.compile(r"(?:region|oblast|province|district|governorate)\s*:\s*(?:evacuation\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RouteReading:
    """One way out: the word that told of it, its two ends and who goes there in the text's own word."""

    frame: MoveFrame
    trigger: Token
    origin: Location
    destination: Location | None
    verdict: Verdict
    travellers: str
    start: int


def find_routes(document: Document, index: int) -> list[RouteReading]:
    """Return the ways out that a sentence tells, in text order."""
    text = document.sentences[index].text
    if not document.locations_in(index) or pattern_of("undone").search(text):
        return []
    ways = ways_in(document, index, route_words().travellers.words)
    words = list(_route_words_in(document, index, ways)) if ways else []
    read = (read_way(document, index, way, words) for way in ways)
    return [reading for reading in read if reading is not None]


def read_way(
    document: Document, index: int, way: WayRead, words: Sequence[re.Match[str]] | None = None
) -> RouteReading | None:
    """Return what is told of a way; None where no word tells of a way out, or it is only practised.

    Args:
        document: the article.
        index: the sentence.
        way: one of it.
        words: those of the sentence that tell of ways out; None to look for them.
    """
    text = document.sentences[index].text
    words = list(_route_words_in(document, index, [way])) if words is None else words
    if words and not way.is_known:
        words = [m for m in words if pattern_of("strong").match(m[0]) or pattern_of("corridors").match(m[0])]
    trigger = _trigger(document, index, way, words) if words else _listing(document, index, way)
    if trigger is None or is_drill(trigger) or _is_talk(trigger):
        return None
    frame, verdict = next(f for f in move_frames() if f.id == "corridor"), _verdict(document, index, trigger)
    return RouteReading(frame, trigger, way.origin, way.destination, verdict, _travellers(text), way.start)


def _is_talk(trigger: Token) -> bool:
    """Whether a way is only talked about ("spoke about corridors from A to B")."""
    return trigger.dep_ == "pobj" and trigger.head.lower_ == "about" and trigger.head.head.pos_ == "VERB"


def tells_corridor(text: str) -> bool:
    """Whether a text speaks of corridors and the like by their own names; cheap."""
    return listed_words("strong").stand_in(text)


@functools.lru_cache(maxsize=SENTENCES_KEPT)
def tells_route(text: str) -> bool:
    """Whether a text may tell of a way out: it has a word of one, or people go from one name to another."""
    return any(listed_words(name).stand_in(text) for name in ("strong", "evacuations", "corridors")) or _may_travel(
        text
    )


def has_route_word(text: str) -> bool:
    """Whether a sentence may tell of a way out in a text that tells of one somewhere."""
    return tells_route(text) or listed_words("weak").stand_in(text) or _lists_way(text)


def _lists_way(text: str) -> bool:
    return _way().search(text) is not None or _residents().search(text) is not None


def _may_travel(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_travel(), _labelled(), _stops()))


def _route_words_in(document: Document, index: int, ways: Sequence[WayRead]) -> Iterator[re.Match[str]]:
    """The words of a sentence that tell of ways out; plain travellers only if the article tells of evacuation."""
    text, article = document.sentences[index].text, document.article.text
    yield from pattern_of("strong").finditer(text)
    yield from pattern_of("evacuations").finditer(text)
    if len(ways) > 1 or _is_at_war(document, index) or pattern_of("travellers").search(text):
        yield from (m for m in pattern_of("corridors").finditer(text) if not _is_of_goods(text, m))
    if any(way.stops >= _STOPS for way in ways):
        yield from pattern_of("weak").finditer(text)
    elif pattern_of("strong").search(article) or pattern_of("evacuations").search(article):
        yield from pattern_of("weak").finditer(text)
        yield from _travel().finditer(text)
    if listed_words("strong").stand_in(article):
        yield from _residents().finditer(text)
    if len(ways) > 1 and any(pattern_of(name).search(article) for name in ("strong", "corridors")):
        yield from pattern_of("travellers").finditer(text)


def _is_at_war(document: Document, index: int) -> bool:
    """Whether danger is told in the article, or forces or flight, not by "corridor" only, beside a sentence."""
    around = surrounding_words().keys.difference(route_words().corridors.words)
    near = range(max(0, index - 1), min(len(document.sentences), index + 2))
    return tells_danger(document.article.text) or any(around & document.words(at) for at in near)


def _is_of_goods(text: str, corridor: re.Match[str]) -> bool:
    """Whether a plain corridor is one for goods ("the trade corridor") or a plan ("the corridor project")."""
    behind = pattern_of("project_words").match(text, corridor.end() + 1)
    return behind is not None or _other().search(text, 0, corridor.start()) is not None


@functools.cache
def _other() -> re.Pattern[str]:
    """A word before "corridor" by which it is one for goods ("the trade corridor")."""
    return re.compile(rf"\b{any_of(route_words().other_corridors.words)}\s+$", re.IGNORECASE)


@functools.cache
def _travel() -> re.Pattern[str]:
    """Such as "3,233 people from Marsa, Qasra and Dahra to"; the match is the travellers."""
    people = any_of(route_words().travellers.words)
    return re.compile(rf"\b{people}(?=\s+from\s+[A-Z][^.;:]{{0,120}}?\sto\s+[A-Z])")


@functools.cache
def _residents() -> re.Pattern[str]:
    """Such as "residents of Marsa will be able to go to"; the match is who goes."""
    people = any_of(route_words().travellers.words)
    return re.compile(rf"\b(?i:{people})(?=\s+of\s+[A-Z][^.;:]{{0,120}}?\s(?:to|for)\s+(?:the\s+)?[A-Z])")


@functools.cache
def _way() -> re.Pattern[str]:
    """The shapes in which ways are listed, as far as they are seen without knowing the places."""
    return re.compile(
        r"\b[Ff]rom\s[^.;]{0,200}?\sto\s(?:the\s)?(?:\w+\sof\s)?[A-Z]|[A-Z]\w+\s?[-–—→]\s?[A-Z]"
        r"|^\W*(?:\d+[.)]\s*)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}\sto\s[A-Z]"
    )


@functools.cache
def _stops() -> re.Pattern[str]:
    """Such as "the route ... A - B - C"."""
    name, dash = r"[A-Z][\w'’]+(?:\s[A-Z][\w'’]+)?", r"\s*[-–—]\s*"
    return re.compile(rf"\b[Rr]outes?\b[^.;]{{0,160}}?{name}{dash}{name}{dash}{name}")


@functools.cache
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"{_LABEL.pattern.removesuffix('$')}from\s", re.IGNORECASE)


def _trigger(document: Document, index: int, way: WayRead, words: Sequence[re.Match[str]]) -> Token | None:
    """The route word nearest to a way that is no load's ("a convoy with aid left A for B")."""
    text = document.sentences[index].text
    near = min(words, key=lambda m: (m.start() > way.start, abs(m.start() - way.start)))
    if pattern_of("loads").search(text, 0, way.start) and not pattern_of("travellers").search(text):
        return None
    return _token(document, index, near.end() - 1)


def _listing(document: Document, index: int, way: WayRead) -> Token | None:
    """The first word of a way in a list without a verb that was announced, or has a region's label."""
    doc, text = document.doc(index), document.sentences[index].text
    if any(t.tag_ in _FINITE and t.lemma_ not in reporting("verb") for t in doc if t.idx < way.end):
        return None
    is_labelled = way.starts > 1 and _LABEL.search(text, 0, way.start) is not None
    return _token(document, index, way.start) if is_labelled or _announced(document, index) is not None else None


def _announced(document: Document, index: int) -> int | None:
    """The sentence before that speaks of corridors, where one does."""
    back = range(index - 1, max(-1, index - 1 - _ANNOUNCED), -1)
    names = ("strong", "evacuations", "corridors")
    return next((at for at in back if any(pattern_of(n).search(document.sentences[at].text) for n in names)), None)


def _token(document: Document, index: int, char: int) -> Token | None:
    return next((t for t in document.doc(index) if t.idx <= char < t.idx + len(t.text)), None)


def _travellers(text: str) -> str:
    match = pattern_of("travellers").search(text)
    return match[0] if match else "people"


def _verdict(document: Document, index: int, trigger: Token) -> Verdict:
    """Whether people could go: by the grammar of the word, then by words of what is agreed but not yet done."""
    verdict = _by_grammar(trigger)
    if verdict.reality != "actual":
        return verdict
    announced = _announced(document, index)
    for at in (index, announced):
        text = document.sentences[at].text if at is not None else ""
        if pattern_of("done").search(text):
            return verdict
        ahead = pattern_of("ahead").search(text)
        if ahead is not None:
            return Verdict("planned", ahead[0])
    return verdict


def _by_grammar(trigger: Token) -> Verdict:
    """What is real of a noun is what its verb says ("corridors will open")."""
    own = reality(trigger)
    if own.reality != "actual" or trigger.pos_ == "VERB":
        return own
    for child, above in climb(trigger):
        if above.pos_ in ("VERB", "AUX"):
            return reality(above) if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") else own
    return own
