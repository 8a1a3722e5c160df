"""Find: which stretches of a text tell time, and which days do they mean?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from geomap.extract.dates import days
from geomap.extract.dates.clauses import PAST, SENTENCE_END, clause_at, clauses_of
from geomap.extract.dates.kinds import UNREAD, Clause, Context, Hit, Kind, Reading, TimeExpression
from geomap.extract.dates.pairs import joined
from geomap.extract.dates.roles import is_name, lead_of, role_of, speech_ends
from geomap.extract.dates.rules import RULES
from geomap.extract.dates.words import lexicon
from geomap.extract.kept import SENTENCES_KEPT
from geomap.extract.lexicon import any_of
from geomap.model import Span, When

_SOME_DAY = dt.date(2000, 6, 15)  # stands in for the anchor while only the words are judged
_HAPPENED = re.compile(rf"\b(?!is\b|are\b){PAST}\b", re.IGNORECASE)


def find_dates(text: str, anchor: dt.date | None, before: dt.date | None = None) -> list[TimeExpression]:
    """The temporal expressions of a text in order, none overlapping another.

    Args:
        text: a sentence or a whole article; offsets and clauses refer to it.
        anchor: the article's publication date. None: only dates with a year are resolved, the rest keep their
            words in ``When(None, None, 3, words)``.
        before: the day spoken of before the text, from which "the next day" counts; None where there is none.
    """
    return list(_found(text, anchor, before))


def counts_from_day_before(words: str) -> bool:
    """Whether the words of a date ("the next day") count from the day spoken of before, not from the article's."""
    rules = (rule for rule in RULES if rule.is_referring and rule.pattern.search(words))
    return any(rules) and not words.lower().endswith("ago")


@lru_cache(maxsize=SENTENCES_KEPT)
def _found(text: str, anchor: dt.date | None, before: dt.date | None) -> tuple[TimeExpression, ...]:
    if not _cues().search(text):
        return ()
    hits = list(_hits(text))
    dates = [Span(hit.start, hit.end) for hit in hits if not hit.opens_clause]
    commas = [end + 1 for hit in hits if (end := _comma_behind(text, hit)) is not None]
    clauses = clauses_of(text, dates, [*speech_ends(text, hits), *commas])
    whole = clauses_of(text, dates, commas)  # what opens a clause dates all that is told there, reported or not
    found: list[TimeExpression] = []
    for hit in sorted(hits, key=_rank):  # days that others count from come first
        clause = clause_at(whole if hit.opens_clause else clauses, hit.match.start())
        found.append(_expression(text, hit, clause, anchor, found, before))
    return tuple(joined(text, sorted(found, key=lambda one: one.start), {hit.end: hit for hit in hits}))


@cache
def _cues() -> re.Pattern[str]:
    """Any word without which no rule can match; most sentences of a text end here."""
    words = lexicon()
    stems = [*words.weekdays.words, *words.months.words, *words.month_abbreviations.words, *words.units.words]
    stems += [season for season in words.seasons.words if season != "fall"] + ["last fall"]
    named = [one.phrase for one in words.day_words] + [one.phrase for one in words.reference_words]
    phrases = any_of([*named, *(one.phrase for one in words.fixed_days)]).replace("'", "['’]")
    return re.compile(rf"\b(?:{any_of([*stems, 'weekend'])}|{phrases}|(?:19|20)\d\d|on\sthe\s\d)", re.IGNORECASE)


def _hits(text: str) -> Iterator[Hit]:
    """Matches from left to right, the longest first where they overlap, names left out."""
    lowered = text.lower()
    rules = [rule for rule in RULES if rule.may_match(lowered)]
    matches = [(rule, match) for rule in rules for match in rule.pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    taken = 0
    for rule, match in matches:
        if match.start() < taken or is_name(text, match):
            continue
        reading = rule.read(match, Context(_SOME_DAY, _SOME_DAY, False))
        if reading is None:
            continue
        taken = match.end()
        lead, start = lead_of(text, match.start())
        yield Hit(rule, match, lead, start, role_of(text, match, start, reading), reading.is_of_clause)


@cache
def _cue(name: str) -> re.Pattern[str]:
    """The words of one of the lexicon's lists of cues."""
    cues = {"future": lexicon().future_cues, "plan": lexicon().plan_cues}[name].words
    return re.compile(rf"(?:\b|(?=['’])){any_of(cues)}\b", re.IGNORECASE)


def _is_planned(text: str, hit: Hit, clause: Clause) -> bool:
    """Whether the clause speaks of the future, or of a plan before it comes to the date."""
    if hit.role != "event":
        return False
    is_future = _cue("future").search(text, clause.start, clause.end)
    return bool(is_future or _cue("plan").search(text, clause.start, hit.match.start()))


def _expression(
    text: str,
    hit: Hit,
    clause: Clause,
    anchor: dt.date | None,
    known: list[TimeExpression],
    before: dt.date | None,
) -> TimeExpression:
    is_planned = _is_planned(text, hit, clause)
    words = text[clause.start : clause.end]
    is_ahead = is_planned or (hit.lead == "by" and hit.role == "event" and not _HAPPENED.search(words))
    told = _told_day(text, hit, known) or anchor
    own = _day_inside(text, hit, known)
    reference = own or _reference(text, hit, known) or before or anchor
    context = Context(anchor, reference, is_ahead, told, own is not None)
    if own is not None:
        clause = _other_clause(text, hit, clause)
    reading = hit.rule.read(hit.match, context) or UNREAD
    if hit.rule.is_referring and not is_planned and _is_after(reading, anchor):
        # "eight months later" where the text names no day before: how long it took, and no day.
        reading = Reading(None, None, 3, "duration")
    return _finished(text, hit, clause, _led(reading, hit, told), anchor, is_planned)


def _day_inside(text: str, hit: Hit, known: list[TimeExpression]) -> dt.date | None:
    """The day told in the clause that a hit opens ("two days after X fell on Friday"); None where there is none."""
    if not hit.opens_clause:
        return None
    end = _end_of_opened(text, hit)
    inside = (one for one in known if hit.end <= one.start < end and one.kind == "day" and one.role == "event")
    return next((one.when.start for one in inside), None)


def _end_of_opened(text: str, hit: Hit) -> int:
    """Where the clause that a hit opens ends: at a comma, or with the sentence."""
    stop, comma = SENTENCE_END.search(text, hit.end), text.find(",", hit.end)
    end = stop.start() if stop else len(text)
    return comma if 0 < comma < end else end


def _comma_behind(text: str, hit: Hit) -> int | None:
    """The comma behind a clause that a hit opens at the start of its sentence ("Two days after X fell, ...")."""
    before = text[: hit.start].rstrip('"“ ')
    if not hit.opens_clause or (before and not before.endswith((".", "\n"))):
        return None
    end = _end_of_opened(text, hit)
    return end if text[end : end + 1] == "," else None


def _other_clause(text: str, hit: Hit, clause: Clause) -> Clause:
    """The clause beside that which a hit opens, before it or behind its comma."""
    comma = _comma_behind(text, hit)
    if comma is None:
        return Clause(clause.start, hit.end, "main")
    stop = SENTENCE_END.search(text, comma)
    return Clause(comma, stop.start() if stop else len(text), "main")


def _finished(
    text: str, hit: Hit, clause: Clause, reading: Reading, anchor: dt.date | None, is_planned: bool
) -> TimeExpression:
    when = When(reading.first, reading.last, reading.precision, text[hit.start : hit.end])
    is_later = _is_after(reading, anchor)
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
        hit.lead == "as_of",
        clause.kind == "side" and text[clause.start : clause.start + 6].lower() == "since ",
    )


def _is_after(reading: Reading, day: dt.date | None) -> bool:
    return day is not None and reading.first is not None and reading.first > day


def _led(reading: Reading, hit: Hit, told: dt.date | None) -> Reading:
    """The reading as its lead turns it: "since Friday" reaches from Friday to the day it was told."""
    lead = hit.lead
    if reading.kind == "duration" or lead in ("", "as_of", "between") or "last_day" in hit.match.groupdict():
        return reading
    if lead in ("since", "after", "from"):
        if reading.first is None or told is None or reading.first > told:
            return replace(reading, kind="since")
        return replace(reading, last=told, kind="since", precision=days.precision_of(reading.first, told))
    kind: Kind = "by" if lead == "by" else "until"
    return replace(reading, kind=kind)


def _rank(hit: Hit) -> int:
    """The order of reading: plain days, days counted from them, then spans up to the day of a statement."""
    is_span = hit.rule.is_running or hit.lead in ("since", "after", "from")
    return 2 if is_span else int(hit.rule.is_referring)


def _told_day(text: str, hit: Hit, known: list[TimeExpression]) -> dt.date | None:
    """The day up to which the sentence counts: "as of Friday", "said on Friday"; None where it names none."""
    days_known = [one for one in known if one.kind == "day" and not one.is_future]
    same = [one for one in days_known if not SENTENCE_END.search(_between(text, one, hit))]
    told = [one for one in same if one.is_as_of] or [one for one in same if one.role == "speech"]
    return told[0].when.start if told else None


def _reference(text: str, hit: Hit, known: list[TimeExpression]) -> dt.date | None:
    """The day spoken of before in the sentence, else after in it, else (for "the next day") shortly before it."""
    if not hit.rule.is_referring:
        return None
    dated = [one for one in known if one.when.start is not None and one.kind == "day" and one.start != hit.start]
    before = [one for one in dated if one.end <= hit.start]
    after = [one for one in dated if one.start >= hit.end]
    near = [*reversed(before), *after]
    for one in near:
        if not SENTENCE_END.search(_between(text, one, hit)):
            return one.when.start
    if not hit.opens_clause and before and hit.start - before[-1].end < 400:
        return before[-1].when.start
    return None


def _between(text: str, one: TimeExpression, hit: Hit) -> str:
    return text[min(one.end, hit.end) : max(one.start, hit.start)]
