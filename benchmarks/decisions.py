"""Decisions: what recognize and geocode have to decide in the labelled texts, with the right answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.fit import Decision
from benchmarks.labelled import Label, Labelled
from geomap.gazetteer import Gazetteer
from geomap.geocode.areas import is_area, km_between
from geomap.geocode.asks import Ask, read_asks
from geomap.geocode.evidence import Evidence, add_anchors, read_evidence
from geomap.geocode.features import features_of, features_of_none, read_case
from geomap.geocode.rank import anchors_of, choose
from geomap.model import Article, LngLat, Place, Span
from geomap.recognize import is_place, judged, recognize
from geomap.recognize.candidates import Candidate, find_candidates
from geomap.recognize.cues import SMALL_SIZES
from geomap.recognize.extent import end_of_name
from geomap.recognize.lexicon import Lexicon, lexicon
from geomap.recognize.unknown import find_unknown
from geomap.recognize.usage import Usage, read_usage
from geomap.recognize.words import Words, read_words
from geomap.split import split

BASE = "base"
# Further than this from every candidate the place meant is in no gazetteer; candidates this much further than the
# nearest one are as right, because a label's point is a writer's.
_FAR_KM = 161.0
_ALIKE_KM = 25.0


def name_decisions(text: Labelled, number: int, gazetteer: Gazetteer) -> Iterator[Decision]:
    """A decision for each name of the gazetteer in the text: is it a place?"""
    words, lex = _words(text), lexicon()
    for candidate in find_candidates(words, read_usage(words, lex), gazetteer, lex):
        if candidate.hit.is_demonym:
            continue
        ends = {candidate.hit.end, end_of_name(words, candidate.first, candidate.last, lex)}
        is_right = _is_labelled(candidate.hit.start, ends, text.labels)
        if is_right is not None:
            yield _yes_or_no(candidate.cues, is_right, number, weight_of(text, 0.1))


def unknown_decisions(text: Labelled, number: int, gazetteer: Gazetteer) -> Iterator[Decision]:
    """A decision for each capitalised name that the gazetteer lacks, and for its towns as if it lacked them."""
    words, lex = _words(text), lexicon()
    usage = read_usage(words, lex)
    candidates = find_candidates(words, usage, gazetteer, lex)
    places = [each for each in candidates if is_place(each, lex)]
    rejected = [Span(each.hit.start, each.hit.end) for each in candidates if not is_place(each, lex)]
    large = [each for each in places if each.hit.is_demonym or not each.cues & (SMALL_SIZES | {"mid_city"})]
    for known, share in ((places, 1.0), (large, 0.5)):
        yield from _unknown(text, words, usage, known, rejected, lex, number, share * weight_of(text, 0.5))


def _unknown(
    text: Labelled,
    words: Words,
    usage: Usage,
    known: Sequence[Candidate],
    rejected: Sequence[Span],
    lex: Lexicon,
    number: int,
    weight: float,
) -> Iterator[Decision]:
    for each in find_unknown(words, usage, list(judged(words, known, lex)), rejected, lex):
        is_right = _is_labelled(each.start, {each.end}, text.labels)
        if is_right is not None:
            yield _yes_or_no(each.cues, is_right, number, weight)


def weight_of(text: Labelled, hard: float) -> float:
    """How much a text counts: ``hard`` where it collects hard cases, 1 where it is what a newspaper prints."""
    return 1.0 if text.name.startswith("ordinary-") else hard


def _words(text: Labelled) -> Words:
    return read_words(text.text, split(Article(id=text.name, text=text.text), with_furniture=True))


def _yes_or_no(cues: set[str], is_right: bool, number: int, weight: float) -> Decision:
    return Decision([dict.fromkeys((*sorted(cues), BASE), 1.0), {}], [is_right, not is_right], number, weight)


def _is_labelled(start: int, ends: set[int], labels: Sequence[Label]) -> bool | None:
    """Whether a name is a labelled one, with or without its kind word; None where only a part of it is."""
    over = [label for label in labels if label.start < max(ends) and start < label.end]
    if not over:
        return False
    return True if any(label.start == start or label.end in ends for label in over) else None


# --- geocode ---------------------------------------------------------------------------------------------


def place_decisions(
    text: Labelled, number: int, gazetteer: Gazetteer, weights: Mapping[str, float]
) -> Iterator[Decision]:
    """A decision for each labelled name with a point: which of its places? ``weights`` give the certain ones."""
    article = Article(id=text.name, text=text.text)
    asks = read_asks(text.text, recognize(article, split(article), gazetteer), gazetteer)
    evidence = read_evidence(asks)
    add_anchors(evidence, anchors_of(choose(asks, weights)))
    for ask in asks:
        point = _point_of(ask, text.labels)
        if point is not None and ask.candidates and not ask.is_demonym:
            yield _place_decision(ask, point, evidence, number)


def _point_of(ask: Ask, labels: Sequence[Label]) -> LngLat | None:
    start, end = ask.mention.start, ask.mention.end
    over = (label for label in labels if label.start == start or label.end == end)
    return next((label.point for label in over), None)


def _place_decision(ask: Ask, point: LngLat, evidence: Evidence, number: int) -> Decision:
    case = read_case(ask, evidence)
    features = [features_of(case, each) for each in ask.namesakes]
    far = [_km(place, point) for place in ask.candidates]
    is_known = min(far) <= _FAR_KM
    is_right = [is_known and km <= min(far) + _ALIKE_KM for km in far]
    return Decision([*features, features_of_none(ask)], [*is_right, not is_known], number)


def _km(place: Place, point: LngLat) -> float:
    """How far the place is from the point, kilometres; anywhere inside a country or a region is there."""
    reach = place.radius_km if is_area(place) else 0.0
    return max(0.0, km_between(place.point, point) - reach)
