"""Measure a batch: CPU seconds a map, the second run, and articles a second with one worker and with two.

usage: python -m benchmarks.batch [--maps N] [--articles N] [--only maps|speed]

The articles are made of the sample's paragraphs, mixed, each with a date and a number of its own; there is a map
for each day, of a week's articles. The first map pays for what is loaded once, so a batch of one map is taken off.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "articles"
FIRST_DAY = dt.date(2020, 1, 1)
# Sentences without events around those with some, as in a day's news.
PLAIN = (
    "Ministers met in the capital to discuss the price of bread. A spokesman said that talks would go on next week."
)


class Run(NamedTuple):
    """One run: seconds by the clock, seconds of processor of all its processes, the largest of them in MB."""

    wall: float
    cpu: float
    peak_mb: float


def main() -> None:
    """Print what was measured, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maps", type=int, default=500)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--only", choices=("maps", "speed"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.only != "speed":
            _maps(Path(folder) / "maps", args.maps)
        if args.only != "maps":
            _speed(Path(folder) / "speed", args.articles)


def _maps(folder: Path, number: int) -> None:
    articles(folder / "news", number, days=number)
    one = folder / "one.yml"
    one.write_text(
        f"articles: [news]\nmaps: [{{name: all, from: {FIRST_DAY}, to: {FIRST_DAY}}}]\n", encoding="utf-8"
    )
    many = folder / "plan.yml"
    many.write_text('articles: [news]\nmaps: [{name: "m/{date}", every: day, days: 7}]\n', encoding="utf-8")
    read = geomap("batch", one, "-o", folder / "one", "--workers", 1, cache=folder)
    first = geomap("batch", one, "-o", folder / "again", "--workers", 1, cache=folder)
    drawn = geomap("batch", many, "-o", folder / "many", "--workers", 1, cache=folder)
    again = geomap("batch", many, "-o", folder / "many", "--workers", 1, cache=folder)
    _say(f"{number} articles read, one map", read)
    _say("one map of known articles", first)
    _say(f"{number} maps of known articles", drawn)
    _say(f"{number} maps, nothing changed", again)
    print(f"a map after the first: {(drawn.cpu - first.cpu) / (number - 1):.3f} CPU s, index included")


def _speed(folder: Path, number: int) -> None:
    articles(folder / "news", number, days=30)
    (folder / "plan.yml").write_text("articles: [news]\nmaps: [{name: all, to: 2019-01-01}]\n", encoding="utf-8")
    for workers in (1, 2):
        cache = folder / f"cache-{workers}"
        done = geomap(
            "batch", folder / "plan.yml", "-o", folder / f"out-{workers}", "--workers", workers, cache=cache
        )
        _say(f"{number} articles, {workers} workers: {number / done.wall:.1f}/s", done)


def articles(folder: Path, number: int, *, days: int) -> None:
    """Write that many articles of the sample's paragraphs, over that many days."""
    folder.mkdir(parents=True)
    wars = [_paragraphs(each) for each in sorted(SAMPLE.iterdir()) if each.is_dir()]
    dice = random.Random(6)
    for at in range(number):
        paragraphs = wars[at * len(wars) // number]  # so that a map is of one war, as maps are
        day = FIRST_DAY + dt.timedelta(days=at % days)
        body = [PLAIN, *dice.sample(paragraphs, k=min(3, len(paragraphs))), f"It was report number {at}."]
        text = f"{day.day} {day:%B %Y}\n\n" + "\n\n".join(body) + "\n"
        (folder / f"{at:05}.txt").write_text(text, encoding="utf-8")


def _paragraphs(folder: Path) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return [each for text in texts for each in text.split("\n\n")[2:] if len(each) > 80]


def geomap(*words: object, cache: Path) -> Run:
    """Run the program, its readings in a cache of their own beside the index of names."""
    cache.mkdir(parents=True, exist_ok=True)
    share_index(cache)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "geomap", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GEOMAP_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, after.ru_maxrss / 1024)


def share_index(cache: Path) -> None:
    """Link the built indexes of names into another cache folder."""
    from geomap.gazetteer.load import default_cache_dir

    for each in default_cache_dir().glob("*"):
        if each.name != "readings" and not (cache / each.name).exists():
            (cache / each.name).symlink_to(each)


def _say(what: str, run: Run) -> None:
    print(f"{what:45} {run.wall:7.2f} s {run.cpu:7.2f} CPU s {run.peak_mb:6.0f} MB", flush=True)


if __name__ == "__main__":
    main()
