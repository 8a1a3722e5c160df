"""End a batch by SIGKILL at random moments: is every file that exists whole, and does the next run complete?

usage: python -m benchmarks.batch_kill [--moments N] [--articles N] [--seed N]

Each moment: an empty folder and cache, and a run with two workers that is ended somewhere: while it starts or
reads, or a little after a random number of files are there. Each of these has to be what a whole run writes; then a
run goes to the end.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch import ROOT, articles, share_index

# Each run writes its own of these, for itself.
_OWN = (".geomap", "timings.json")


def main() -> None:
    """Print a line for each moment; the exit code is 1 where one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=10)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--seed", type=int, default=6)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles(folder / "news", args.articles, days=args.articles)
        (folder / "plan.yml").write_text(
            'articles: [news]\nformats: [html, svg, geojson]\nmaps: [{name: "m/{date}", every: day, days: 3}]\n',
            encoding="utf-8",
        )
        began = time.perf_counter()
        code = start(folder, "whole").wait()
        took = time.perf_counter() - began
        expected = hashes(folder / "whole")
        print(f"whole run: {took:.1f} s, {len(expected)} files, exit code {code}", flush=True)
        dice = random.Random(args.seed)
        bad = 0
        for at in range(args.moments):
            # A third of the moments are before there is any file.
            files = dice.randrange(1, len(expected)) if at % 3 else 0
            seconds = dice.uniform(0, 0.3 if files else took / 2)
            bad += not moment(folder, files, seconds, expected, code)
    print(f"{args.moments - bad} of {args.moments} moments went well")
    sys.exit(1 if bad else 0)


def moment(folder: Path, files: int, seconds: float, expected: dict[str, str], code: int) -> bool:
    """Return whether a run, ended so long after so many files are there, leaves whole ones and is completed."""
    for name in ("killed", "cache-killed"):
        shutil.rmtree(folder / name, ignore_errors=True)
    running = start(folder, "killed")
    while running.poll() is None and len(results(folder / "killed")) < files:
        time.sleep(0.01)
    time.sleep(seconds)
    was_running = running.poll() is None
    running.send_signal(signal.SIGKILL)
    running.wait()
    left = hashes(folder / "killed")
    are_whole = all(expected.get(name) == content for name, content in left.items())
    is_complete = start(folder, "killed").wait() == code and hashes(folder / "killed") == expected
    when = "killed" if was_running else "at its end"
    print(f"{when}: {len(left):3} files left, whole: {are_whole}; then complete: {is_complete}", flush=True)
    return are_whole and is_complete


def start(folder: Path, name: str) -> subprocess.Popen[bytes]:
    """Start a run into a folder of that name, with a cache of its own."""
    cache = folder / f"cache-{name}"
    cache.mkdir(exist_ok=True)
    share_index(cache)
    words = [sys.executable, "-m", "geomap", "batch", str(folder / "plan.yml"), "-o", str(folder / name)]
    return subprocess.Popen(
        [*words, "--workers", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GEOMAP_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def hashes(folder: Path) -> dict[str, str]:
    """Return a hash of each result there, by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in results(folder)
    }


def results(folder: Path) -> list[Path]:
    """Return the results there; an unfinished file is in a hidden folder and no result."""
    # os.walk passes over folders that a run removes meanwhile.
    paths = [Path(inside) / name for inside, _, names in os.walk(folder) for name in names]
    parts = [(path, path.relative_to(folder).parts) for path in sorted(paths)]
    return [
        path for path, names in parts if names[0] not in _OWN and not any(n.startswith(".geomap-") for n in names)
    ]


if __name__ == "__main__":
    main()
