"""Find: which stretches of a text are counts, with their hedge and the noun they count?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from geomap.extract.dates import find_dates
from geomap.extract.kept import SENTENCES_KEPT
from geomap.extract.lexicon import any_of
from geomap.extract.quantities.figures import number_pattern, scale_of, vague_pattern, value_of
from geomap.extract.quantities.hedges import hedge_after, hedge_before
from geomap.extract.quantities.kinds import CountedThing
from geomap.extract.quantities.nouns import Noun, is_casualty_lead, noun_after
from geomap.extract.quantities.shares import share_before
from geomap.extract.quantities.words import lexicon, plain
from geomap.extract.triggers import Listed
from geomap.model import Quantifier, Quantity

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, before its hedge and noun are read; ``value`` None where it is vague."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None


def find_quantities(text: str) -> list[CountedThing]:
    """The counts of a text in order, none overlapping another; offsets refer to the text.

    >>> found = find_quantities("At least 300 families fled.")
    >>> [(one.quantity.value, one.quantity.quantifier, one.noun) for one in found]
    [(300.0, 'more_than', 'families')]
    """
    return list(_found(text))


@lru_cache(maxsize=SENTENCES_KEPT)
def _found(text: str) -> tuple[CountedThing, ...]:
    masked = _without_dates(text)
    found = [thing for figure in _figures(masked) if (thing := _counted(text, masked, figure)) is not None]
    # "two-thirds of the 9,000" is one figure, not also two thirds.
    found = [one for one in found if not any(o.start <= one.start and one.end < o.end for o in found)]
    taken = [(one.start, one.end) for one in found]
    ones = [
        one for one in _single_households(text) if not any(a < one.noun_end and one.start < b for a, b in taken)
    ]
    return tuple(sorted(found + ones, key=lambda one: one.start))


@lru_cache(maxsize=SENTENCES_KEPT)
def has_figure(text: str) -> bool:
    """Whether a text may hold a count at all; cheap, and never wrong when it says no."""
    return _DIGIT.search(text) is not None or _spelt().stand_in(text)


@cache
def _spelt() -> Listed:
    """The words of numbers."""
    words = lexicon()
    lists = (words.numbers.words, words.scales.words, words.fractions.words, words.vague_plurals.words)
    return Listed({*words.vague_counts.words, *words.nouns["households"].one}.union(*lists))


def _without_dates(text: str) -> str:
    """The text with its dates and durations blanked out, so that no figure reaches into one; same length."""
    for one in find_dates(text, None):
        blank = re.sub(r"\S", "\0", text[one.start : one.end])
        text = text[: one.start] + blank + text[one.end :]
    return text


def _glued() -> str:
    """Nouns that may stand right behind digits where a space was lost: "13,000people"."""
    nouns = lexicon().nouns
    return rf"(?<=\d){any_of([*nouns['people'].many, *nouns['households'].many])}\b"


@cache
def _number() -> re.Pattern[str]:
    joined = r"\s*(?P<join>-|–|—|to|and|or)\s*"
    return re.compile(
        # Texts cut out of pages may lack a space: "with14,593 households".
        rf"""(?:(?<![\w.,/:-])|(?<=[a-z]{{3}})(?=\d{{1,3}},\d{{3}})) (?:
            (?P<vague>{vague_pattern()})
          | (?P<between>between\s+)? (?P<first>{number_pattern()}) (?:{joined}(?P<last>{number_pattern()}))?
        ) (?!(?!{_glued()})\w|[:/]\d|[.,]\d)""",
        re.VERBOSE | re.IGNORECASE,
    )


def _figures(text: str) -> Iterator[Figure]:
    """The numbers of a text from left to right; two that are no range are two."""
    place = 0
    while match := _number().search(text, place):
        place = match.end()
        if match["vague"]:
            yield Figure(match.start(), match.end(), None)
            continue
        figure = _range(text, match)
        if figure is None:
            figure, place = _first(match), match.end("first")
        if figure is not None:
            yield figure


def _first(match: re.Match[str]) -> Figure | None:
    value = value_of(match["first"])
    return None if value is None else Figure(match.start("first"), match.end("first"), value)


def _range(text: str, match: re.Match[str]) -> Figure | None:
    """The range of "between 10 and 12", "10-12", "two to three million"; None for a lone number or another pair."""
    if match["last"] is None:
        return None
    low, high, join = value_of(match["first"]), value_of(match["last"]), match["join"].lower()
    if low is None or high is None or (join == "and") != bool(match["between"]):
        return None
    if re.search(r"\bfrom\s+$", text[: match.start()], re.IGNORECASE):
        return None  # "rose from 10,000 to 12,000"
    scale = scale_of(match["last"])
    if scale_of(match["first"]) == 1 and low * scale < high:
        low *= scale
    return Figure(match.start(), match.end(), high, low, high) if low < high else None


def _counted(text: str, masked: str, figure: Figure) -> CountedThing | None:
    """The figure with its hedge and noun; None where it counts nothing."""
    if _is_no_count(masked, figure):
        return None
    end, after = hedge_after(text, figure.end)
    noun = noun_after(masked, end, figure.value == 1)
    if not _says_how_many(text, figure, noun):
        return None
    share = share_before(masked, figure.start) if noun is not None or figure.value is not None else None
    start, before, is_additional = hedge_before(masked, share.start if share else figure.start)
    quantifier: Quantifier = (
        after or before or ("exact" if figure.value is not None and figure.low is None else "approximately")
    )
    if figure.value is None or figure.low is not None:
        quantifier = "approximately"
    quantity = Quantity(figure.value, quantifier, text[start:end], figure.low, figure.high)
    if share is not None:
        quantity = share.of(quantity)
    thing = _thing(text, start, end, quantity, noun, is_additional)
    if share is not None:
        whole = Quantity(figure.value, "exact", text[figure.start : figure.end])
        thing = replace(thing, whole=whole)
    is_person = thing.noun_class in ("", "people", "armed")
    return replace(thing, noun_class="casualties") if is_person and is_casualty_lead(masked, start) else thing


def _thing(
    text: str, start: int, end: int, quantity: Quantity, noun: Noun | None, is_additional: bool
) -> CountedThing:
    if noun is None:
        return CountedThing(start, end, quantity, "", end, end, None, "", is_additional)
    words = text[noun.start : noun.end]
    return CountedThing(
        start, end, quantity, words, noun.start, noun.end, noun.unit, noun.noun_class, is_additional
    )


def _says_how_many(text: str, figure: Figure, noun: Noun | None) -> bool:
    """Whether small words are a count at all: "one" needs a noun, "300m" needs people."""
    words = plain(text[figure.start : figure.end])
    if words in ("one", "1") or words in lexicon().vague_counts.words:
        return noun is not None and noun.noun_class != "other"
    if re.search(r"\d\s?m$", words) and "." not in words:
        return noun is not None and noun.unit is not None
    return True


@cache
def _measures() -> re.Pattern[str]:
    words = lexicon().units_of_measure.words
    spelt = any_of(word for word in words if word[0].isalpha())
    return re.compile(rf"\s*%|(?:\s*|-){spelt}(?![\w-])|(?:st|nd|rd|th)\b", re.IGNORECASE)


@cache
def _ratio() -> re.Pattern[str]:
    """Such as "three out of four families", "one in ten people"."""
    few = any_of(lexicon().numbers.words)
    return re.compile(
        rf"(?:\d{{1,2}}|{few})\s+(?:out\s+of|in)\s+(?:every\s+)?(?:\d{{1,2}}|{few})\s+[a-z]", re.IGNORECASE
    )


def _of_ratio(text: str, figure: Figure) -> bool:
    """Whether a figure is the second of a ratio."""
    return any(m.start() < figure.start < m.end() for m in _ratio().finditer(text, max(0, figure.start - 30)))


def _may_be_day(text: str, figure: Figure) -> bool:
    """Whether a figure before a date may be a part of it: a day or a year."""
    is_year = re.fullmatch(r"\d{4}", text[figure.start : figure.end]) is not None
    return is_year or (figure.value is not None and figure.value <= _LAST_DAY)


@cache
def _labels() -> re.Pattern[str]:
    words = lexicon()
    return re.compile(rf"(?:{any_of(words.money_signs.words)}\s?|\b{any_of(words.labels.words)}[\s-]+|#)$")


# "Sara Haddad, 34, a teacher", "Sara Haddad, 34 and her brother"
_AGE = re.compile(r"[A-Z][\w'’-]+,\s*$")
_OLDEST = 120
# A larger number before a date is no part of it: "displaced 12,000 last week".
_LAST_DAY = 31


def _is_no_count(text: str, figure: Figure) -> bool:
    """Whether the figure is money, a measure, an ordinal, a time or a number in a name."""
    has_unit = _measures().match(text, figure.end) is not None
    has_unit = has_unit or _ratio().match(text, figure.start) is not None or _of_ratio(text, figure)
    has_unit = has_unit or (_may_be_day(text, figure) and re.match(r"\s*\0", text[figure.end :]) is not None)
    if _AGE.search(text, max(0, figure.start - 40), figure.start) and re.match(
        r"\s*(?:,|\)|and\b)", text[figure.end :]
    ):
        return figure.value is not None and figure.value < _OLDEST
    return has_unit or _labels().search(text, max(0, figure.start - 20), figure.start) is not None


@cache
def _household() -> re.Pattern[str]:
    words = lexicon()
    return re.compile(
        rf"""\b(?P<lead>{any_of(words.one_leads.words)})\s+(?:[a-z]+\s+){{0,2}}?
        (?P<noun>{any_of(words.nouns["households"].one)})\b(?!-|[’']s|\s+{any_of(words.not_household.words)}\b)""",
        re.VERBOSE | re.IGNORECASE,
    )


def _single_households(text: str) -> Iterator[CountedThing]:
    """One household for "a family", "his family"."""
    for match in _household().finditer(text):
        if re.search(r"\b(?:of|by|in|to)\s+(?:the\s+)?$", text[: match.start()]) and plain(match["lead"]) not in (
            "a",
            "one",
        ):
            continue
        quantity = Quantity(1.0, "exact", match["lead"])
        noun = Noun(match.start("noun"), match.end("noun"), "households", "households")
        yield _thing(text, match.start(), match.end("lead"), quantity, noun, False)
