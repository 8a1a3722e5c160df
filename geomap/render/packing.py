"""Packing: how do long lists of texts and numbers travel in few bytes?

Texts become numbers of words, most used words first, each number one character: gzip then looks back over three
times as many sentences, and has less to do. Numbers that rise steadily become steps. assets/00-data.js undoes both.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Codes are characters from "?" on, after the signs that HTML and JSON have to escape, up to the surrogates.
FIRST = 0x3F
END, RARE, KNOWN = 0, 1, 2
MOST_KNOWN = 0xD800 - FIRST - KNOWN
# Shorter columns are left as they are, easy to read.
LONG = 1000
# Texts that are cut into words at once: enough to be fast, few enough to need no memory.
TOGETHER = 200


class Numbers(dict[Any, int]):
    """Numbers things in order of first use; looking one up numbers it."""

    def __missing__(self, thing: Any) -> int:
        """Returns the next number, and keeps it."""
        number = self[thing] = len(self)
        return number


def numbered(number_of: Numbers, things: Iterable[Any]) -> list[int]:
    """Returns the number of each thing."""
    return list(map(number_of.__getitem__, things))


def packed_texts(texts: Sequence[str]) -> dict[str, str]:
    """Returns texts as codes of words.

    Returns:
        ``words`` and ``rare``, each words with a space between them, and ``coded``: one character a word, 0 ends a
        text, 1 stands for the next of the rare words, 2 for the first of the words, 3 for the second ...

    >>> packed_texts(["a b a", "c"])
    {'words': 'a', 'rare': 'b c', 'coded': 'A@A?@?'}
    """
    import numpy as np

    numbers, names = _numbered(texts)
    found = np.frombuffer(numbers, dtype=np.int32)
    counts = np.bincount(found, minlength=len(names))[1:]
    order = np.argsort(-counts, kind="stable")[: min(MOST_KNOWN, int((counts > 1).sum()))]
    codes = np.full(len(names), RARE, dtype=np.uint16)
    codes[0] = END
    codes[order + 1] = np.arange(len(order)) + KNOWN
    coded = codes[found]
    rare = found[coded == RARE].tolist()
    coded += FIRST
    return {
        "words": " ".join(names[number + 1] for number in order.tolist()),
        "rare": " ".join(names[number] for number in rare),
        "coded": str(coded.astype("<u2", copy=False).data, "utf-16-le"),
    }


def _numbered(texts: Sequence[str]) -> tuple[array[int], list[str]]:
    """Returns the words of all texts as numbers, 0 after each text, and the words by their numbers."""
    # Texts are cleaned before they come here: a NUL is in none of them.
    number_of = Numbers({"\0": END})
    numbers = array("i")
    for first in range(0, len(texts), TOGETHER):
        several = " \0 ".join([*texts[first : first + TOGETHER], ""]).removesuffix(" ")
        numbers.extend(map(number_of.__getitem__, several.split(" ")))
    return numbers, list(number_of)


def packed_columns(table: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Returns columns with long ones that rise steadily as steps, "+" after their names.

    >>> packed_columns({"a": [5, 7], "b": list(range(2000))})["b+"][:4]
    [0, 1, 1, 1]
    """
    return dict(_packed_column(name, values) for name, values in table.items())


def _packed_column(name: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    if len(values) < LONG or type(values[0]) is not int:
        return name, values
    import numpy as np

    numbers = np.array(values)
    if numbers.dtype.kind != "i":
        return name, values
    steps = np.diff(numbers, prepend=0)
    is_shorter = 2 * np.abs(steps).sum() < np.abs(numbers).sum()
    return (f"{name}+", steps.tolist()) if is_shorter else (name, values)


def packed_lists(lists: Sequence[Sequence[int]]) -> dict[str, list[int]]:
    """Returns lists of numbers as their lengths and all their numbers.

    >>> packed_lists([[1, 2], [3]])
    {'sizes': [2, 1], 'items': [1, 2, 3]}
    """
    return {"sizes": [len(each) for each in lists], "items": [item for each in lists for item in each]}
