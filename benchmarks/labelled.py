"""Labelled texts: news-like texts written for geomap, in which every name of a place is marked.

A file holds many texts, each below a line ``== name``. A place is written ``{Saraqeb|35.86,36.81}``, latitude first
(degrees WGS84), ``{Saraqeb|=}`` where the text named it before, or ``{Kafr Zoran|?}`` where nobody could give
coordinates.

usage: python -m benchmarks.labelled check FILE...
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.gazetteer import Gazetteer, load_gazetteer
from geomap.model import LngLat

FOLDER = Path(__file__).resolve().parent / "labelled"
_MARK = re.compile(
    r"\{(?P<name>[^{}|]+)\|(?:(?P<lat>-?\d+(?:\.\d+)?),\s?(?P<lng>-?\d+(?:\.\d+)?)|\?|(?P<again>=))\}"
)
_HEAD = re.compile(r"^== (?P<name>\S+)\s*$", re.MULTILINE)
# A label further than this from every place of its name is shown to the writer.
_FAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a place at ``start``..``end`` of the text; ``point`` None where its coordinates are unknown."""

    start: int
    end: int
    point: LngLat | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text without its marks, and the labels they gave."""

    name: str
    text: str
    labels: tuple[Label, ...]


def read_all(folder: Path = FOLDER) -> list[Labelled]:
    """The texts of every file of the folder, by file and in its order."""
    return [text for path in sorted(folder.glob("*.txt")) for text in read_file(path)]


def read_file(path: Path) -> list[Labelled]:
    """The texts of one file.

    Raises:
        ValueError: where a brace belongs to no label.
    """
    parts = _HEAD.split(path.read_text("utf-8"))
    return [_read(f"{path.stem}/{name}", body.strip()) for name, body in zip(parts[1::2], parts[2::2], strict=True)]


def _read(name: str, marked: str) -> Labelled:
    text, labels, done = "", [], 0
    known: dict[str, LngLat | None] = {}
    for match in _MARK.finditer(marked):
        text += marked[done : match.start()]
        point = known.get(match["name"]) if match["again"] else _point(match)
        known.setdefault(match["name"], point)
        labels.append(Label(len(text), len(text) + len(match["name"]), point))
        text += match["name"]
        done = match.end()
    text += marked[done:]
    if stray := re.search(r"[{}]", text):
        around = text[max(0, stray.start() - 30) : stray.end() + 30].replace("\n", " ")
        raise ValueError(
            f"{name}: found {stray.group()!r} in {around!r}, expected {{Name|lat,lng}}; mend the label"
        )
    return Labelled(name, text, tuple(labels))


def _point(match: re.Match[str]) -> LngLat | None:
    return None if match["lat"] is None else LngLat(float(match["lng"]), float(match["lat"]))


# --- check -----------------------------------------------------------------------------------------------


def doubts(text: Labelled, gazetteer: Gazetteer) -> Iterator[str]:
    """What a writer should look at again: labels far from any place of their name, names marked only sometimes."""
    for label in text.labels:
        name = text.text[label.start : label.end]
        km = nearest_km(name, label, gazetteer)
        if km is not None and km > _FAR_KM:
            yield f"{text.name}: {name}: the gazetteer's nearest is {km:.0f} km away"
    yield from _forgotten(text)


def nearest_km(name: str, label: Label, gazetteer: Gazetteer) -> float | None:
    """How far the nearest place of that name is, kilometres; None where there is none or no point to compare."""
    from geomap.geocode.areas import km_between

    places = gazetteer.places_named(name)
    if label.point is None or not places:
        return None
    return min(km_between(label.point, place.point) - place.radius_km for place in places)


def _forgotten(text: Labelled) -> Iterator[str]:
    known = {text.text[label.start : label.end] for label in text.labels}
    inside = {index for label in text.labels for index in range(label.start, label.end)}
    for name in sorted(known):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text.text):
            if match.start() not in inside:
                around = text.text[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
                yield f"{text.name}: {name}: not labelled in ...{around}..."


def check(paths: Sequence[Path]) -> int:
    """Print all doubts and the size of the files; return 1 where a file cannot be read."""
    gazetteer = load_gazetteer()
    for path in paths:
        try:
            texts = read_file(path)
        except ValueError as error:
            print(error)
            return 1
        for text in texts:
            for doubt in doubts(text, gazetteer):
                print(doubt)
        words = sum(len(text.text.split()) for text in texts)
        print(f"{path.name}: {len(texts)} texts, {words} words, {sum(len(text.labels) for text in texts)} labels")
    return 0


def main() -> int:
    """Check the files given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["check"])
    parser.add_argument("files", nargs="+", type=Path)
    return check(parser.parse_args().files)


if __name__ == "__main__":
    sys.exit(main())
