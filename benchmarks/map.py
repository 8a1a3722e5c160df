"""Measure the main job: seconds and peak memory of `geomap map` and `geomap --help`, each in a process of its own.

usage: map.py [ARTICLES] [--runs N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock, seconds of processor, peak memory in MB, exit code."""

    wall: float
    cpu: float
    peak_mb: float
    code: int


def main() -> None:
    """Print a line for each command measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, default=ROOT / "tests/articles/idlib")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report("geomap --help", ["--help"], args.runs)
        report("geomap map", ["map", str(args.articles), "-o", f"{folder}/map.html"], args.runs)


def report(name: str, words: list[str], runs: int) -> None:
    """Run a command several times and print the median."""
    done = [measure(words) for _ in range(runs)]
    wall, cpu = statistics.median(run.wall for run in done), statistics.median(run.cpu for run in done)
    peak = max(run.peak_mb for run in done)
    print(f"{name:15} {wall:6.2f} s   {cpu:6.2f} CPU s   {peak:6.0f} MB   exit code {done[-1].code}")


def measure(words: list[str]) -> Run:
    """Run ``geomap`` with these words, quietly."""
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "geomap", *words])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
