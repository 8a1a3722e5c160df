"""The parse: what is done to make it fast changes nothing of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from geomap.extract.grammar.attributes import RememberedRuler
from geomap.extract.grammar.parse import language, parse
from geomap.model import Article, Sentence
from geomap.split import split

_CASES = Path(__file__).parent / "cases"
# Words that the model's patterns over two tokens, or by a regular expression, are about.
_ODD = [
    "They ain't gone, nothin' is.",
    "Let's go. I gotta go, c'm on, you gonna see.",
    "There are two, y'all.",
    " \n ",
]


def _texts() -> list[str]:
    names = ("extract.yml", "displacement.yml", "attribution.yml")
    tables = [yaml.safe_load((_CASES / name).read_text("utf-8")) for name in names]
    return [case["text"] for table in tables for cases in table.values() for case in cases]


def _attributes(doc: Any) -> list[tuple[str, str, str, str]]:
    return [(token.tag_, token.pos_, str(token.morph), token.lemma_) for token in doc]


def test_remembered_attributes_are_those_that_the_ruler_sets() -> None:
    nlp = language()
    ruler: Any = nlp.get_pipe("attribute_ruler")
    remembered = RememberedRuler(ruler)
    texts = [*_texts(), *_ODD] * 2  # the second time nothing is new
    asked = nlp.pipe(texts, disable=["attribute_ruler", "lemmatizer"])
    for doc, own in zip(asked, nlp.pipe(texts, disable=["lemmatizer"]), strict=True):
        assert _attributes(remembered(doc)) == _attributes(own), doc.text


@pytest.mark.parametrize("size", [2, 7, 64])
def test_a_parse_does_not_depend_on_what_is_parsed_with_it(size: int) -> None:
    sentences: list[Sentence] = []
    for text in _texts()[:128]:
        sentences += split(Article(id="a", text=text, date=dt.date(2020, 2, 8)))
    alone = [parse([(sentence, ())])[0] for sentence in sentences]
    for first in range(0, len(sentences), size):
        together = parse([(sentence, ()) for sentence in sentences[first : first + size]])
        for doc, own in zip(together, alone[first:], strict=False):
            assert doc.to_bytes() == own.to_bytes(), doc.text
