"""Invented dumps of GeoNames in its published form: Xanadu (XX) and its neighbour (YY)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

CODES = ["P.PPL"] * 12 + ["P.PPLX", "A.ADM3", "H.WAD", "T.HLL", "S.PSTB", "S.SCH", "S.HTL", "L.RGN"]
FIRST = ["Kafr", "Tell", "Ayn", "Khirbat", "Qasr", "Nova", "Velyka", "Stara", "Bir", "Wadi"]
SYLLABLES = ["ba", "ra", "mu", "di", "zo", "ki", "lan", "tesh", "gor", "wen", "shi", "qab", "nur", "hal"]
LETTERS = str.maketrans("abdeghiklmnoqrstuwz", "абдегхиклмнокрстувз")


def dump_line(number: int, name: str, code: str = "P.PPL", **changed: object) -> str:
    """One line of a dump; ``names``, ``lat``, ``lng``, ``country``, ``admin1`` and ``people`` may be given."""
    about = {"names": "", "lat": 20.0, "lng": 10.0, "country": "XX", "admin1": "01", "people": 0} | changed
    feature_class, feature = code.split(".")
    columns = [number, name, name, about["names"], about["lat"], about["lng"], feature_class, feature]
    columns += [about["country"], "", about["admin1"], "", "", "", about["people"], "", 300, "Asia/Xanadu"]
    return "\t".join(map(str, [*columns, "2026-11-01"])) + "\n"


def dump_lines(count: int) -> Iterator[str]:
    """That many lines of invented places, always the same; ids from 50,000,001 on, every third place in YY."""
    dice = random.Random(7)
    for number in range(count):
        word = "".join(dice.choices(SYLLABLES, k=3))
        name = f"{dice.choice(FIRST)} {word.title()}"
        yield dump_line(
            50_000_001 + number,
            name,
            dice.choice(CODES),
            names=f"{word.title()},{name.lower().translate(LETTERS).title()}",
            lat=round(dice.uniform(18, 22), 5),
            lng=round(dice.uniform(8, 12), 5),
            country="YY" if number % 3 == 2 else "XX",
            people=dice.choice([0, 0, 0, 800, 12_000]),
        )


def write_dump(path: Path, count: int) -> Path:
    """A dump of ``count`` lines in a text file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(dump_lines(count))
    return path
