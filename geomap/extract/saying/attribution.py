"""Attribution: who says what a sentence tells?

The innermost speaker counts: in "attacks which he said had displaced 30,000, his spokesman said" it is he.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from geomap.extract.dates import find_dates
from geomap.extract.document import Document
from geomap.extract.grammar.syntax import is_apart, objects, subjects
from geomap.extract.lexicon import any_of, reporting
from geomap.extract.saying.behind import speaker_behind
from geomap.extract.saying.reports import SPEAKING, governing, main_speaker, subject_of_report
from geomap.extract.saying.speakers import OWN_VOICE, Speaker, named_speaker, speaker_by_words, speaker_of_name
from geomap.extract.triggers import Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTES = re.compile(r"[\"“”„«»]")


def speaker_of(document: Document, index: int, trigger: Token) -> Speaker:
    """Return who says what the trigger tells; ``OWN_VOICE`` where the article itself does."""
    return (
        governing(document, index, trigger)
        or _according_to(document, index, trigger)
        or _at_the_end(document, index, trigger)
        or _of_quotation(document, index, trigger)
        or _credited(document, index)
        or _of_account(document, index)
        or speaker_behind(document, index)
        or OWN_VOICE
    )


def _according_to(document: Document, index: int, trigger: Token) -> Speaker | None:
    text = document.sentences[index].text
    for phrase in reporting("phrase"):
        for match in re.finditer(rf"\b{phrase}\b", text, re.IGNORECASE):
            noun = next(
                (t for t in trigger.doc if t.idx > match.end() and t.dep_ in ("pobj", "nsubj", "ROOT", "conj")),
                None,
            )
            if noun is not None and not any(c.lower_ in ("our", "my") for c in noun.children):
                return named_speaker(document, index, noun)
    return None


def _at_the_end(document: Document, index: int, trigger: Token) -> Speaker | None:
    """A reporting clause that the parser did not hang on the trigger: "..., the monitor said on Monday."""
    for verb in trigger.doc:
        if (
            verb.lemma_ not in reporting("verb")
            or verb.pos_ != "VERB"
            or verb is trigger
            or is_apart(trigger, verb)
        ):
            continue
        if verb.dep_ not in ("ROOT", "parataxis", "conj", "ccomp") or (
            trigger in verb.subtree and verb.dep_ == "conj"
        ):
            continue
        own = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
        own = [t for t in own if t.lower_ not in SPEAKING]
        if own and verb.i > trigger.i and trigger in verb.subtree:
            return named_speaker(document, index, own[0])
        ends = all(t.is_punct or t.i <= verb.i + 6 for t in trigger.doc[verb.i + 1 :])
        if own and verb.i > trigger.i and ends and not objects(verb):
            return named_speaker(document, index, own[0])
    return _last_words(document, index, trigger)


def _last_words(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The noun right before a reporting verb that ends the sentence, whatever the parser made of it."""
    words = [t for t in trigger.doc if not t.is_punct and not t.is_space]
    for verb in words[-5:]:
        if (
            verb.lemma_ not in reporting("verb")
            or verb.tag_ not in ("VBD", "VBZ", "VBN", "VBP")
            or verb.i <= trigger.i + 1
            or is_apart(trigger, verb)
        ):
            continue
        if verb.doc[verb.i - 1].text == "," and verb.doc[verb.i - 2].dep_ == "appos":
            return named_speaker(document, index, _office_of(document, index, verb.doc[verb.i - 2]))
        noun = _without_its_phrase(verb.doc[verb.i - 1])
        if noun.pos_ in ("NOUN", "PROPN") and noun is not trigger:
            return speaker_by_words(document, index, noun, _words_up_to(noun))
    return None


def _office_of(document: Document, index: int, name: Token) -> Token:
    """The office that a name stands behind ("a spokesman, Omar Daoud, said"), never a place before both."""
    is_office = name.dep_ == "appos" and document.location_at(index, name.head) is None
    return name.head if is_office else name


def _without_its_phrase(noun: Token) -> Token:
    """The noun that "in Moscow" or "for the group" hangs on ("the ministry in Moscow said")."""
    above = noun.head.head
    is_close = noun.dep_ == "pobj" and above.pos_ in ("NOUN", "PROPN") and noun.head.i == above.i + 1
    first = above.left_edge.i
    is_opened = first == 0 or noun.doc[first - 1].is_punct
    return above if is_close and is_opened else noun


def _words_up_to(noun: Token) -> str:
    first = noun.i
    if noun.tag_ == "NNS" and any(t.lower_ in ("a", "an") for t in noun.children):
        return str(noun.text)  # "in a northern province activists said"
    while first and noun.doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ") and noun.i - first < 7:
        first -= 1
    return str(noun.doc[first : noun.i + 1].text)


def _of_quotation(document: Document, index: int, trigger: Token) -> Speaker | None:
    """The speaker of a quotation that runs over several sentences, from the sentence after or before."""
    if not _is_quoted(document, index, trigger):
        return None
    paragraph = document.sentences[index].paragraph
    for at in (index + 1, index - 1, index + 2, index - 2):
        if 0 <= at < len(document.sentences) and abs(document.sentences[at].paragraph - paragraph) <= 1:
            found = main_speaker(document, at)
            if found is not None:
                return found
    return None


def _credited(document: Document, index: int) -> Speaker | None:
    """The source that the sentence or the end of its paragraph credits: "Source: the agency"."""
    paragraph = document.sentences[index].paragraph
    for at in range(index, len(document.sentences)):
        sentence = document.sentences[at]
        if sentence.paragraph != paragraph:
            return None
        credit = _credits().search(sentence.text)
        if credit is not None:
            return speaker_of_name(document, at, credit["name"].strip(), credit.start("name"))
    return None


@functools.cache
def _credits() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(reporting('credit'))}\s*:\s*(?P<name>[^.;:,()\n\[\]]+)", re.IGNORECASE)


def _of_account(document: Document, index: int) -> Speaker | None:
    """The source whose account goes on: he speaks before and behind in the paragraph, or as "he" before its end.

    Not behind "he said" where the sentence has a day of its own: that is news.
    """
    told = _told_in(document, index - 1, document.sentences[index].paragraph)
    if told is None:
        return None
    speaker, is_pronoun = told
    if not _is_in(document, index + 1, document.sentences[index].paragraph):
        return speaker if is_pronoun and not _has_day(document, index) else None
    behind = _told_in(document, index + 1, document.sentences[index].paragraph)
    return speaker if behind is not None and behind[0].name == speaker.name else None


def _has_day(document: Document, index: int) -> bool:
    found = find_dates(document.sentences[index].text, document.article.date)
    return any(one.kind == "day" for one in found)


def _is_in(document: Document, index: int, paragraph: int) -> bool:
    return 0 <= index < len(document.sentences) and document.sentences[index].paragraph == paragraph


def _told_in(document: Document, index: int, paragraph: int) -> tuple[Speaker, bool] | None:
    """Who speaks by the main verb of a sentence of that paragraph, and whether as a pronoun."""
    if not _is_in(document, index, paragraph) or not _reports().among(document.words(index)):
        return None
    root = next((t for t in document.doc(index) if t.dep_ == "ROOT"), None)
    if root is None or root.lemma_ not in reporting("verb"):
        return None
    speaker = subject_of_report(document, index, root)
    return None if speaker is None else (speaker, any(t.pos_ == "PRON" for t in subjects(root)))


@functools.cache
def _reports() -> Phrases:
    return Phrases(reporting("verb"))


def _is_quoted(document: Document, index: int, trigger: Token) -> bool:
    """Whether an odd number of quotation marks stands before the trigger in its paragraph."""
    first = index
    while first and document.sentences[first - 1].paragraph == document.sentences[index].paragraph:
        first -= 1
    start = document.sentences[first].start
    before = document.article.text[start : document.sentences[index].start + trigger.idx]
    return len(_QUOTES.findall(before)) % 2 == 1
