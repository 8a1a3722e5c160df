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


def name_cues(words: Words, first: int, last: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Cues in the name itself, tokens ``first``..``last`` (half-open)."""
    key = words.keys[first]
    if last - first > 1:
        return ("several_words", "given_first") if key in lexicon.given else ("several_words",)
    if key not in lexicon.ambiguous:
        return _spelling_cues(words.words[first])
    sets = (("common_word", lexicon.common), ("given_name", lexicon.given), ("family_name", lexicon.family))
    return (*_spelling_cues(words.words[first]), *(cue for cue, known in sets if key in known))


def _spelling_cues(word: str) -> tuple[str, ...]:
    if word.isupper() and len(word) > 1:
        return ("capitals",) if len(word) > 4 else ("short_capitals",)
    return ("short",) if len(word) <= 3 else ()


def dateline_cues(words: Words, first: int, last: int) -> tuple[str, ...]:
    """Capitals at the head, then ordinary text: "ALEPPO, Syria (Reuters) - ...", "ORLANDO The ..."."""
    name = words.text[words.starts[first] : words.ends[last - 1]]
    if name.isupper() and len(name) > 3 and words.opens_sentence(first):
        following = words.after(last - 1)
        if following >= 0 and not (words.words[following].isupper() and len(words.words[following]) > 1):
            return ("dateline",)
    return ()


def person_cues(words: Words, first: int, last: int, lexicon: Lexicon) -> tuple[str, ...]:
    """A given name before a capital of no known kind: "Paris Hilton", "Jordan Peterson"."""
    if last - first != 1 or words.keys[first] not in lexicon.given or (following := words.after(first)) < 0:
        return ()
    is_capital = words.words[following][0].isupper() and not words.words[following].isupper()
    is_unknown = words.keys[following] not in lexicon.cues_by_word["after"]
    return ("given_and_capital",) if is_capital and is_unknown else ()


def before_cues(words: Words, first: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Cues of what stands directly before token ``first``."""
    index = words.before(first)
    if index >= 0 and words.keys[index] == "the":
        return ("the", *_cues_of_before(words, first, words.before(first, 2), lexicon))
    return _cues_of_before(words, first, index, lexicon)


def _cues_of_before(words: Words, first: int, index: int, lexicon: Lexicon) -> tuple[str, ...]:
    if index < 0:
        return ("opens",)
    word = words.words[index]
    if word[0].isalpha():
        return _word_before(words, index, lexicon)
    if word in "'’" and index > 0 and words.before(first, 2) >= 0:
        return ("apostrophe_before",)
    return (_sign_before(words, index, lexicon),)


def _sign_before(words: Words, index: int, lexicon: Lexicon) -> str:
    sign = words.words[index]
    if sign == ".":
        return _abbreviation_before(words, index, lexicon)
    if sign in _SIGNS_BEFORE:
        return _SIGNS_BEFORE[sign]
    if sign[0].isdigit():
        return "number_before"
    if sign in HYPHENS:
        return "hyphen_before"
    return "quote_before" if sign in _QUOTES else "sign_before"


def _abbreviation_before(words: Words, index: int, lexicon: Lexicon) -> str:
    """A dot before: "Gov. Jordan" and "J. Washington" are people."""
    before = words.before(index)
    if before < 0:
        return "sign_before"
    if len(words.words[before]) == 1 and words.words[before].isupper():
        return "initial_before"
    return "title" if words.keys[before] in lexicon.titles else "sign_before"


def _word_before(words: Words, index: int, lexicon: Lexicon) -> tuple[str, ...]:
    key, word = words.keys[index], words.words[index]
    is_capital = word[0].isupper()
    if is_capital and key in lexicon.given:
        return ("given_before",)
    cues = lexicon.cues_by_word["before"].get(key, ())
    if "of_other" in cues:
        return (_of_cue(words, index, lexicon),)
    if key == "to" and _follows(words, index, "according"):
        return ("according_to",)
    if is_capital and not _is_upper_line(words, index):
        return (*cues, _capital_before(words, index, bool(cues)))
    return cues or ("word_before",)


def _follows(words: Words, index: int, key: str) -> bool:
    before = words.before(index)
    return before >= 0 and words.keys[before] == key


def _capital_before(words: Words, index: int, is_known: bool) -> str:
    if words.opens_sentence(index):
        return "known_opener_before" if is_known else "opener_before"
    return "known_capital_before" if is_known else "capital_before"


def _of_cue(words: Words, index: int, lexicon: Lexicon) -> str:
    owner = words.before(index)
    if owner < 0:
        return "of_other"
    cues = lexicon.cues_by_word["of"].get(words.keys[owner], ())
    if not cues and words.words[owner] == ",":
        return "comma_of"
    is_capital = words.words[owner][0].isupper() and not words.opens_sentence(owner)
    if cues:
        return f"{cues[0]}_capital" if is_capital else cues[0]
    return "of_capital" if is_capital else "of_other"


def after_cues(words: Words, last: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Cues of what stands directly after the name that ends before token ``last``."""
    index = words.after(last - 1)
    if index < 0:
        return ("closes",)
    word = words.words[index]
    if word[0].isalpha():
        return _word_after(words, index, lexicon)
    if word in APOSTROPHES:
        is_owner = words.after(index) >= 0 and words.keys[index + 1] == "s"
        return ("owner_after",) if is_owner else ("sign_after",)
    if word in HYPHENS:
        return _hyphen_after(words, index, lexicon)
    return (_sign_after(words, index),)


def _hyphen_after(words: Words, index: int, lexicon: Lexicon) -> tuple[str, ...]:
    following = words.after(index)
    is_tight = (
        following >= 0
        and words.starts[following] == words.ends[index]
        and words.starts[index] == words.ends[index - 1]
    )
    if not is_tight:
        return ("dash_after",)
    cues = lexicon.cues_by_word["hyphen"].get(words.keys[following], ())
    return cues or (("hyphen_capital",) if words.words[following][0].isupper() else ("hyphen_after",))


def _sign_after(words: Words, index: int) -> str:
    sign = words.words[index]
    if sign == ",":
        following = words.after(index)
        follower = words.words[following] if following >= 0 else ""
        if follower[:1].isdigit():
            return "comma_number_after"
        return "comma_capital_after" if follower[:1].isupper() else "comma_after"
    if sign in ".;!?":
        return "stop_after"
    if sign in _SIGNS_AFTER:
        return _SIGNS_AFTER[sign]
    return "number_after" if sign[0].isdigit() else "sign_after"


def _word_after(words: Words, index: int, lexicon: Lexicon) -> tuple[str, ...]:
    cues = lexicon.cues_by_word["after"].get(words.keys[index], ())
    if words.words[index][0].isupper() and not _is_upper_line(words, index):
        return tuple([f"{cue}_capital" for cue in cues]) or ("capital_after",)
    return cues or ("word_after",)


def _is_upper_line(words: Words, index: int) -> bool:
    """True where the token and its neighbours are all capitals, as in a headline: capitals say nothing there."""
    near = words.words[max(0, index - 2) : index + 3]
    letters = [word for word in near if word[0].isalpha()]
    return len(letters) > 2 and all(word.isupper() for word in letters)
