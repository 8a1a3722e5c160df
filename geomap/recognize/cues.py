"""Cues: what speaks for or against a name being a place, in the name itself and right beside it?

Each function gives the names of the cues that hold; ``weights.yml`` says how much each one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Place
from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import APOSTROPHES, HYPHENS, Words

_QUOTES = frozenset('"“”«»„')
_SIGNS_BEFORE = {",": "comma_before", "(": "bracket_before", "&": "ampersand_before"}
_SIGNS_AFTER = {"(": "bracket_after", "&": "ampersand_after"}
_DIVISIONS = frozenset({"region", "governorate", "state", "province", "admin1"})
_DISTRICTS = frozenset({"district", "subdistrict", "county", "admin2"})
# Names of more people than this many each get their own cue; below the last, "hamlet".
_SIZES = (
    (1_000_000, "metropolis"),
    (200_000, "large_city"),
    (50_000, "mid_city"),
    (10_000, "small_city"),
    (1, "small_town"),
)
SMALL_SIZES = frozenset({"small_city", "small_town", "hamlet"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gazetteer knows of all places of one name.

    Attributes:
        cues: cues of the name by itself.
        countries: countries in which there is a place of that name.
        country: the country the name itself means, "" where it means none.
        divisions: (country, admin1) in which there is a place of that name.
        division: (country, admin1) the name itself means, None where it means none.
    """

    cues: tuple[str, ...]
    countries: frozenset[str]
    country: str
    divisions: frozenset[tuple[str, str]]
    division: tuple[str, str] | None


def read_facts(places: tuple[Place, ...], is_strong: bool) -> Facts:
    """The facts of a name with these ``places``; ``is_strong`` where it is a strong name of a curated one."""
    country = next((place.country for place in places if place.kind == "country"), "")
    division = next(((p.country, p.admin1) for p in places if p.kind in _DIVISIONS and p.admin1), None)
    return Facts(
        cues=tuple(_size_cues(places, is_strong)),
        countries=frozenset(place.country for place in places),
        country=country,
        divisions=frozenset((place.country, place.admin1) for place in places),
        division=division,
    )


def _size_cues(places: tuple[Place, ...], is_strong: bool) -> Iterator[str]:
    kinds = {place.kind for place in places}
    if "country" in kinds:
        yield "country"
        return
    if is_strong:
        yield "curated"
    if kinds & _DIVISIONS:
        yield "division"
    if kinds & _DISTRICTS:
        yield "district_name"
    population = max((p.population for p in places if p.kind not in _DIVISIONS | _DISTRICTS), default=0)
    size = next((cue for least, cue in _SIZES if population >= least), "hamlet")
    if not (is_strong and size in SMALL_SIZES):  # a strong name of a village is no less certain than a city's
        yield size
    if len(places) > 4:
        yield "many_places"


def name_cues(words: Words, first: int, last: int, lexicon: Lexicon) -> Iterator[str]:
    """Cues in the name itself, tokens ``first``..``last`` (half-open)."""
    text = words.text[words.starts[first] : words.ends[last - 1]]
    if last - first > 1:
        yield "several_words"
        if words.keys[first] in lexicon.given:
            yield "given_first"
        return
    key = words.keys[first]
    if text.isupper() and len(text) > 1:
        yield "capitals" if len(text) > 4 else "short_capitals"
    elif len(text) <= 3:
        yield "short"
    if key in lexicon.common:
        yield "common_word"
    if key in lexicon.given:
        yield "given_name"
    if key in lexicon.family:
        yield "family_name"


def dateline_cues(words: Words, first: int, last: int) -> Iterator[str]:
    """Capitals at the head, then ordinary text: "ALEPPO, Syria (Reuters) - ...", "ORLANDO The ..."."""
    name = words.text[words.starts[first] : words.ends[last - 1]]
    if name.isupper() and len(name) > 3 and words.opens_sentence(first):
        following = words.after(last - 1)
        if following >= 0 and not (words.words[following].isupper() and len(words.words[following]) > 1):
            yield "dateline"


def person_cues(words: Words, first: int, last: int, lexicon: Lexicon) -> Iterator[str]:
    """A given name before a capital of no known kind: "Paris Hilton", "Jordan Peterson"."""
    following = words.after(last - 1)
    if last - first != 1 or words.keys[first] not in lexicon.given or following < 0:
        return
    is_capital = words.words[following][0].isupper() and not words.words[following].isupper()
    if is_capital and words.keys[following] not in lexicon.cues_by_word["after"]:
        yield "given_and_capital"


def before_cues(words: Words, first: int, lexicon: Lexicon) -> Iterator[str]:
    """Cues of what stands directly before token ``first``."""
    index = words.before(first)
    if index >= 0 and words.keys[index] == "the":
        yield "the"
        index = words.before(first, 2)
    if index < 0:
        yield "opens"
        return
    word = words.words[index]
    if word in "'’" and index > 0 and words.before(first, 2) >= 0:
        yield "apostrophe_before"
    elif not word[0].isalpha():
        yield from _sign_before(words, index, lexicon)
    else:
        yield from _word_before(words, index, lexicon)


def _sign_before(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    sign = words.words[index]
    if sign == ".":
        yield from _abbreviation_before(words, index, lexicon)
    elif sign in _SIGNS_BEFORE:
        yield _SIGNS_BEFORE[sign]
    elif sign[0].isdigit():
        yield "number_before"
    elif sign in HYPHENS:
        yield "hyphen_before"
    elif sign in _QUOTES:
        yield "quote_before"
    else:
        yield "sign_before"


def _abbreviation_before(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    """A dot before: "Gov. Jordan" and "J. Washington" are people."""
    before = words.before(index)
    if before < 0:
        yield "sign_before"
    elif len(words.words[before]) == 1 and words.words[before].isupper():
        yield "initial_before"
    else:
        cues = lexicon.cues_by_word["before"].get(words.keys[before], ())
        yield "title" if "title" in cues else "sign_before"


def _word_before(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    key, word = words.keys[index], words.words[index]
    is_capital = word[0].isupper()
    if is_capital and key in lexicon.given:
        yield "given_before"
        return
    cues = lexicon.cues_by_word["before"].get(key, ())
    if "of_other" in cues:
        yield from _of_cues(words, index, lexicon)
        return
    if key == "to" and _follows(words, index, "according"):
        yield "according_to"
        return
    yield from cues
    if is_capital and not _is_upper_line(words, index):
        yield from _capital_before(words, index, bool(cues))
    elif not cues:
        yield "word_before"


def _follows(words: Words, index: int, key: str) -> bool:
    before = words.before(index)
    return before >= 0 and words.keys[before] == key


def _capital_before(words: Words, index: int, is_known: bool) -> Iterator[str]:
    if words.opens_sentence(index):
        yield "known_opener_before" if is_known else "opener_before"
    else:
        yield "known_capital_before" if is_known else "capital_before"


def _of_cues(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    owner = words.before(index)
    key = words.keys[owner] if owner >= 0 else ""
    cues = lexicon.cues_by_word["of"].get(key, ())
    if cues:
        is_capital = words.words[owner][0].isupper() and not words.opens_sentence(owner)
        yield f"{cues[0]}_capital" if is_capital else cues[0]
    elif owner >= 0 and words.words[owner] == ",":
        yield "comma_of"
    elif owner >= 0 and words.words[owner][0].isupper() and not words.opens_sentence(owner):
        yield "of_capital"
    else:
        yield "of_other"


def after_cues(words: Words, last: int, lexicon: Lexicon) -> Iterator[str]:
    """Cues of what stands directly after the name that ends before token ``last``."""
    index = words.after(last - 1)
    if index < 0:
        yield "closes"
        return
    word = words.words[index]
    if word in APOSTROPHES:
        is_owner = words.after(index) >= 0 and words.keys[index + 1] == "s"
        yield "owner_after" if is_owner else "sign_after"
    elif word in HYPHENS:
        yield from _hyphen_after(words, index, lexicon)
    elif not word[0].isalpha():
        yield from _sign_after(words, index)
    else:
        yield from _word_after(words, index, lexicon)


def _hyphen_after(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    following = words.after(index)
    is_tight = (
        following >= 0
        and words.starts[following] == words.ends[index]
        and words.starts[index] == words.ends[index - 1]
    )
    if not is_tight:
        yield "dash_after"
        return
    cues = lexicon.cues_by_word["hyphen"].get(words.keys[following], ())
    yield from cues or (("hyphen_capital",) if words.words[following][0].isupper() else ("hyphen_after",))


def _sign_after(words: Words, index: int) -> Iterator[str]:
    sign = words.words[index]
    following = words.after(index)
    follower = words.words[following] if following >= 0 else ""
    if sign == ",":
        if follower[:1].isdigit():
            yield "comma_number_after"
        else:
            yield "comma_capital_after" if follower[:1].isupper() else "comma_after"
    elif sign in ".;!?":
        yield "stop_after"
    elif sign in _SIGNS_AFTER:
        yield _SIGNS_AFTER[sign]
    elif sign[0].isdigit():
        yield "number_after"
    else:
        yield "sign_after"


def _word_after(words: Words, index: int, lexicon: Lexicon) -> Iterator[str]:
    key, word = words.keys[index], words.words[index]
    is_capital = word[0].isupper() and not _is_upper_line(words, index)
    cues = lexicon.cues_by_word["after"].get(key, ())
    for cue in cues:
        yield f"{cue}_capital" if is_capital else cue
    if not cues:
        yield "capital_after" if is_capital else "word_after"


def _is_upper_line(words: Words, index: int) -> bool:
    """True where the token and its neighbours are all capitals, as in a headline: capitals say nothing there."""
    near = words.words[max(0, index - 2) : index + 3]
    letters = [word for word in near if word[0].isalpha()]
    return len(letters) > 2 and all(word.isupper() for word in letters)
