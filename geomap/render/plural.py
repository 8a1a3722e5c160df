"""Plural: which form of a word does a number ask for? The Unicode CLDR's rules for whole numbers.

Browsers know the same rules (``Intl.PluralRules``); https://www.unicode.org/cldr/charts/latest/supplemental/
"""

from __future__ import annotations

from collections.abc import Callable


def plural_form(count: float, lang: str) -> str:
    """Returns zero, one, two, few, many or other.

    >>> [plural_form(n, "ru") for n in (1, 3, 5, 11, 21)]
    ['one', 'few', 'many', 'many', 'one']
    """
    return _RULES.get(lang, _english)(round(count))


def _english(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


_RULES: dict[str, Callable[[int], str]] = {"fr": _french, "ru": _slavic, "uk": _slavic, "ar": _arabic}
