"""Language: which language is a text in, as far as its letters and small words tell?

Screen readers and line breaking need it; where it is not clear nothing is said.
"""

from __future__ import annotations

import re
from functools import cache

from geomap.render import words

# Enough of an article to be sure.
_ENOUGH = 1500
_SCRIPT_LANGS = (
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
# Letters that Persian, Urdu and Kurdish have and Arabic has not, and those of Ukrainian that Russian has not.
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc\u06d2\u06ce]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_LATIN = ("en", "fr", "tr")


def language_of(text: str) -> str:
    """Returns the code of the text's language, "" where it is not clear.

    >>> language_of("The town was taken on Friday."), language_of("النازحون على الحدود"), language_of("Marsa")
    ('en', 'ar', '')
    """
    text = text[:_ENOUGH]
    for lang, letters in _SCRIPT_LANGS:
        if 2 * len(letters.findall(text)) > sum(letter.isalpha() for letter in text):
            return _of_script(lang, text)
    told = re.findall(r"\w+", text.casefold())
    scores = {lang: sum(word in _small_words(lang) for word in told) for lang in _LATIN}
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] > sum(scores.values()) / 2 else ""


def _of_script(lang: str, text: str) -> str:
    if lang == "ar":
        return "" if _NOT_ARABIC.search(text) else "ar"
    return "uk" if _UKRAINIAN.search(text) else "ru"


@cache
def _small_words(lang: str) -> frozenset[str]:
    return frozenset(words.words(lang)["small_words"])
