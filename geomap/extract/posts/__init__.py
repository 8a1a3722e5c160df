"""Posts: what becomes of observation posts, checkpoints, outposts and bases?

The nouns of post_nouns.yml name a post; a frame of posts.yml must hold it in one of its slots. A post that is only
a landmark ("stopped at a checkpoint") stands in no slot.

    nouns.py   which words mean a post      slots.py   what a frame holds
    who.py     who acts, whose it is        where.py   where the post stands
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.grammar.syntax import climb, subjects
from geomap.extract.lexicon import PostFrame, PostNoun, post_frames
from geomap.extract.modality import Verdict, reality
from geomap.extract.parties.find import Party, owner_in
from geomap.extract.past import is_remembered, is_usual
from geomap.extract.posts.nouns import PostMention, force_of, is_force, may_mean_post, owner_of, post_at, post_noun
from geomap.extract.posts.slots import (
    count_of,
    matches,
    sieges_of,
    slot_of,
    triggers_of,
)
from geomap.extract.posts.where import is_named_airbase, sites_of
from geomap.extract.posts.who import is_ours, party_in
from geomap.extract.war import is_about_war
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs of those who hold out: the attack that they meet happened ("repelled an attack on the base").
_WITHSTOOD = frozenset({"repel", "repulse", "fend", "withstand", "resist", "beat", "push"})


@dataclass(frozen=True, slots=True)
class PostReading:
    """One post in one frame, with who acts and whose it is; ``place_text`` where no gazetteer knows its place."""

    frame: PostFrame
    noun: PostNoun
    subtype: str
    trigger: Token
    head: Token
    location: Location | None
    place_text: str
    is_ours: bool
    actor: Party | None
    owner: Party | None
    count: int | None
    count_text: str
    verdict: Verdict


def find_posts(document: Document, index: int) -> Iterator[PostReading]:
    """Yield what a sentence says of posts, whether or not it happened; each post once, the closest frame first."""
    for head in document.doc(index):
        if not may_mean_post(head) or any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
            continue  # "no post was lost"
        # A post under siege can be attacked in the same breath; else the closest frame tells all.
        for triggers in (sieges_of(head), triggers_of(head)):
            found = next((f for t in triggers if (f := _framed(document, index, head, t)) is not None), None)
            if found is not None:
                yield from _read(document, index, *found)


def _framed(
    document: Document, index: int, head: Token, trigger: Token
) -> tuple[PostFrame, PostMention, Token] | None:
    for frame in _frames_by_word().get(trigger.lemma_.lower(), ()):
        if not matches(frame, trigger) or not any(head in slot_of(trigger, slot) for slot in frame.post):
            continue
        actor = _actor(document, index, frame, head, trigger)
        post = post_at(document, index, head, actor, frame.makes)
        if post is None or not _is_of(post.noun, frame, head) or _only_tells_which(frame, trigger, head):
            continue
        is_forces = actor is not None and is_force(document, actor)
        if frame.makes and subjects(trigger) and not is_forces and not is_about_war(document):
            continue
        needs_forces = frame.agent or (subjects(trigger) and (frame.armed or _may_be_anyones(post.noun, frame)))
        if needs_forces and not is_forces:
            continue
        return frame, post, trigger
    return None


@functools.cache
def _frames_by_word() -> dict[str, tuple[PostFrame, ...]]:
    """The frames of each verb and noun, in the order in which they are tried."""
    words = {word for frame in post_frames() for word in (*frame.verbs, *frame.nouns)}
    return {word: tuple(f for f in post_frames() if word in f.verbs or word in f.nouns) for word in words}


def _is_of(noun: PostNoun, frame: PostFrame, head: Token) -> bool:
    """Whether the noun is told of in such frames: a position is hit, and the shelling of positions is fighting."""
    is_one = head.tag_ == "NN" and not noun.strict
    return not noun.subtypes or is_one or frame.subtype in noun.subtypes


def _only_tells_which(frame: PostFrame, trigger: Token, head: Token) -> bool:
    """Whether a clause only tells which landmark is meant ("shot at a roadblock set up by gunmen")."""
    is_clause = trigger.dep_ in ("acl", "relcl") and trigger.head == head
    return is_clause and frame.subtype == "established" and head.dep_ == "pobj"


def _may_be_anyones(noun: PostNoun, frame: PostFrame) -> bool:
    """Whether others set such up too ("villagers set up roadblocks")."""
    return frame.makes and noun.kind == "checkpoint"


def _actor(document: Document, index: int, frame: PostFrame, head: Token, trigger: Token) -> Party | None:
    party = party_in(document, index, trigger, frame.actor, head)
    if party is not None or "subject" not in frame.actor:
        return party
    return next((p for noun in subjects(trigger) if (p := force_of(document, index, noun)) is not None), None)


def _read(
    document: Document, index: int, frame: PostFrame, post: PostMention, trigger: Token
) -> Iterator[PostReading]:
    head, named = post.head, post.named
    actor = _actor(document, index, frame, head, trigger)
    subtype, verdict = _told(frame, trigger, actor)
    if subtype is None or (subtype == "withdrawn" and (_is_ones_duty(head) or _is_for_a_while(trigger))):
        return
    owner = owner_of(document, post.at, named)
    if owner is None and frame.owner:
        owner = party_in(document, index, trigger, frame.owner, head)
    owner = owner or (None if is_ours(named) else owner_before(document, post.at, named))
    count, count_text = count_of(head)
    sites = sites_of(document, index, head, trigger, (post.at, named))
    for site in sites:
        if (site.is_itself or is_named_airbase(head)) and subtype in ("captured", "withdrawn"):
            continue  # a whole air base that changes hands is a place, told by control
        yield PostReading(
            frame,
            post.noun,
            subtype,
            trigger,
            head,
            site.location,
            site.name,
            is_ours(named),
            actor,
            owner,
            count if len(sites) == 1 else None,
            count_text,
            verdict,
        )


def _told(frame: PostFrame, trigger: Token, actor: Party | None) -> tuple[str | None, Verdict]:
    """What becomes of the post, and whether it happened; None where it only tells what is usual or long past."""
    subtype, verdict = frame.subtype, reality(trigger)
    if is_usual(trigger) or is_remembered(trigger):
        return None, verdict
    if subtype == "withdrawn" and verdict.reality in ("failed", "denied") and actor is not None:
        # Whose withdrawal is denied stays: "no plans to withdraw from the posts".
        return "maintained", Verdict("actual", verdict.cue)
    if subtype in ("attacked", "captured") and verdict.reality in ("failed", "planned") and _is_withstood(trigger):
        return "attacked", Verdict("actual", verdict.cue)
    if subtype == "maintained" and verdict.reality == "planned":
        return subtype, Verdict("actual", verdict.cue)
    return subtype, verdict


def _is_ones_duty(head: Token) -> bool:
    """Whether "their posts" are where men serve and no posts of a place ("soldiers abandoned their posts")."""
    if head.lemma_.lower() != "post" or any(c.dep_ not in ("poss", "punct", "cc", "conj") for c in head.children):
        return False
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)


def _is_for_a_while(trigger: Token) -> bool:
    """Whether men left to come back ("had left their base to escort a truck")."""
    if trigger.lemma_ != "leave":
        return False
    return any(c.dep_ in ("advcl", "xcomp") and c.tag_ == "VB" for c in trigger.children)


def _is_withstood(trigger: Token) -> bool:
    """Whether those attacked held out ("repelled an attempt to storm", "tried to storm, but was beaten back")."""
    if any(above.lemma_ in _WITHSTOOD for _, above in list(climb(trigger))[:4]):
        return True
    behind = trigger.doc[trigger.i :]
    return any(t.lemma_ in _WITHSTOOD and t.pos_ == "VERB" and t.tag_ == "VBN" for t in behind)


def owner_before(document: Document, index: int, head: Token) -> Party | None:
    """Return whose the posts are that were spoken of before ("some posts" after "Turkey's 12 posts")."""
    for at in range(index, max(index - 3, -1), -1):
        for token in reversed(list(document.doc(at))):
            if (at < index or token.i < head.i) and token.lemma_ == head.lemma_ and post_noun(token) is not None:
                owner = owner_in(document, at, token) or _owner_by_frame(document, at, token)
                if owner is not None:
                    return owner
    return None


def _owner_by_frame(document: Document, index: int, head: Token) -> Party | None:
    for trigger in triggers_of(head):
        for frame in post_frames():
            if (
                frame.owner
                and matches(frame, trigger)
                and any(head in slot_of(trigger, slot) for slot in frame.post)
            ):
                return party_in(document, index, trigger, frame.owner, head)
    return None
