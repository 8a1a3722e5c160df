"""Recognize: which names are found, which act, and that each entry of the lexicon does what it says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from geomap.gazetteer import Gazetteer
from geomap.model import Article, Mention
from geomap.recognize import recognize
from geomap.recognize.cues import after_cues, before_cues
from geomap.recognize.judge import probability
from geomap.recognize.lexicon import CueEntry, RoleEntry, cue_entries, lexicon, role_entries
from geomap.recognize.words import read_words
from geomap.split import split

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "recognize.yml").read_text(encoding="utf-8"))
ROLES = ("place", "actor", "demonym")
NAME = re.compile(r"\[(.+?)\]")


def mentions_in(text: str, gazetteer: Gazetteer) -> list[Mention]:
    article = Article(id="a", text=text)
    return recognize(article, split(article), gazetteer)


def unmarked(example: str) -> tuple[str, int, int]:
    """The text of an example without its brackets, and where the name in them stands."""
    match = NAME.search(example)
    assert match is not None, f"{example} has no [name]"
    return NAME.sub(r"\1", example), match.start(), match.end() - 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_text_has_these_names_in_these_roles(case: dict[str, object], gazetteer: Gazetteer) -> None:
    found = mentions_in(str(case["text"]), gazetteer)
    by_role = {role: [each.text for each in found if each.role == role] for role in ROLES}
    assert by_role == {role: case.get(role, []) for role in ROLES}


def test_offsets_are_those_of_the_article_and_nothing_overlaps(gazetteer: Gazetteer) -> None:
    text = "\n\nBEIRUT, Lebanon - Ankara blamed Syria.\n\nHouma, La., and Idlib province were calm.\n"
    found = mentions_in(text, gazetteer)
    assert [text[each.start : each.end] for each in found] == [each.text for each in found]
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("entry", cue_entries(), ids=lambda entry: entry.cue)
def test_the_example_of_a_cue_has_the_cue_beside_its_name(entry: CueEntry) -> None:
    text, start, end = unmarked(entry.example)
    words = read_words(text, split(Article(id="a", text=text)))
    first, last = words.span(start, end)
    if entry.side == "extends":
        assert words.keys[last] in entry.words
        return
    found = {*before_cues(words, first, lexicon()), *after_cues(words, last, lexicon())}
    found |= {cue.removesuffix("_capital") for cue in found}
    assert entry.cue in found


@pytest.mark.parametrize("entry", role_entries().items(), ids=lambda item: item[0])
def test_the_example_of_a_role_acts_and_its_counter_example_does_not(
    entry: tuple[str, RoleEntry], gazetteer: Gazetteer
) -> None:
    name, role = entry
    acts, lies = role.example, role.counter_example
    if name == "locatives":  # they say the opposite
        acts, lies = lies, acts
    assert _role(acts, gazetteer) == "actor" or "[" not in acts
    assert _role(lies, gazetteer) == "place" or "[" not in lies


def _role(example: str, gazetteer: Gazetteer) -> str:
    if "[" not in example:
        return ""
    text, start, _ = unmarked(example)
    return next((each.role for each in mentions_in(text, gazetteer) if each.start == start), "none")


def test_every_cue_that_weighs_something_is_one_that_can_be_found() -> None:
    named = {entry.cue for entry in cue_entries()}
    source = "".join(path.read_text(encoding="utf-8") for path in _package().glob("*.py"))
    for cue in (*lexicon().weights.cues, *lexicon().unknown.cues):
        base = cue.removesuffix("_capital").removeprefix("small_").removeprefix("known_").removeprefix("name_")
        assert base in named or base in source, f"no code and no entry of cues.yml gives the cue {cue}"


def _package() -> Path:
    return Path(recognize.__code__.co_filename).parent


def test_a_country_inside_which_something_is_beats_a_town_after_a_given_name() -> None:
    weights = lexicon().weights
    assert probability(["country", "inside"], weights) > 0.9
    assert probability(["small_town", "given_before", "closes"], weights) < weights.threshold
