"""Merge: which events of the articles say the same thing, and what do they say together?

Events that say the same become one claim with each report kept. Figures of different speakers stay different
claims, but share a fact, so that a page can show them side by side. Nothing is ever added up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from geomap.likeness import place_key
from geomap.merge.combine import combined, ordered
from geomap.merge.facts import facts_of
from geomap.merge.same import says_same
from geomap.model import Article, Claim, Event, Timeline

Reports = list[Event]


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
    buckets: dict[tuple[str, ...], list[Reports]] = {}
    unique = {event.id: event for event in events}
    for event in sorted(unique.values(), key=_dated_first):
        groups = buckets.setdefault(_bucket(event), [])
        fitting = [group for group in groups if all(says_same(event, other) for other in group)]
        is_undated = event.when.start is None
        if fitting and not (is_undated and len(fitting) > 1):
            fitting[0].append(event)
        else:
            groups.append([event])
    return [group for groups in buckets.values() for group in groups]


def _bucket(event: Event) -> tuple[str, ...]:
    """What two events must share before they are compared: family, reality, and of control and posts the place."""
    reality = event.modality if event.modality in ("planned", "projected") else "actual"
    place = "" if event.family == "displacement" else place_key(event.location) or event.id
    return (event.family, reality, place)


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
