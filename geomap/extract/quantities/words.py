"""The quantity reader's lexicon and the named parts its patterns are built from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geomap.extract.lexicon import Values, Words
from geomap.model import Quantifier, Unit
from geomap.yamlfile import Form, read_yaml

LEXICON = Path(__file__).parent.parent / "lexicon" / "quantities.yml"


class Nouns(Form):
    """The nouns of a class: forms that go with one, forms that go with many."""

    unit: Unit | None = None
    one: list[str]
    many: list[str]
    example: str
    counter_example: str = ""


class Peoples(Form):
    """How the name of a people is known: its ending, or the name itself."""

    endings: list[str]
    words: list[str]
    not_words: list[str]
    example: str


class Shares(Form):
    """Names of shares with what they are of one."""

    words: dict[str, float]
    example: str


class QuantityLexicon(Form):
    """All lists of ``lexicon/quantities.yml``, under the names they have there."""

    numbers: Values
    scales: Values
    short_scales: Values
    fractions: Values
    vague_plurals: Words
    vague_counts: Words
    shares: Shares
    vague_shares: Words
    hedges: dict[Quantifier, Words]
    hedges_after: dict[Quantifier, Words]
    fillers: Words
    additional: Words
    nouns: dict[str, Nouns]
    peoples: Peoples
    kin: Words
    displaced: Words
    casualty_verbs: Words
    casualty_leads: Words
    one_leads: Words
    not_household: Words
    units_of_measure: Words
    money_signs: Words
    labels: Words
    stops: Words
    glued: Words


@cache
def lexicon() -> QuantityLexicon:
    """The lexicon, read once.

    Raises:
        GazetteerError: ``quantities.yml`` does not follow its schema.
    """
    return read_yaml(LEXICON, QuantityLexicon)


def plain(text: str) -> str:
    """The words in lower case with single spaces, as the lexicon writes them."""
    return " ".join(text.lower().split())
