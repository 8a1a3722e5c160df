from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter

from geomap.errors import GazetteerError, PlanError
from geomap.yamlfile import Form, check_yaml, load_entries, read_yaml


class Names(Form):
    strong: tuple[str, ...] = ()


class Entry(Form):
    id: str
    lat: Annotated[float, Field(ge=-90, le=90)]
    kind: Literal["town", "village"] = "town"
    people: int = 0
    is_open: bool = False
    since: dt.date | None = None
    names: Names = Names()
    sources: dict[str, str] = Field(default_factory=dict)


ENTRIES = TypeAdapter(list[Entry])
FINE = "- id: xx-a\n  lat: 1.5\n"


def problems_of(tmp_path: Path, content: str | bytes) -> list[str]:
    path = tmp_path / "a.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return check_yaml(path, ENTRIES, label="a.yml")


def test_a_file_is_read_as_its_form(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(FINE + "  since: 2019-12-24\n  names: {strong: [Marsa, 'Al-Marsa']}\n", encoding="utf-8")

    assert read_yaml(path, list[Entry]) == [
        Entry(id="xx-a", lat=1.5, since=dt.date(2019, 12, 24), names=Names(strong=("Marsa", "Al-Marsa")))
    ]


# What stands after the id and the latitude of a fine entry, and the message on its third line.
VALUES = {
    "kind: vilage": 'xx-a: kind: found "vilage", expected one of town, village; did you mean village?',
    "pepole: 3": "xx-a: found the unknown field pepole, expected one of id, lat, kind, people, is_open, since, "
    "names, sources; did you mean people?",
    "names: {stong: [A]}": "xx-a: names: found the unknown field stong, expected strong; did you mean strong?",
    "people: 1.5": "xx-a: people: found 1.5, expected a whole number",
    'people: "15"': 'xx-a: people: found "15", expected a whole number',
    "people:": "xx-a: people: found nothing, expected a whole number",
    "is_open: 1": "xx-a: is_open: found 1, expected true or false",
    "is_open: yes": 'xx-a: is_open: found the boolean yes; write "yes" for the text, or true or false',
    "sources: {a: NO}": 'xx-a: sources: a: found the boolean NO; write "NO" for the text, or true or false',
    "sources: {no: b}": 'xx-a: sources: found the boolean no; write "no" for the text, or true or false',
    "sources: {a: 12}": "xx-a: sources: a: found 12, expected text (put it in quotes)",
    "people: 0123": "xx-a: people: found 0123, a number with a leading zero (octal to some readers); "
    'write "0123" for the text',
    "people: 0x1f": "xx-a: people: found 0x1f, a number that is not decimal; write it in decimal, "
    'or "0x1f" for the text',
    "people: 12:30": 'xx-a: people: found 12:30, a number to base 60 to some readers; write "12:30"',
    "people: 1_000": 'xx-a: people: found 1_000, a number with _ in it; write it without, or "1_000" for the text',
    "lat: 2": "xx-a: found the field lat again (first on line 2), expected it once",
    "names: [A]": "xx-a: names: found a list of 1, expected fields and values",
    "since: 24/12/2019": 'xx-a: since: found "24/12/2019", expected a date such as 2019-12-24',
    "people: &many 3": "xx-a: people: found the anchor &many, expected a plain value; delete it",
    "since: *anchor": "found the alias *anchor, expected the value itself; write it out",
    "people: !!int 3": "xx-a: people: found the tag tag:yaml.org,2002:int, expected a plain value; delete the tag",
}


@pytest.mark.parametrize("row", VALUES)
def test_a_wrong_value_is_told_with_its_line_and_what_was_expected(tmp_path: Path, row: str) -> None:
    assert problems_of(tmp_path, FINE + f"  {row}\n") == [f"a.yml:3: {VALUES[row]}"]


LATITUDES = {
    "456.0": "found 456.0, expected a number not above 90",
    "-90.5": "found -90.5, expected a number not below -90",
    ".nan": "found .nan, expected a finite number",
    "-.inf": "found -.inf, expected a finite number",
    "north": 'found "north", expected a number',
}


@pytest.mark.parametrize("value", LATITUDES)
def test_an_impossible_coordinate_is_told(tmp_path: Path, value: str) -> None:
    assert problems_of(tmp_path, f"- id: xx-a\n  lat: {value}\n") == [f"a.yml:2: xx-a: lat: {LATITUDES[value]}"]


FILES: dict[bytes, str] = {
    b"": "a.yml:1: found an empty file, expected entries; delete the file or fill it",
    b"# only a comment\n": "a.yml:1: found an empty file, expected entries; delete the file or fill it",
    b"\xef\xbb\xbf- id: a\n": "a.yml:1: found a byte order mark, expected plain UTF-8; "
    "save the file as UTF-8 without BOM",
    b"# a\n- id: \xe9\n": "a.yml:2: found the byte 0xe9, expected UTF-8; save the file as UTF-8",
    b"- id: a\n\tlat: 1\n": "a.yml:2: found a tab in the indentation, expected spaces",
    b"id: a\n": "a.yml:1: found fields and values, expected a list",
    b"- id: a\n  lat: 1\n---\n- id: b\n": "a.yml:3: found a second document after ---, expected one",
    b"- [a\n": "a.yml:2: found broken YAML (did not find expected ',' or ']'); "
    "is a quote, a colon or an indentation wrong above?",
    b"[" * 100_000 + b"]" * 100_000: "a.yml:1: found values nested more than 30 deep, expected a flat file",
    b"- {[a]: b}\n": "a.yml:1: found a list or fields as the name of a field, expected text",
}


@pytest.mark.parametrize("content", FILES, ids=[str(number) for number in range(len(FILES))])
def test_a_file_that_is_no_plain_yaml_is_told(tmp_path: Path, content: bytes) -> None:
    assert problems_of(tmp_path, content) == [FILES[content]]


def test_all_problems_are_told_at_once_in_order_of_lines(tmp_path: Path) -> None:
    content = "- id: xx-a\n  lat: 91\n- lat: 1\n- id: NO\n  lat: 2\n  kind: twon\n"

    assert problems_of(tmp_path, content) == [
        "a.yml:2: xx-a: lat: found 91, expected a number not above 90",
        "a.yml:3: item 2: found no field id, expected one",
        'a.yml:4: NO: id: found the boolean NO; write "NO" for the text, or true or false',
        'a.yml:6: NO: kind: found "twon", expected one of town, village; did you mean town?',
    ]


def test_words_that_only_resemble_traps_are_text(tmp_path: Path) -> None:
    texts = ["No Name", "on-Don", "2019-12-24", "1.2.3", "Nan", "007 Bay", "1e", "+", "."]
    path = tmp_path / "a.yml"
    path.write_text("".join(f"- {text}\n" for text in texts), encoding="utf-8")

    assert read_yaml(path, list[str]) == texts


def test_quoted_values_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text('- "NO"\n- \'0123\'\n- "12"\n', encoding="utf-8")

    assert read_yaml(path, list[str]) == ["NO", "0123", "12"]


def test_the_caller_names_the_error_that_is_raised(tmp_path: Path) -> None:
    missing = tmp_path / "none.yml"

    with pytest.raises(PlanError, match="cannot be read: No such file or directory; is the path right"):
        read_yaml(missing, ENTRIES, error=PlanError)
    with pytest.raises(GazetteerError):
        read_yaml(missing, ENTRIES)


def test_entries_without_problems_are_kept_beside_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    broken = "- id: xx-b\n  lat: 100\n- id: xx-c\n  lat: 3\n  lat: 4\n"
    path.write_text(FINE + broken + "- id: xx-d\n  lat: 5\n", encoding="utf-8")

    loaded = load_entries(path, ENTRIES, label="a.yml")

    assert [entry.id for entry in loaded.value or ()] == ["xx-a", "xx-d"]
    assert loaded.numbers == (0, 3)
    assert len(loaded.problems) == 2
    assert loaded.where(3, "lat") == "a.yml:9: xx-d: lat"
