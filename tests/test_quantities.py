"""Quantities: text -> figures and what they count, from the table in cases/quantities.yml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract.quantities import CountedThing, find_quantities
from geomap.extract.quantities.words import lexicon

CASES = yaml.load((Path(__file__).parent / "cases" / "quantities.yml").read_text("utf-8"), yaml.BaseLoader)["cases"]
SHORT = {"exact": "exact", "more_than": "more", "less_than": "less", "approximately": "about"}


def _told(one: CountedThing) -> str:
    figure = one.quantity
    value = "-" if figure.value is None else f"{figure.value:.0f}"
    if figure.low is not None:
        value = f"{figure.low:.0f}..{figure.high:.0f}"
    plus = "+" if one.is_additional else ""
    noun = f"{one.noun} {one.noun_class}" if one.noun else "-"
    return f"{figure.text} | {value} {SHORT[figure.quantifier]}{plus} | {noun}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_figure_keeps_its_hedge_and_noun(case: dict[str, Any]) -> None:
    found = find_quantities(case["text"])
    assert [_told(one) for one in found] == case["found"]
    for one in found:
        assert case["text"][one.start : one.end] == one.quantity.text
        assert case["text"][one.noun_start : one.noun_end] == one.noun


def test_upper_end_of_a_range_is_its_value() -> None:
    quantity = find_quantities("Between 10,000 and 12,000 people left.")[0].quantity
    assert (quantity.value, quantity.low, quantity.high) == (12000, 10000, 12000)


def test_people_and_households_have_units_and_other_things_none() -> None:
    found = find_quantities("It moved 300 families, 40 villagers, 12 fighters and 9 trucks.")
    assert [one.unit for one in found] == ["households", "people", "people", None]


def test_figure_of_casualties_is_marked_even_without_a_noun() -> None:
    words = lexicon().casualty_leads
    texts = ["A raid hit a bus, wounding 82.", words.example, words.counter_example]
    found = [find_quantities(text)[0].noun_class for text in texts]
    assert found == ["casualties", "casualties", "people"]


@pytest.mark.parametrize("name", sorted(lexicon().nouns))
def test_example_of_a_class_counts_its_noun(name: str) -> None:
    assert [one.noun_class for one in find_quantities(lexicon().nouns[name].example)] == [name]


def test_examples_of_the_lexicon_give_figures() -> None:
    words = lexicon()
    hedges = [one.example for one in (*words.hedges.values(), *words.hedges_after.values())]
    lists = (words.numbers, words.scales, words.short_scales, words.fractions)
    others = (words.vague_plurals, words.vague_counts, words.fillers, words.additional, words.displaced)
    examples = [*hedges, *(one.example for one in lists), *(one.example for one in others), words.peoples.example]
    assert [text for text in examples if not find_quantities(text)] == []


def test_counter_examples_and_measures_give_none() -> None:
    words = lexicon()
    lists = (words.numbers, words.short_scales, words.fractions)
    texts = [one.counter_example for one in lists] + [words.vague_counts.counter_example]
    texts += [
        words.units_of_measure.example,
        words.money_signs.example,
        words.labels.example,
        words.not_household.example,
    ]
    assert [text for text in texts if find_quantities(text)] == []
