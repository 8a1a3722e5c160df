"""Usage: which words does the article write small, and which are somebody's surname in it?"""

from __future__ import annotations

from dataclasses import dataclass

from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import Words


@dataclass(frozen=True, slots=True)
class Usage:
    """How an article uses words elsewhere, in lower case.

    Attributes:
        small: words that it writes without a capital.
        surnames: words that follow a given name or a title.
    """

    small: frozenset[str]
    surnames: frozenset[str]


def read_usage(words: Words, lexicon: Lexicon) -> Usage:
    """How the article with these tokens uses its words."""
    small = frozenset([word for word in set(words.words) if word.islower()])
    return Usage(small, frozenset(_surnames(words, lexicon)))


def _surnames(words: Words, lexicon: Lexicon) -> set[str]:
    found = set()
    leads = [index for index, key in enumerate(words.keys[:-2]) if key in lexicon.before_surnames]
    for index in leads:
        if words.keys[index] not in lexicon.titles and not words.words[index][0].isupper():
            continue
        ahead = index + 1 + (words.words[index + 1] == ".")
        follower = words.words[ahead]
        if follower[0].isupper() and len(follower) > 1 and words.sentence[index] == words.sentence[ahead]:
            found.add(words.keys[ahead])
    return found
