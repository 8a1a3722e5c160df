"""Stories: which articles are copies of one another?

Two texts are one story where most of their runs of five words are the same. A retelling in other words is not a
copy: it is merged later, event by event.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from geomap.model import Article

# Words in a row that two writers hardly ever put down alike by chance.
_RUN = 5
# Share of all runs that two copies have in common (rewrites of one report have under a tenth).
_JACCARD = 0.6
# Share of its runs that a shortened copy has in common with the whole.
_CONTAINED = 0.9
# Shorter texts are not compared: an agency's one-line flash is quoted by many.
_FEWEST_RUNS = 30

_WORD = re.compile(r"\w+")


def with_copies_marked(articles: Sequence[Article]) -> list[Article]:
    """Return the articles in the same order, each copy with ``same_as``, and with the other's date if it has none.

    The copy is the one that is undated, later or shorter, in this order; of two alike, the second.
    """
    runs = [_runs(article) for article in articles]
    ranked = sorted(range(len(articles)), key=lambda number: (_rank(articles[number]), -len(runs[number]), number))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    original_of: dict[int, int] = {}
    for number in ranked:
        original = _original(runs, number, holders)
        if original is None:
            for run in runs[number]:
                holders[run].append(number)
        else:
            original_of[number] = original
    return [
        _copy(article, articles[original_of[number]]) if number in original_of else article
        for number, article in enumerate(articles)
    ]


def _rank(article: Article) -> tuple[bool, dt.date]:
    return (article.date is None, article.date or dt.date.max)


def _original(runs: Sequence[set[int]], number: int, holders: dict[int, list[int]]) -> int | None:
    """Return the article of which ``number`` is a copy, among those that hold its runs."""
    own = runs[number]
    if len(own) < _FEWEST_RUNS:
        return None
    shared = Counter(holder for run in own if run in holders for holder in holders[run])
    for holder, count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if count >= _JACCARD * (len(own) + len(runs[holder]) - count) or count >= _CONTAINED * len(own):
            return holder
    return None


def _runs(article: Article) -> set[int]:
    """Return the runs of words of the story, without its furniture, as hashes."""
    words = [word.lower() for word in _WORD.findall(_story(article))]
    return {hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)}


def _story(article: Article) -> str:
    kept, at = [], 0
    for each in article.furniture:
        kept.append(article.text[at : each.start])
        at = each.end
    return "\n".join([*kept, article.text[at:]])


def _copy(article: Article, original: Article) -> Article:
    if article.date is not None or original.date is None:
        return dataclasses.replace(article, same_as=original.id)
    return dataclasses.replace(article, same_as=original.id, date=original.date, date_source="same story")
