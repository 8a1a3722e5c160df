"""Figures: which words are a number, and how much is it?"""

from __future__ import annotations

import re
from functools import cache

from geomap.extract.lexicon import any_of
from geomap.extract.quantities.words import lexicon, plain

# Thousands are set off by commas (also 2,50,000), by single spaces or, where no scale follows, by full stops.
_BY_COMMA = r"\d{1,3}(?:,\d{2,3})*,\d{3}"
_BY_SPACE = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+"
_BY_STOP = r"\d{1,3}(?:\.\d{3})+(?!\s*(?:million|billion|m\b))"
_GROUPED = rf"{_BY_COMMA}|{_BY_SPACE}|{_BY_STOP}"
_DIGITS = rf"(?:(?:{_GROUPED})(?!\d)|\d+(?:\.\d+)?)"


@cache
def number_pattern() -> str:
    """A pattern of one number without a hedge: "120,000", "1.2 million", "two dozen", "half a million"."""
    words = lexicon()
    scale, name = any_of(words.scales.words), any_of(words.numbers.words)
    short = any_of(words.short_scales.words)
    spelt = rf"{name}(?:(?:-|\s+){name})?"
    scaled = rf"(?:\s+and\s+a\s+half)?(?:[\s-]+{scale}\b)*"
    return rf"""(?:
        {any_of(words.fractions.words)}\b
      | {_DIGITS}(?:\s?{short}\b|(?:[\s-]+{scale}\b)+)?
      | {spelt}{scaled}(?:(?:\s+and)?\s+(?:{spelt}{scaled}))*\b
      | an?\s+{scale}\b(?:\s+{scale}\b)*(?:\s+and\s+{spelt}\b(?!\s+{scale}\b))?
    )"""


@cache
def vague_pattern() -> str:
    """A pattern of a vague figure: "tens of thousands", "several hundred", "dozens", "several" (before a noun)."""
    words = lexicon()
    plural, scale, few = (
        any_of(words.vague_plurals.words),
        any_of(words.scales.words),
        any_of(words.vague_counts.words),
    )
    return rf"""(?:
        (?:{few}\s+)? {plural}(?:\s+of\s+{plural})*\b
      | {few}\s+(?:{scale}\b(?:\s+{scale}\b)*)
      | {few}(?=\s+\D)(?!\s+(?:{number_pattern()}|an?)\b)
    )"""


def value_of(text: str) -> float | None:
    """The number that a text matched by ``number_pattern`` stands for; None where its words make no number.

    >>> value_of("3.7 million"), value_of("two hundred and fifty"), value_of("12 000"), value_of("half a million")
    (3700000.0, 250.0, 12000.0, 500000.0)
    """
    words = plain(text)
    if words in lexicon().fractions.words:
        return float(lexicon().fractions.words[words])
    digits = re.match(_DIGITS, words)
    return _spelt(words) if digits is None else _from_digits(digits[0], words[digits.end() :])


def scale_of(text: str) -> float:
    """The scale word that ends a number, as a factor: "two million" -> 1000000; of "12,000" a thousand; else 1."""
    last = re.split(r"[\s-]+", plain(text))[-1]
    scale = lexicon().scales.words.get(last)
    short = re.search(r"\d\s?([a-z]+)$", plain(text))
    if scale is None and short:
        scale = lexicon().short_scales.words.get(short[1])
    return float(scale or (1000 if re.search(r"\d,000$", text) else 1))


def _from_digits(digits: str, rest: str) -> float | None:
    is_grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) and not rest
    number = float(re.sub(r"[,\s.]" if is_grouped else r"[,\s]", "", digits))
    for word in re.findall(r"[a-z]+", rest):
        factor = lexicon().scales.words.get(word) or lexicon().short_scales.words.get(word)
        if factor is None:
            return None
        number = round(number * factor, 6)
    return number


def _spelt(words: str) -> float | None:
    """The value of a number in words: hundreds gather below a thousand, larger scales close a group."""
    total = group = 0.0
    for word in re.findall(r"[a-z]+", words.replace("and a half", "half")):
        scales, names = lexicon().scales.words, lexicon().numbers.words
        if word in names:
            if group % 10 or (group % 100 and names[word] >= 10):
                return None  # "two three": no number of one piece
            group += names[word]
        elif word == "half":
            group += 0.5
        elif word in scales and scales[word] <= 100:
            group = (group or 1) * scales[word]
        elif word in scales:
            total, group = total + (group or 1) * scales[word], 0.0
        elif word not in ("a", "an", "and"):
            return None
    return total + group
