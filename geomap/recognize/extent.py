"""Extent: where does a name end? "Laurel County" and "U.S." are longer than what the gazetteer matched."""

from __future__ import annotations

import re

from geomap.recognize.lexicon import Lexicon
from geomap.recognize.words import Words

_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+[A-Z]$")


def ends_in_dot(words: Words, first: int, last: int) -> bool:
    """True where the token after initials is their last dot: "U.S." is matched without it."""
    start, end = words.starts[first], words.ends[last - 1]
    return words.text[end : end + 1] == "." and _INITIALS.match(words.text, start, end) is not None


def end_of_name(words: Words, first: int, last: int, lexicon: Lexicon) -> int:
    """The offset behind the name at tokens ``first``..``last`` (half-open), its kind word and last dot included."""
    end = words.ends[last - 1]
    index = words.after(last - 1)
    if index < 0 or words.keys[index] not in lexicon.cues_by_word["extends"]:
        return end
    word = words.words[index]
    is_name = word[0].isupper() and words.text[end : words.starts[index]].isspace() and not _is_longer(words, index)
    return words.ends[index] if is_name else end


def _is_longer(words: Words, index: int) -> bool:
    """True where the kind word opens another name: "Georgia State University", but not "Laurel County Sheriff"."""
    following = words.after(index)
    if following < 0 or words.keys[index] in ("county", "parish"):
        return False
    return words.words[following][0].isupper()
