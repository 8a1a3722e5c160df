"""When: on which day does an event lie that a sentence tells, in the light of the sentences before it?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.extract.dates import TimeExpression, find_dates, resolve_when
from geomap.extract.dates.carried import carried_day
from geomap.extract.document import Document
from geomap.extract.saying.reports import main_speaker
from geomap.extract.saying.speakers import Speaker
from geomap.model import Span, When

if TYPE_CHECKING:
    from spacy.tokens import Token

# What lies further back than this is history for a news article (GUIDELINE: about two months).
_BACKGROUND_DAYS = 62
# A displaced population counted since longer ago than this is the war's total and no flow.
_CUMULATIVE_DAYS = 400
# Characters from "three weeks after" to the verb it dates.
_OPENS = 40
# Sentences back within which a day is still the one spoken of ("the next day").
_REACH = 3


def when_told(document: Document, index: int, trigger: Token) -> When:
    """Return the date of what the trigger tells; "the next day" counts from the sentences before."""
    sentence, anchor = document.sentences[index], document.article.date
    span = Span(trigger.idx, trigger.idx + len(trigger.text))
    found = dates_of(document, index)
    # "..., three weeks after they lost it": the expression dates what it opens.
    opened = [x for x in found if x.is_of_clause and x.end <= trigger.idx <= x.end + _OPENS]
    opened = [x for x in opened if "," not in sentence.text[x.end : trigger.idx]]
    behind = any(x.start > trigger.idx and x.role == "event" and x.clause.start <= trigger.idx for x in found)
    if opened and not behind:
        return opened[-1].when
    when = resolve_when(found, Span(0, len(sentence.text)), span, anchor)
    return when if when.text else carried_day(document, index, trigger) or when


def dates_of(document: Document, index: int) -> list[TimeExpression]:
    """Return the temporal expressions of a sentence, those that refer to a day before it resolved."""
    return find_dates(document.sentences[index].text, document.article.date, day_before(document, index))


def day_before(document: Document, index: int) -> dt.date | None:
    """Return the day that the sentences shortly before speak of; None where they name none."""
    for at in range(max(index - _REACH, 0), index)[::-1]:
        days = [one for one in find_dates(document.sentences[at].text, document.article.date) if one.kind == "day"]
        days = [one for one in days if one.when.start is not None and not one.is_future and one.role != "noun"]
        days = [one for one in days if one.clause_kind != "relative"]
        if days:
            return next((one for one in days[::-1] if one.role == "event"), days[-1]).when.start
    return None


def when_counted(document: Document, index: int, trigger: Token) -> When:
    """Return the date of a stock: one told in its own clause, else the article's."""
    sentence, anchor = document.sentences[index], document.article.date
    own = [x for x in dates_of(document, index) if x.clause.start <= trigger.idx < x.clause.end]
    return resolve_when(
        own, Span(0, len(sentence.text)), Span(trigger.idx, trigger.idx + len(trigger.text)), anchor
    )


def said_when(document: Document, index: int, speaker: Speaker) -> When | None:
    """Return when a speaker said so: the day of his last dated statement up to this sentence."""
    last_name = speaker.name.split()[-1] if speaker.name else ""
    for at in range(index, -1, -1):
        text = document.sentences[at].text
        if not last_name or last_name not in text:
            continue
        said = main_speaker(document, at)
        if said is None or last_name not in said.name.split():
            continue
        days = [one.when for one in dates_of(document, at) if one.role == "speech"]
        if days:
            return days[0]
    return None


def is_lasting(trigger: Token) -> bool:
    """Return whether the trigger is in the perfect tense, so that "since" tells when it began ("have occupied")."""
    return any(child.dep_ in ("aux", "auxpass") and child.lemma_ == "have" for child in trigger.children)


def begun(when: When, published: dt.date | None) -> When:
    """Return the day or month a state began ("has been surrounded since Monday"); other dates as they are."""
    lead, _, words = when.text.partition(" ")
    if lead.lower() != "since":
        return when
    day = next(iter(find_dates(words, published)), None)
    return when if day is None or day.when.start is None else replace(day.when, text=when.text)


def is_background(when: When, published: dt.date | None) -> bool:
    """Return whether a date lies so far back that the article tells it as history."""
    return published is not None and when.end is not None and (published - when.end).days > _BACKGROUND_DAYS


def is_since_long(when: When, published: dt.date | None) -> bool:
    """Return whether a date begins so long ago that what is counted since is a total of the war."""
    return published is not None and when.start is not None and (published - when.start).days > _CUMULATIVE_DAYS


def is_of_years(when: When, published: dt.date | None, subtype: str) -> bool:
    """Return whether it is told of a span of years ("has overrun several bases since 2015") and is no state."""
    return subtype not in ("besieged", "maintained") and is_since_long(when, published)
