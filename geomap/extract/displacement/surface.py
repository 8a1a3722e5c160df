"""Move surface: what stands right beside a figure, where the grammar says nothing?

Lists, tables and headlines are no sentences ("Displaced people: 1,200"), and the parser misreads some that are.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.extract.displacement.context import context_words
from geomap.extract.kept import ARTICLES_KEPT
from geomap.extract.lexicon import MoveFrame, any_of, move_frames
from geomap.extract.quantities import CountedThing
from geomap.extract.quantities.words import lexicon
from geomap.extract.triggers import Listed
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FILE = Path(__file__).parent.parent / "lexicon" / "displacement_surface.yml"
# What may stand between people and the word that displaces them; none of it makes the word unreal.
_BETWEEN = r"""(?:was|were|is|are|be|been|being|has|have|had|who|that|which|still|newly|now|already|also|again|
    currently|more|others|left|rendered|made|become|became|remain|remains|remained|remaining|forced|
    to|likewise|so|far|managed|(?!only|hardly|barely|nearly)[\w-]+ly)"""
_PEOPLE = r"(?:people|persons?|individuals?|families|family|households?|civilians|residents)"
# Characters before a figure that may hold its label.
_REACH = 160
_HOUSEHOLDS = re.compile(r"\b(?:famil|household)", re.IGNORECASE)


class SurfaceWords(Form):
    """Words beside a figure that stand for a frame of ``displacement.yml``."""

    frame: str
    after: tuple[str, ...]
    before: tuple[str, ...]
    label: tuple[str, ...]
    inside: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    needs_place: bool = False
    example: str
    counter_example: str


@dataclasses.dataclass(frozen=True, slots=True)
class SurfaceReading:
    """A figure with the frame that stands beside it and the trigger's token."""

    frame: MoveFrame
    trigger: Token
    figure: CountedThing


@functools.cache
def surface_words() -> tuple[SurfaceWords, ...]:
    """Return the words that stand beside figures, by frame."""
    return read_yaml(_FILE, tuple[SurfaceWords, ...])


def read_surface(text: str, doc: Doc, figure: CountedThing, places: Collection[int]) -> SurfaceReading | None:
    """Return what stands beside a figure; None where nothing says the people moved.

    Args:
        text: the sentence.
        doc: its tokens.
        figure: found in it.
        places: where in it names of places start.
    """
    is_bare = not figure.noun or figure.noun_class in ("people", "households")
    for pattern in (_label(), _before(), *([_number_of(), _numbering(), _put_at()] if is_bare else [])):
        match = pattern.search(text, max(0, figure.start - _REACH), figure.start)
        if match is not None:
            return _reading(doc, match, _with_unit_of(figure, match[0]))
    # In "400 evacuated" the participle stands where a noun would.
    match = _after().match(text, figure.noun_end) or _after().match(text, figure.end)
    match = match or _inside().match(text, figure.noun_end)
    if match is None or (_needs_place(match) and not _leads_to(text, match.end(), places)):
        return None
    return _reading(doc, match, figure)


@functools.lru_cache(maxsize=ARTICLES_KEPT)
def tells_displacement(text: str) -> bool:
    """Whether a text speaks of displaced people at all, so that who "came" may be one of them."""
    return _topic().stand_in(text)


def _needs_place(match: re.Match[str]) -> bool:
    frame = _frame_of(match)
    return any(w.needs_place and match["word"].lower() in w.after for w in surface_words() if w.frame == frame.id)


def _leads_to(text: str, end: int, places: Collection[int]) -> bool:
    """Whether a place follows at once ("left Marsa", "left the town of Marsa")."""
    gap = re.match(r"\s+(?:the\s+)?(?:\w+\s+of\s+)?(?:[a-z]+\s+)?", text[end:])
    return gap is not None and any(end < at <= end + gap.end() for at in places)


def _reading(doc: Doc, match: re.Match[str], figure: CountedThing) -> SurfaceReading | None:
    frame = _frame_of(match)
    trigger = next((t for t in doc if t.idx <= match.start("word") < t.idx + len(t.text)), None)
    return SurfaceReading(frame, trigger, figure) if trigger is not None else None


def _with_unit_of(figure: CountedThing, label: str) -> CountedThing:
    """The figure in the label's unit: "Displaced families: 300"."""
    if figure.unit is not None or _HOUSEHOLDS.search(label) is None:
        return figure
    return dataclasses.replace(figure, unit="households", noun_class="households")


def _frame_of(match: re.Match[str]) -> MoveFrame:
    name = next(key for key, value in match.groupdict().items() if key.startswith("frame_") and value)
    wanted = name.removeprefix("frame_").replace("_", "-")
    return next(f for f in move_frames() if f.id == wanted)


def _alternatives(lists: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """A pattern of any of the words, in a group named after their frame."""
    of_frame: dict[str, list[str]] = {}
    for frame, words in lists:
        of_frame.setdefault(frame, []).extend(words)
    groups = [f"(?P<frame_{frame.replace('-', '_')}>{any_of(words)})" for frame, words in of_frame.items() if words]
    return f"(?P<word>{'|'.join(groups)})"


@functools.cache
def _after() -> re.Pattern[str]:
    words = _alternatives((w.frame, w.after) for w in surface_words())
    kin = rf"(?:\s+and\s+(?:their\s+)?{any_of(lexicon().kin.words)}\b)?"
    aside = rf"""{kin}(?:\s*\([^()]{{0,60}}\)|\s*,\s+(?:including|mostly|mainly|most|many|among)\b[^,;.:]{{0,60}},
        |\s+[-–—]\s[^-–—.;:]{{0,60}}\s[-–—](?=\s)|\s*,|\s+[-–—](?=\s))?"""
    return re.compile(rf"{aside}(?:\s+{_BETWEEN}\b)*\s+{words}\b(?!\s+by\s+car)", re.VERBOSE | re.IGNORECASE)


@functools.cache
def _inside() -> re.Pattern[str]:
    """Such as " in 41 temporary shelters", right behind the figure and its noun."""
    words = _alternatives((w.frame, w.inside) for w in surface_words())
    between = r"(?:\s+(?!in\b|at\b|not\b|for\b|to\b|killed\b|died\b)[\w-]+){0,4}?"
    count = r"(?:(?:about|around|some|over|more\s+than|nearly|at\s+least)\s+)?(?:(?:\d[\d,.]*|\w+)\s+)?"
    return re.compile(rf"{between}\s+(?:in|at|inside)\s+{count}{words}\b", re.VERBOSE | re.IGNORECASE)


@functools.cache
def _before() -> re.Pattern[str]:
    words = _alternatives((w.frame, w.before) for w in surface_words())
    return re.compile(rf"\b{words}\s+(?:the\s+)?$", re.VERBOSE | re.IGNORECASE)


@functools.cache
def _label() -> re.Pattern[str]:
    """Such as "Total number of displaced families: ", "• Evacuated people - ", right before the figure."""
    words = _alternatives((w.frame, w.label) for w in surface_words())
    return re.compile(
        rf"""(?:^|[\n;:.|•*,–-]|\b(?:number|total|no\.?)(?:\s+number)?(?:\s+of)?)\s*
        (?:(?:total|estimated|current|people|persons|families|households|civilians|residents)\s+)*{words}
        (?:\s+(?:{_PEOPLE}|total|to\s+date|so\s+far|in\s+all))*(?:\s+(?:in|from|across)\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){{0,4}})?\s*(?:\([^()]{{0,30}}\)\s*)?(?:[:=|]|\s[-–]\s)\s*$""",
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _number_of() -> re.Pattern[str]:
    """Such as "The number of returnees from Marsa is now ", right before the figure."""
    words = _alternatives((w.frame, (*w.label, *w.gone)) for w in surface_words())
    return re.compile(
        rf"""\b(?:(?:number|tally|total|count)\s+of\s+(?:\w+\s+){{0,3}}?(?:who\s+(?:had\s+|have\s+|has\s+)?(?:\w+\s+)?)?
        |(?=exodus|displacement)){words}\b[^.;:]{{0,100}}?
        \b(?:is|are|was|were|stands\s+at|stood\s+at|reached|exceeds|exceeded|passed|topped|surpassed|
        (?:rose|grew|risen|grown|increased|climbed|swollen|jumped|soared|doubled|up)\s+(?:to|past|above|beyond))
        \s+(?:now\s+|already\s+)?$""",
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _numbering() -> re.Pattern[str]:
    """Such as "Returnees to Marsa now number ", right before the figure."""
    words = _alternatives((w.frame, w.label) for w in surface_words())
    return re.compile(
        rf"""\b{words}\b[^.;:,]{{0,60}}?\s(?:number|numbers|numbered|totals?|totall?ed|amount\s+to|amounted\s+to)\s+
        (?:now\s+|already\s+)?$""",
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _put_at() -> re.Pattern[str]:
    """Such as "put the number of displaced from the zone at ", right before the figure."""
    words = _alternatives((w.frame, w.label) for w in surface_words())
    return re.compile(
        rf"""\b(?:put|puts|putting|estimate|estimates|estimated|placed)\s+the\s+(?:\w+\s+)?number\s+of\s+
        (?:\w+\s+){{0,3}}?{words}\b[^.;:]{{0,100}}?\bat\s+$""",
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _topic() -> Listed:
    words = {word for w in surface_words() if not w.needs_place for word in (*w.after, *w.before, *w.label)}
    return Listed(words | set(context_words().topic.words))
