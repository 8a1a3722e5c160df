"""Shapes: what does a name that no gazetteer has look like by itself?"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from geomap.recognize.lexicon import Lexicon

# The shape of what is never a place: "Democratic Party", "Friday".
OF_CAPITAL_WORDS = "name_of_capital_words"


@functools.lru_cache(maxsize=1 << 14)
def shape_cues(tokens: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The cues of a name of these tokens; kept because a name recurs."""
    words = [token for token in tokens if token[0].isalpha()]
    keys = [word.lower() for word in words]
    return (*_cues(words, keys, lexicon), *_word_cues(keys, lexicon), *_last_word_cues(keys, lexicon))


def _cues(words: Sequence[str], keys: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    yield "name_one_word" if len(keys) == 1 else "name_two_words" if len(keys) == 2 else "name_many_words"
    if all(word.isupper() and len(word) > 1 for word in words):
        yield "name_capitals"
    is_article = keys[0] in lexicon.particles
    if is_article:
        yield "name_article"
    if keys[0] in lexicon.heads or (is_article and len(keys) > 1 and keys[1] in lexicon.heads):
        yield "name_head"
    if keys[-1].endswith(lexicon.endings):
        yield "name_ending"


def _word_cues(keys: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    common = sum([_is_in(key, lexicon.vocabulary) for key in keys])
    capital = sum([_is_in(key, lexicon.capital_words) for key in keys])
    if capital == len(keys):
        yield OF_CAPITAL_WORDS
    elif common + capital >= len(keys):
        yield "name_of_words"
    elif common + capital:
        yield "name_with_word"
    if keys[0] in lexicon.given:
        yield "name_given"
    if not lexicon.family.isdisjoint(keys):
        yield "name_family"


def _is_in(key: str, words: frozenset[str]) -> bool:
    """Whether a word or its singular is among ``words``."""
    return key in words or (key[-1] == "s" and key[:-1] in words)


def _last_word_cues(keys: Sequence[str], lexicon: Lexicon) -> list[str]:
    """What the last word says of a longer name: "Hamrin Mountains", "Panorama Checkpoint", "Tawhid Brigade"."""
    if len(keys) == 1:
        return []
    return [f"name_{cue}" for cue in lexicon.cues_by_word["after"].get(keys[-1], ())]
