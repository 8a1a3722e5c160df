"""Merge: which events of the articles say the same thing, and what do they say together?

Events that say the same become one claim with each report kept. Figures of different speakers stay different
claims, but share a fact, so that a page can show them side by side. Nothing is ever added up.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence

from geomap.likeness import place_key
from geomap.merge.combine import combined, ordered
from geomap.merge.facts import facts_of
from geomap.merge.same import says_same
from geomap.model import Article, Claim, Displacement, Event, Timeline

Reports = list[Event]
Key = tuple[str, str, str]
# Figures are compared within steps of five per cent, wider than the tolerance of two.
_FIGURE_STEP = 0.05


def merge(events: Sequence[Event], articles: Sequence[Article]) -> Timeline:
    """The claims that the events make, in order of date, family and id; undated ones last.

    The result depends on neither the order of the events nor that of the articles. An event joins a claim where it
    says the same as each of its reports; an undated one only where a single dated claim fits. Planned and projected
    events make claims of their own, never with what happened; a denial makes the claim it denies a contested one.

    Args:
        events: of any number of articles.
        articles: the articles they come from. The events of a copy (``Article.same_as``) are left out where the
            original tells them too.
    """
    by_id = {article.id: article for article in articles}
    originals = {article.id: article.same_as for article in articles if article.same_as}
    groups = _without_copies(_groups(events), originals)
    reports = [combined(ordered(group, by_id)) for group in groups]
    facts = facts_of([group[0] for group in reports])
    claims = [Claim(_claim_id(group[0]), facts[group[0].id], group) for group in reports]
    return Timeline(tuple(sorted(claims, key=_order)))


def _groups(events: Iterable[Event]) -> list[Reports]:
    """The events gathered by what they say, dated ones first, so that they decide what undated ones may join."""
    groups: list[Reports] = []
    by_key: dict[Key, list[Reports]] = {}
    unique = {event.id: event for event in events}
    for event in sorted(unique.values(), key=_dated_first):
        key, *others = _keys(event)
        near = [group for one in (key, *others) for group in by_key.get(one, ())]
        fitting = [group for group in near if all(says_same(event, other) for other in group)]
        is_undated = event.when.start is None
        if fitting and not (is_undated and len(fitting) > 1):
            fitting[0].append(event)
            continue
        groups.append([event])
        by_key.setdefault(key, []).append(groups[-1])
    return groups


def _keys(event: Event) -> list[Key]:
    """What two events must share to be compared, the event's own key first: family, reality, and place or figure.

    A group is kept under its first event's key. The keys beside a figure's own hold figures within tolerance of it.
    """
    reality = event.modality if event.modality in ("planned", "projected") else "actual"
    if not isinstance(event, Displacement):
        return [(event.family, reality, place_key(event.location) or event.id)]
    value = event.quantity.value
    if not value or value < 0:
        return [(event.family, reality, "vague")]
    step = round(math.log(value) / _FIGURE_STEP)
    return [(event.family, reality, str(one)) for one in (step, step - 1, step + 1)]


def _dated_first(event: Event) -> tuple[object, ...]:
    when = event.when
    if when.start is None or when.end is None:
        return (1, "", "", 0, event.evidence.article_id, event.evidence.start, event.id)
    # A denial comes last on its day: it joins what it denies.
    is_denial = event.modality == "denied"
    return (0, f"{when.end}", f"{when.start}", is_denial, event.evidence.article_id, event.evidence.start, event.id)


def _without_copies(groups: Iterable[Reports], originals: Mapping[str, str]) -> list[Reports]:
    return [_originals(group, originals) for group in groups]


def _originals(group: Reports, originals: Mapping[str, str]) -> Reports:
    """The reports but those of a copy whose original is among them."""
    told_by = {event.evidence.article_id for event in group}
    return [event for event in group if originals.get(event.evidence.article_id) not in told_by]


def _claim_id(event: Event) -> str:
    return f"{event.family}-{hashlib.sha256(event.id.encode()).hexdigest()[:10]}"


def _order(claim: Claim) -> tuple[str, str, str, str]:
    when = claim.event.when
    unknown = "9999-99-99"
    return (str(when.end or unknown), str(when.start or unknown), claim.event.family, claim.id)
