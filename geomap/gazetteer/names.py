"""Names: when are two spellings the same name?

Two keys, from strict to loose:

- ``fold``: the same name but for case, accents, apostrophes, hyphens and the form of the Arabic article.
- ``skeleton``: the same consonants, whatever system of transliteration wrote them; only ever a suggestion.

>>> fold("Ma'arrat an-Nu'man") == fold("Maarrat al-Numan")
True
>>> skeleton("Saraqib") == skeleton("Sarakeb") == skeleton("سراقب")
True
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

# --- fold ------------------------------------------------------------------------------------------------

# Marks of ayn and hamza, and what keyboards put in their place; names are written with and without them.
# U+02B9 and U+02BA are the soft and hard sign of ISO 9 romanised Cyrillic, likewise left out in news.
APOSTROPHES = "'`´‘’‛′ʹʺʻʼʽʾʿˈ"
# Characters that print nothing: soft hyphen, zero-width (non-)joiner, direction marks, byte order mark; and the
# Arabic tatweel, which only stretches a word.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeffـ"

# Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic harakat and Koran marks. Vowel signs of Indic and
# South-East Asian scripts are letters in all but name and stay.
_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0xFE20, 0xFE2F),
)  # fmt: skip

# Letters that Unicode does not decompose. Latin: as news and GeoNames' ASCII names write them. Arabic: the Persian
# and Urdu forms of kaf, yeh and heh; alef maqsura and ta marbuta, which everyday spelling mixes up with yeh and heh
# (the normalisation of Lucene's ArabicNormalizer). Alef with hamza or madda decomposes to a bare alef by itself.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ə": "a", "ŋ": "n", "ŧ": "t", "ĸ": "k",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ء": "", "ς": "σ",
}  # fmt: skip


class _FoldTable(dict[int, str]):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in APOSTROPHES or char in INVISIBLE or any(low <= code <= high for low, high in _MARKS):
            folded = ""
        elif char in _LETTERS:
            folded = _LETTERS[char]
        else:
            folded = char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "
        self[code] = folded
        return folded


_TABLE = _FoldTable()

# The Arabic article before a "sun letter" is written as it is spoken: an-Nabk, ash-Sham, ad-Dana; the letter after
# it is the proof that it is the article. Written with a space as well (GeoNames: "An Nabk").
_ASSIMILATED = {
    "an": ("n",), "as": ("s",), "ash": ("sh",), "at": ("t",), "ad": ("d",), "ar": ("r",), "az": ("z",),
    "ath": ("th",), "adh": ("dh", "d"), "es": ("s",), "esh": ("sh",), "et": ("t",), "ed": ("d",), "er": ("r",),
    "ez": ("z",), "en": ("n",), "ech": ("ch",), "ach": ("ch",), "eth": ("th",), "edh": ("dh",),
    "ul": ("",), "el": ("",), "il": ("",), "al": ("",),
}  # fmt: skip
_ARTICLE_WORDS = frozenset(_ASSIMILATED)


def fold(name: str) -> str:
    """The name in lower case, without accents, apostrophes and hyphens, the Arabic article always ``al``.

    >>> fold("Deir ez-Zor"), fold("ad-Dānā"), fold("Kryvyi Rih"), fold("إدلب"), fold("N’Djaména")
    ('deir al zor', 'al dana', 'kryvyi rih', 'ادلب', 'ndjamena')
    """
    return " ".join(fold_articles(_fold_characters(name).split()))


def _fold_characters(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_TABLE)
    # The table takes off the mark that the dotted capital I leaves when it is made small.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_TABLE)


@functools.lru_cache(maxsize=1 << 14)
def fold_word(word: str) -> str:
    """One word (no spaces, no hyphens) folded; the form of an article is left as it is."""
    return "".join(_fold_characters(word).split())


def fold_articles(words: list[str]) -> list[str]:
    """Folded words, each article before its noun written ``al``; the last word is never an article."""
    if _ARTICLE_WORDS.isdisjoint(words):
        return words
    folded = [("al" if is_article(word, after) else word) for word, after in itertools.pairwise(words)]
    return folded + words[-1:]


def may_be_article(word: str) -> bool:
    """Whether a folded word is a form of the Arabic article before some nouns."""
    return word in _ASSIMILATED


def is_article(word: str, after: str) -> bool:
    """Whether ``word`` is a form of the Arabic article before ``after`` (both folded).

    >>> is_article("an", "nabk"), is_article("an", "aleppo"), is_article("al", "bab")
    (True, False, True)
    """
    return after.startswith(_ASSIMILATED.get(word, ("\0",)))


# --- skeleton --------------------------------------------------------------------------------------------

# Spellings of one sound, longest first. Latin letters as used for Arabic (English, French and Turkish habits),
# Cyrillic and Persian names; compared with the variants that GeoNames lists for one place.
_DIGRAPHS = (
    ("shch", "S"), ("tsch", "S"), ("tch", "S"), ("sch", "S"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("sh", "S"),
    ("ch", "S"), ("kh", "H"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ts", "C"), ("tz", "C"),
    ("ck", "k"),
)  # fmt: skip
# Single letters of one sound; vowels go, and with them y, v and w, which are vowels as often as not.
_LETTER_SOUNDS = str.maketrans({"q": "k", "c": "k", "x": "ks", "h": "H", "p": "b"} | dict.fromkeys("aeiouyvw", ""))

# The same sounds in Arabic and Cyrillic letters. Long vowels (ا و ي), ayn and hamza go, as vowels do in Latin.
_CONSONANTS = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "چ": "S", "ح": "H", "خ": "H", "د": "d", "ذ": "d", "ر": "r",
    "ز": "z", "ژ": "j", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g", "ف": "f",
    "ڤ": "v", "ق": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "H", "و": "u", "ي": "i", "ا": "a",
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "j", "з": "z", "и": "i",
    "і": "i", "ї": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "b", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "H", "ц": "C", "ч": "S", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia", "ђ": "j", "ј": "i", "љ": "l", "њ": "n", "ћ": "S", "џ": "j", "ў": "u",
}  # fmt: skip
_SCRIPTS = str.maketrans(_CONSONANTS)
_VOWELS = frozenset("aeiouyvw")
# Arabic ends here; of scripts beyond it no sounds are known.
_LAST_LETTER = "\u06ff"
_DOUBLED = re.compile(r"(.)\1+")
# "Deir Ezzor", "Maarat Alnuman": never on a first word, where it is as often a part of the name (Azzaz).
_GLUED_ARTICLE = re.compile(r"^([ae])(?=([nstdrz])\2..)|^[ae]l(?=[^aeiouyl]..)")


def skeleton(name: str) -> str:
    """The consonants of a name, spellings of one sound made one; "" where fewer than two are left.

    Vowels go, but for an ``a`` that says that a word begins with one (ayn and w count as vowels); articles go,
    double letters are single, a final h (ta marbuta) goes.

    >>> skeleton("Maarat al-Numan"), skeleton("Ma'arrat an-Nu'man"), skeleton("Maaret en-Noman")
    ('mrtnmn', 'mrtnmn', 'mrtnmn')
    """
    return folded_skeleton(fold(name))


def folded_skeleton(name: str) -> str:
    """As ``skeleton``, of a name that is folded already."""
    if not name or max(name) > _LAST_LETTER:
        return ""
    words = name.split()
    nouns = [word for word in words if word != "al"] or words
    nouns[1:] = [_GLUED_ARTICLE.sub("", word) for word in nouns[1:]]
    key = "".join(_word_skeleton(word, number == len(nouns)) for number, word in enumerate(nouns, start=1))
    return key if len(key) > 1 else ""


def skeletons_like(key: str) -> tuple[str, ...]:
    """The skeletons that names with the sounds of ``key`` may have in a neighbouring language, the key first.

    Cyrillic г is h in Ukrainian and Belarusian names and g in Russian ones: Bilhorod is Belgorod.

    >>> skeletons_like(skeleton("Bilhorod")), skeletons_like("mrs")
    (('blHrd', 'blgrd'), ('mrs',))
    """
    return tuple(dict.fromkeys((key, key.replace("H", "g"), key.replace("g", "H"))))


@functools.lru_cache(maxsize=1 << 14)
def _word_skeleton(word: str, is_last: bool) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        word = _arabic_word(word, is_last)
    text = word if word.isascii() else word.translate(_SCRIPTS)
    for digraph, sound in _DIGRAPHS:
        if digraph in text:
            text = text.replace(digraph, sound)
    consonants = text.translate(_LETTER_SOUNDS).removesuffix("H") or text[-1:]
    return ("a" if text[:1] in _VOWELS else "") + _DOUBLED.sub(r"\1", consonants)


def _arabic_word(word: str, is_last: bool) -> str:
    """An Arabic word without its article; its ta marbuta (folded to heh) spoken as t before another word."""
    if len(word) > 4 and word.startswith("ال"):
        word = word[2:]
    return word[:-1] + "ت" if word.endswith("ه") and not is_last else word
