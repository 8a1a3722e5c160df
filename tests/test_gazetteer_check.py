from __future__ import annotations

from pathlib import Path

import pytest

from geomap.gazetteer import check_gazetteer, format_gazetteer
from geomap.gazetteer.schema import json_schema
from geomap.gazetteer.write import format_yaml
from tests.conftest import ROOT
from tests.gazetteer_data import ACTORS, NORTH, write_data


def test_clean_data_has_no_problems(tmp_path: Path) -> None:
    assert check_gazetteer(write_data(tmp_path)) == []


VILLAGE = "- id: {id}\n  name: {name}\n  kind: village\n  lng: {lng}\n  lat: {lat}\n  parent: {parent}\n"
FIELDS = {"id": "xx-new", "name": "New", "lng": "10.2", "lat": "21.2", "parent": "xx-north"}


def village(**values: str) -> str:
    return VILLAGE.format(**(FIELDS | values))


AT = "places/xx/north.yml:"

# What a new village says, what more it says, and the message.
ENTRIES = [
    ({"id": "xx-marsa"}, "", f"{AT}28: xx-marsa: id: found xx-marsa again (first at {AT}9), expected it once"),
    ({"id": "yy-new"}, "", f"{AT}28: yy-new: id: found yy-new in xx/, expected xx-..."),
    ({"parent": "xx-south"}, "", f"{AT}33: xx-new: parent: found xx-south, expected the id of a place"),
    ({"parent": "xx-new"}, "", f"{AT}33: xx-new: parent: found xx-new, which lies in xx-new itself"),
    ({"lng": "0", "lat": "0"}, "", f"{AT}31: xx-new: lng: found 0, 0, expected where the place is"),
    (
        {"lng": "21.2", "lat": "10.2"},
        "",
        f"{AT}32: xx-new: lat: found a point 1696 km from its parent xx-north, expected at most 450; "
        "are lng and lat the right way round?",
    ),
    (
        {"name": "Telfer"},
        "names: {strong: [tell al-nur]}",
        f"{AT}28: xx-new: found the strong name tell al nur that xx-tell-nur has too, "
        "expected it under names.weak of one of them",
    ),
    ({}, "names: {weak: [Neu, Neu]}", f"{AT}34: xx-new: names: weak: item 2: found Neu again, expected it once"),
    (
        {},
        "examples: [They left Old.]",
        f'{AT}34: xx-new: examples: item 1: found no name of xx-new in "They left Old.", expected one',
    ),
    (
        {},
        "sources: {atlas: p3}",
        f"{AT}34: xx-new: sources: atlas: found atlas, expected a source of sources.yml; add it there",
    ),
    (
        {"name": "Bridge"},
        "",
        "not_places.yml:4: Bridge: found Bridge, a strong name of xx-new; make it weak there or drop it here",
    ),
    (
        {},
        "names: {Arabic: [x1]}",
        f"{AT}34: xx-new: names: found the field Arabic, expected strong, weak or a language code (ar, zh_Hant)",
    ),
]


@pytest.mark.parametrize(("values", "more", "message"), ENTRIES, ids=[message[-30:] for *_, message in ENTRIES])
def test_a_wrong_entry_is_told(tmp_path: Path, values: dict[str, str], more: str, message: str) -> None:
    north = NORTH + village(**values) + (f"  {more}\n" if more else "")

    assert check_gazetteer(write_data(tmp_path, north=north)) == [message]


def test_a_weak_name_may_be_that_of_another_place(tmp_path: Path) -> None:
    north = NORTH + village(name="Port") + "  names: {weak: [Marsa]}\n"

    assert check_gazetteer(write_data(tmp_path, north=north)) == []


def test_a_circle_of_parents_is_told_for_each_of_them(tmp_path: Path) -> None:
    north = NORTH.replace("  parent: xx\n", "  parent: xx-marsa\n")

    assert check_gazetteer(write_data(tmp_path, north=north)) == [
        f"{AT}7: xx-north: parent: found xx-marsa, which lies in xx-north itself",
        f"{AT}14: xx-marsa: parent: found xx-north, which lies in xx-marsa itself",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#0072b2", "blue", 'actors.yml:6: xx-army: colour: found "blue", expected text of the form #[0-9a-f]{6}'),
        (
            "aliases: [XAF",
            "aliases: [rebels",
            "actors.yml:11: rebels: found the name rebels that xx-army has too, expected it once",
        ),
        (
            "The rebels left.",
            "All left.",
            'actors.yml:14: rebels: example: found no name of rebels in "All left.", expected one',
        ),
    ],
)
def test_a_wrong_actor_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert check_gazetteer(write_data(tmp_path, actors=ACTORS.replace(old, new))) == [message]


def test_problems_of_form_and_of_meaning_are_told_together(tmp_path: Path) -> None:
    north = NORTH + village(lat="456.0") + "- id: yy-new\n  name: N2\n  kind: water\n  lng: 1\n  lat: 1\n"

    assert len(check_gazetteer(write_data(tmp_path, north=north))) == 2


def test_the_canonical_form_is_stable(tmp_path: Path) -> None:
    data = write_data(tmp_path)
    format_gazetteer(data)
    before = {path: path.read_bytes() for path in data.rglob("*.yml")}

    assert format_gazetteer(data) == []
    assert {path: path.read_bytes() for path in data.rglob("*.yml")} == before


def test_checking_the_form_writes_nothing(tmp_path: Path) -> None:
    data = write_data(
        tmp_path, north=NORTH.replace("  name: Marsa\n  kind: city\n", "  kind: city\n  name: Marsa\n")
    )
    path = data / "places" / "xx" / "north.yml"
    before = path.read_bytes()

    assert path in format_gazetteer(data, write=False)
    assert path.read_bytes() == before


UNTIDY = """\
# Head.


- lat: 20.50   # of the mosque
  id: xx-a
  "name": "A B"
  names: {weak: [], ar: ["مرسى"], strong: ["4th Camp", 'No', Tell 'Ayn]}
  # checked twice
  examples:
    - "One, two: A B."
  note: >-
    long text long text long text long text long text long text long text long text long text long text and on, the
    end
# --- next
- {name: B, id: xx-b}
"""
TIDY = """\
# Head.

# of the mosque
# checked twice
- id: xx-a
  name: A B
  lat: 20.50
  names:
    strong: ["4th Camp", "No", Tell 'Ayn]
    ar: [مرسى]
  examples: ["One, two: A B."]
  note: >-
    long text long text long text long text long text long text long text long text long text long text and on,
    the end
# --- next
- id: xx-b
  name: B
"""


def test_the_canonical_form_orders_fields_and_keeps_comments() -> None:
    assert format_yaml(UNTIDY.encode()) == TIDY.encode()


@pytest.mark.parametrize("content", ["a: b\n", "- [a]\n", "- a: NO\n", "[{a: b}]\n", "", "- a: b: c\n"])
def test_what_is_no_list_of_entries_is_left_as_it_is(content: str) -> None:
    assert format_yaml(content.encode()) is None


def test_the_json_schema_is_that_of_the_forms() -> None:
    shipped = (ROOT / "gazetteer" / "schema.json").read_text(encoding="utf-8")

    assert shipped == json_schema(), "run: python -m geomap.gazetteer.schema > gazetteer/schema.json"


def test_the_shipped_data_is_clean() -> None:
    assert check_gazetteer(ROOT / "gazetteer") == []


def test_the_shipped_data_is_in_canonical_form() -> None:
    assert format_gazetteer(ROOT / "gazetteer", write=False) == [], "run: geomap gazetteer format"
