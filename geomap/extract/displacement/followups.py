"""Follow-ups: which figures are told of people whose going was told just before?

"... fled on Monday, bringing the total to 181,000", "Beijing put the figure at 3,000", "The mayor spoke of 55,000",
"Another 2,500 are at the mission": no word says that people left; the sentence or figure before does.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.extract.displacement.names import place_at
from geomap.extract.displacement.reading import MoveReading
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import prepositional, subjects
from geomap.extract.lexicon import Words, any_of
from geomap.extract.quantities import CountedThing
from geomap.yamlfile import Form, read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Token

_FILE = Path(__file__).parent.parent / "lexicon" / "displacement_followups.yml"
# Characters before a figure that may lead up to it.
_LEAD = 160
# Sentences back in which the people were told of.
_BACK = 2


class FollowUpWords(Form):
    """All lists of ``lexicon/displacement_followups.yml``."""

    raise_total: Words
    totals: Words
    put: Words
    speak: Words
    be: Words
    stay: Words
    follow: Words
    others: Words


@functools.cache
def follow_up_words() -> FollowUpWords:
    """Return the words of follow-ups, read once."""
    return read_yaml(_FILE, FollowUpWords)


def tells_more(text: str) -> bool:
    """Whether a sentence may give a figure of what was told before; cheap."""
    return any(pattern.search(text) is not None for pattern in (_put(), _spoke(), _stood(), _more()))


def tells_others(text: str) -> bool:
    """Whether a text also counts people who did not leave: the killed, the trapped, those in need."""
    return _others().search(text) is not None


def totals(
    document: Document, index: int, figures: Sequence[CountedThing], told: Sequence[MoveReading]
) -> list[MoveReading]:
    """Return the totals that a figure of the same sentence brings ("bringing the total to 181,000")."""
    text, found = document.sentences[index].text, []
    for figure in _free(figures, told):
        before = [r for r in told if r.figure.start < figure.start]
        match = _raised().search(text, max(0, figure.start - _LEAD), figure.start) if before else None
        is_same = match is not None and figure.unit in (None, before[0].figure.unit)
        if match is not None and is_same and _others().search(match[0]) is None:
            found.append(dataclasses.replace(before[0], figure=figure))
    return found


def follow_ups(
    document: Document,
    index: int,
    figures: Sequence[CountedThing],
    told: Sequence[MoveReading],
    told_in: Callable[[int], Sequence[MoveReading]],
    uncounted_in: Callable[[int], Sequence[MoveReading]],
) -> list[MoveReading]:
    """Return the figures of a sentence that are told of the people of a sentence before.

    Args:
        document: the article.
        index: the sentence.
        figures: counts of people in it.
        told: what was read of them already.
        told_in: what another sentence tells.
        uncounted_in: what another sentence tells without a figure.
    """
    text = document.sentences[index].text
    free = _free(figures, told)
    if not free or not tells_more(text) or tells_others(text):
        return []
    before = range(index - 1, max(-1, index - 1 - _BACK), -1)
    base = next((r for r in told), None) or next((r for at in before for r in told_in(at)[-1:]), None)
    base = base or next((r for at in before for r in uncounted_in(at)[:1]), None)
    if base is None:
        return []
    read = (_read(document, index, figure, base) for figure in free)
    return [reading for reading in read if reading is not None]


def _free(figures: Sequence[CountedThing], told: Sequence[MoveReading]) -> list[CountedThing]:
    taken = {r.figure.start for r in told}
    return [f for f in figures if f.start not in taken]


def _read(document: Document, index: int, figure: CountedThing, base: MoveReading) -> MoveReading | None:
    text = document.sentences[index].text
    figure = dataclasses.replace(figure, unit=figure.unit or base.figure.unit)
    for pattern, is_speaker in ((_put(), True), (_spoke(), True), (_stood(), False)):
        match = pattern.search(text, max(0, figure.start - _LEAD), figure.start)
        trigger = _token(document, index, match.start("verb")) if match is not None else None
        if match is None or trigger is None or match.end() != figure.start:
            continue
        speaker = next(iter(subjects(trigger)), None) if is_speaker else None
        return dataclasses.replace(base, trigger=trigger, figure=figure, is_estimate_of=speaker)
    return _elsewhere(document, index, figure, base)


def _elsewhere(document: Document, index: int, figure: CountedThing, base: MoveReading) -> MoveReading | None:
    """The same told of others ("Another 2,500 are at the mission"), at a place of their own if it is known."""
    text = document.sentences[index].text
    match = _more().match(text, figure.start)
    at_char = max(match.start("verb"), match.start("verb_of_going")) if match is not None else -1
    trigger = _token(document, index, at_char) if match is not None and figure.is_additional else None
    if trigger is None:
        return None
    at = place_at(document, index, prepositional(trigger, ("in", "at", "near", "around")))
    stays = base.destination is not None or base.category.endswith("_stock")
    destination = (at or base.destination) if stays else base.destination
    return dataclasses.replace(base, trigger=trigger, figure=figure, destination=destination)


def _token(document: Document, index: int, char: int) -> Token | None:
    return next((t for t in document.doc(index) if t.idx <= char < t.idx + len(t.text)), None)


def _any(name: str) -> str:
    words: Words = getattr(follow_up_words(), name)
    return any_of(words.words)


@functools.cache
def _total() -> str:
    return rf"(?:the|that|its|this|their|his|her|an?)\s+(?:\w+\s+){{0,2}}?{_any('totals')}\b"


@functools.cache
def _raised() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_any('raise_total')}\s+{_total()}[^.;:]{{0,90}}?\s(?:to|at|past|above)\s+(?:the\s+)?$", re.IGNORECASE
    )


@functools.cache
def _put() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<verb>{_any('put')})\s+{_total()}(?:\s+(?:of|for)\s+[\w\s]{{1,40}}?)?\s+(?:at|as|of)\s+(?=\S|$)",
        re.IGNORECASE,
    )


@functools.cache
def _spoke() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<verb>{_any('speak')})\s+(?=\S|$)", re.IGNORECASE)


@functools.cache
def _stood() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_total()}(?:\s+(?:now|already|currently|later|since|could|may|might|has|had|have))*\s+(?P<verb>{_any('be')})\s+(?=\S|$)",
        re.IGNORECASE,
    )


@functools.cache
def _more() -> re.Pattern[str]:
    return re.compile(
        rf"(?:another|a\s+further|an\s+additional|some|about|around|further|additional|\s|[\d,.]|thousand|million|people|families|others)+\s"
        rf"(?:(?P<verb>{_any('stay')})\s+(?:now\s+|also\s+|still\s+)?(?:in|at|with|near|on\s+the|inside|outside|around)\s"
        rf"|(?:had\s+|have\s+|has\s+)?(?P<verb_of_going>{_any('follow')})\b)",
        re.IGNORECASE,
    )


@functools.cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"\b{_any('others')}\b", re.IGNORECASE)
