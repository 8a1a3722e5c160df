"""Find: which stretches of a text tell time, and which days do they mean?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geomap.extract.dates import days
from geomap.extract.dates.clauses import SENTENCE_END, clause_at, clauses_of
from geomap.extract.dates.kinds import Clause, Context, Kind, Reading, Role, TimeExpression
from geomap.extract.dates.rules import RULES, Rule
from geomap.extract.dates.words import any_of, lexicon
from geomap.model import Span, When

_SOME_DAY = dt.date(2000, 6, 15)  # stands in for the anchor while only the words are judged
_HAPPENED = re.compile(r"\b(?:had|was|were|have|has)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match that tells time, before its days are read; ``start`` includes its lead ("since")."""

    rule: Rule
    match: re.Match[str]
    lead: str
    start: int
    role: Role

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.match.end()

    @property
    def opens_clause(self) -> bool:
        """Whether the words open the clause that they date: "a day after", "two days before"."""
        return self.rule.is_referring and self.match[0].lower().endswith(("after", "before"))


def find_dates(text: str, anchor: dt.date | None) -> list[TimeExpression]:
    """The temporal expressions of a text in order, none overlapping another.

    Args:
        text: a sentence or a whole article; offsets and clauses refer to it.
        anchor: the article's publication date. None: only dates with a year are resolved, the rest keep their
            words in ``When(None, None, 3, words)``.
    """
    if not _cues().search(text):
        return []
    hits = list(_hits(text))
    dates = [Span(hit.start, hit.end) for hit in hits if not hit.opens_clause]
    clauses = clauses_of(text, dates, _speech_ends(text, hits))
    whole = clauses_of(text, dates)  # what opens a clause dates all that is told there, reported or not
    found: list[TimeExpression] = []
    for is_referring in (False, True):  # what counts from another day is read when those are known
        for hit in hits:
            if hit.rule.is_referring == is_referring:
                found.append(
                    _expression(
                        text,
                        hit,
                        clause_at(whole if hit.opens_clause else clauses, hit.match.start()),
                        anchor,
                        found,
                    )
                )
    return _joined(text, sorted(found, key=lambda one: one.start), {hit.end: hit for hit in hits})


@cache
def _cues() -> re.Pattern[str]:
    """Any word without which no rule can match; most sentences of a text end here."""
    words = lexicon()
    stems = [*words.weekdays.words, *words.months.words, *words.month_abbreviations.words, *words.units.words]
    phrases = [entry.phrase for entry in (*words.day_words, *words.reference_words)]
    return re.compile(rf"\b(?:{any_of([*stems, *phrases])}|(?:19|20)\d\d)", re.IGNORECASE)


def _hits(text: str) -> Iterator[Hit]:
    """Matches from left to right, the longest first where they overlap, names left out."""
    matches = [(rule, match) for rule in RULES for match in rule.pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    taken = 0
    for rule, match in matches:
        if match.start() < taken or _is_name(text, match):
            continue
        reading = rule.read(match, Context(_SOME_DAY, _SOME_DAY, False))
        if reading is None:
            continue
        taken = match.end()
        lead, start = _lead(text, match.start())
        yield Hit(rule, match, lead, start, _role(text, match, start, reading))


@cache
def _names() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().names.words))


@cache
def _name_heads() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[A-Z]\w+\s+)?{any_of(lexicon().name_heads.words)}\b")


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the date is part of a name: "Bloody Sunday", "14 July Bridge"."""
    if _name_heads().match(text, match.end()):
        return True
    around = _names().finditer(text, max(0, match.start() - 20), match.end() + 20)
    return any(name.start() < match.end() and name.end() > match.start() for name in around)


@cache
def _leads() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{any_of(words.words)})" for name, words in lexicon().leads.items())
    return re.compile(rf"\b(?:{groups})\s+(?:at\s+least\s+|about\s+|around\s+|on\s+|the\s+)?$", re.IGNORECASE)


def _lead(text: str, start: int) -> tuple[str, int]:
    match = _leads().search(text, max(0, start - 30), start)
    return ("", start) if match is None else (str(match.lastgroup), match.start())


@cache
def _speech_before() -> re.Pattern[str]:
    words = lexicon()
    fillers = any_of(words.speech_fillers.words)
    return re.compile(
        rf"\b(?i:{any_of(words.reporting_verbs.words)})\b,?(?:\s+(?:(?i:{fillers})\b|[A-Z][\w’'-]*),?)*\s*$"
    )


@cache
def _speech_after() -> re.Pattern[str]:
    verbs = any_of(lexicon().reporting_verbs.words)
    return re.compile(rf",?\s+(?:(?!on\b)[^\s,;.]+\s+){{1,5}}?{verbs}\b")


def _role(text: str, match: re.Match[str], start: int, reading: Reading) -> Role:
    """What the expression dates, by the words around it."""
    if reading.is_noun or _is_noun_modifier(text, match):
        return "noun"
    if reading.kind != "day":
        return "event"
    if _speech_before().search(text, max(0, start - 90), start):
        return "speech"
    opens = re.search(
        r"(?:^|[.;\n]\s*|[\"“])(?:(?:on|late|early|later)\s+)*$", text[max(0, start - 20) : start], re.IGNORECASE
    )
    return "speech" if opens and _speech_after().match(text, match.end()) else "event"


def _is_noun_modifier(text: str, match: re.Match[str]) -> bool:
    """Whether a weekday stands before a noun: "a Friday raid", "the Monday attack"."""
    if not re.fullmatch(r"(?:the\s+)?[A-Z]\w+day", match[0]):
        return False
    has_article = match[0].startswith("the") or re.search(r"\b(?:an?|the)\s+$", text[: match.start()])
    return bool(has_article and re.match(r"\s+[a-z]{4,}", text[match.end() :]))


def _speech_ends(text: str, hits: list[Hit]) -> list[int]:
    """Where what was said begins: after the reporting verb, or after its date."""
    ends = {hit.start: hit.end for hit in hits if hit.role == "speech"}
    cuts = []
    for verb in re.finditer(rf"\b{any_of(lexicon().reporting_verbs.words)}\b(?:\s+that\b)?", text):
        dated = [
            end
            for start, end in ends.items()
            if verb.end() <= start <= verb.end() + 90 and _speech_before().search(text[verb.start() : start])
        ]
        cuts.append(min(dated, default=verb.end()))
    return cuts


@cache
def _future() -> re.Pattern[str]:
    cues = lexicon().future_cues.words
    bare = [cue for cue in cues if cue[0].isalpha()]
    return re.compile(rf"\b{any_of(bare)}\b|{any_of(cue for cue in cues if not cue[0].isalpha())}", re.IGNORECASE)


def _expression(
    text: str, hit: Hit, clause: Clause, anchor: dt.date | None, known: list[TimeExpression]
) -> TimeExpression:
    is_planned = hit.role == "event" and bool(_future().search(text, clause.start, clause.end))
    words = text[clause.start : clause.end]
    is_ahead = is_planned or (hit.lead == "by" and hit.role == "event" and not _HAPPENED.search(words))
    context = Context(anchor, _reference(text, hit, known) or anchor, is_ahead)
    reading = hit.rule.read(hit.match, context)
    assert reading is not None
    return _finished(text, hit, clause, _led(reading, hit.lead, anchor), anchor, is_planned)


def _finished(
    text: str, hit: Hit, clause: Clause, reading: Reading, anchor: dt.date | None, is_planned: bool
) -> TimeExpression:
    when = When(reading.first, reading.last, reading.precision, text[hit.start : hit.end])
    is_later = anchor is not None and reading.first is not None and reading.first > anchor
    is_past = anchor is not None and reading.last is not None and reading.last < anchor
    return TimeExpression(
        hit.start,
        hit.end,
        when,
        reading.kind,
        is_later or (is_planned and not is_past),
        hit.role,
        Span(clause.start, clause.end),
        clause.kind,
        reading.is_of_clause,
    )


def _led(reading: Reading, lead: str, anchor: dt.date | None) -> Reading:
    """The reading as its lead turns it: "since Friday" reaches from Friday to the anchor."""
    if reading.kind == "duration" or lead in ("", "between"):
        return reading
    if lead in ("since", "after", "from"):
        if reading.first is None or anchor is None or reading.first > anchor:
            return replace(reading, kind="since")
        return replace(reading, last=anchor, kind="since", precision=days.precision_of(reading.first, anchor))
    kind: Kind = "by" if lead == "by" else "until"
    return replace(reading, kind=kind)


def _reference(text: str, hit: Hit, known: list[TimeExpression]) -> dt.date | None:
    """The day spoken of before in the sentence, else after in it, else (for "the next day") shortly before it."""
    if not hit.rule.is_referring:
        return None
    dated = [one for one in known if one.when.start is not None and one.kind == "day" and one.start != hit.start]
    before = [one for one in dated if one.end <= hit.start]
    after = [one for one in dated if one.start >= hit.end]
    near = [*reversed(before), *after]
    for one in near:
        gap = text[min(one.end, hit.end) : max(one.start, hit.start)]
        if not SENTENCE_END.search(gap):
            return one.when.start
    is_told_on = not re.search(r"\b(?:after|before)$", hit.match[0], re.IGNORECASE)
    if is_told_on and before and hit.start - before[-1].end < 400:
        return before[-1].when.start
    return None


_PAIR = re.compile(r"\s*(?:and|to|until|till|through|up\s+to|[-–—])\s*(?:on\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|ending|ended|until|up\s+to)\s+(?:on\s+)?$", re.IGNORECASE)


def _joined(text: str, found: list[TimeExpression], hits: dict[int, Hit]) -> list[TimeExpression]:
    """The expressions with "between A and B", "from A to B" and "the two weeks to B" made one each."""
    joined: list[TimeExpression] = []
    for one in found:
        pair = _pair(text, joined[-1], one, hits) if joined else None
        if pair is None:
            joined.append(one)
        else:
            joined[-1] = pair
    return joined


def _pair(text: str, first: TimeExpression, last: TimeExpression, hits: dict[int, Hit]) -> TimeExpression | None:
    end = last.when.end
    a, b = hits.get(first.end), hits[last.end]
    if end is None or a is None:
        return None
    gap = text[a.end : b.match.start()]
    if first.kind == "duration" and _TO.fullmatch(gap) and last.kind in ("day", "until"):
        start = _start_of_duration(a, end)
    elif _is_pair(gap, a, b):
        reading = a.rule.read(a.match, Context(end, end, False))
        start = None if reading is None else reading.first
    else:
        return None
    if start is None or start > end:
        return None
    when = When(start, end, days.precision_of(start, end), text[first.start : last.end])
    return replace(
        first, end=last.end, when=when, kind="period", is_future=first.is_future and last.is_future, role="event"
    )


def _is_pair(gap: str, a: Hit, b: Hit) -> bool:
    if _PAIR.fullmatch(gap) is None:
        return False
    if a.lead == "between":
        return "and" in gap
    has_and = "and" in gap.lower().split()
    return not has_and and (a.lead in ("from", "since") or a.rule.is_absolute == b.rule.is_absolute)


def _start_of_duration(hit: Hit, end: dt.date) -> dt.date | None:
    from geomap.extract.dates.words import count_of, unit_name

    count, unit = hit.match.groupdict().get("count"), hit.match.groupdict().get("unit")
    return None if not count or not unit else days.moved(end, unit_name(unit), -count_of(count)[1])
