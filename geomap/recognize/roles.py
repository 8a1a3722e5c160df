"""Roles: does a name act ("Ankara blamed the army") or lie somewhere ("in Ankara")?

By the words around it; no grammar. Only names that stand for a government can act.
"""

from __future__ import annotations

from geomap.model import Role
from geomap.recognize.cues import Facts
from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import APOSTROPHES, HYPHENS, Words


def role_of(words: Words, first: int, last: int, facts: Facts, lexicon: Lexicon) -> Role:
    """The role of the name at tokens ``first``..``last`` (half-open).

    Args:
        words: the article's tokens.
        first: the name's first token.
        last: the token after the name.
        facts: what the gazetteer knows of the name.
        lexicon: the role words.
    """
    joined = _hyphen_cues(words, last, lexicon)
    if "participle_after" in joined:  # says where somebody is from, not where something happens
        return "actor"
    if "sponsor_after" in joined and can_act(words, first, last, facts, lexicon):
        return "actor"
    if not may_act(words, first, last, facts, lexicon):
        return "place"
    acts = (
        _is_agent(words, first, lexicon)
        or _owns_actor(words, last, lexicon)
        or _is_subject(words, last, lexicon)
        or _is_joined_subject(words, last, lexicon)
    )
    return "actor" if acts else "place"


def may_act(words: Words, first: int, last: int, facts: Facts, lexicon: Lexicon) -> bool:
    """True where the name can stand for a government and nothing says that it lies somewhere."""
    return can_act(words, first, last, facts, lexicon) and not _is_located(words, first, lexicon)


def can_act(words: Words, first: int, last: int, facts: Facts, lexicon: Lexicon) -> bool:
    """True where the name is a country's or a seat of government."""
    name = words.text[words.starts[first] : words.ends[last - 1]].lower()
    return bool(facts.country) or "country" in facts.cues or name in lexicon.seats


def _key(words: Words, index: int) -> str:
    return words.keys[index] if index >= 0 else ""


def _skip_the(words: Words, first: int) -> int:
    index = words.before(first)
    return words.before(first, 2) if _key(words, index) == "the" else index


def _hyphen_cues(words: Words, last: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The cues of the participle in "Russia-backed", "Turkey-held", "Istanbul-based"."""
    hyphen = words.after(last - 1)
    if hyphen < 0 or words.words[hyphen] not in HYPHENS:
        return ()
    return lexicon.cues_by_word["hyphen"].get(_key(words, words.after(hyphen)), ())


def _is_located(words: Words, first: int, lexicon: Lexicon) -> bool:
    """True after "in", "near" ..., and after "to" or "from" unless what is given or taken is named before them."""
    index = _skip_the(words, first)
    key = _key(words, index)
    if key in _WAYS:
        return not _has_near(words, index, lexicon.roles[_GROUP_BY_PREPOSITION[key]])
    return key in lexicon.roles["locatives"]


def _is_agent(words: Words, first: int, lexicon: Lexicon) -> bool:
    """True for "backed by Iran", "talks with Russia", "urged Russia", "sanctions on Iran"."""
    index = _skip_the(words, first)
    if index < 0:
        return False
    key = words.keys[index]
    if key in lexicon.roles["object_verbs"]:
        return True
    group = _GROUP_BY_PREPOSITION.get(key)
    return group is not None and _has_near(words, index, lexicon.roles[group])


_GROUP_BY_PREPOSITION = {
    "by": "by_participles",
    "with": "with_nouns",
    "between": "with_nouns",
    "from": "from_nouns",
    "on": "on_nouns",
    "against": "on_nouns",
    "of": "on_nouns",
    "to": "to_words",
}


# After these a name is where somebody comes from or goes to: "sent to Paris to negotiate".
_WAYS = frozenset({"to", "from"})


def _has_near(words: Words, index: int, wanted: frozenset[str]) -> bool:
    """True where one of the two tokens before ``index`` is wanted."""
    return any(_key(words, words.before(index, back)) in wanted for back in (1, 2))


def _owns_actor(words: Words, last: int, lexicon: Lexicon) -> bool:
    """True for "Kyiv's forces", "Ankara government", "Turkey's possible deployment"."""
    index = words.after(last - 1)
    is_owner = index >= 0 and words.words[index] in APOSTROPHES and _key(words, words.after(index)) == "s"
    index = words.after(index, 2) if is_owner else index
    ahead = (index, words.after(index)) if is_owner and index >= 0 else (index,)
    return any(_key(words, each) in lexicon.roles["owned_nouns"] for each in ahead)


def _is_subject(words: Words, last: int, lexicon: Lexicon) -> bool:
    """True for "Moscow says", "Turkey has repeatedly urged", "Russia is an ally"."""
    index = words.after(last - 1)
    seen_auxiliary = False
    for _ in range(4):
        key = _key(words, index)
        if key in lexicon.roles["subject_verbs"]:
            return True
        if key in lexicon.roles["auxiliaries"]:
            seen_auxiliary = True
        elif key in ("a", "an", "the", "no") and seen_auxiliary:
            return _key(words, words.after(index)) in lexicon.roles["predicates"]
        elif key not in lexicon.roles["adverbs"] and key not in APOSTROPHES:
            return False
        index = words.after(index)
    return False


def _is_joined_subject(words: Words, last: int, lexicon: Lexicon) -> bool:
    """True for "Ankara and Moscow agreed": the first of two names acts where the second does."""
    index = words.after(last - 1)
    if _key(words, index) not in ("and", "&", "or"):
        return False
    name = words.after(index)
    while name >= 0 and words.words[name][0].isupper():
        following = words.after(name)
        if following < 0 or not words.words[following][0].isupper():
            return _is_subject(words, name + 1, lexicon)
        name = following
    return False
