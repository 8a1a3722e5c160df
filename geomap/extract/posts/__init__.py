"""Posts: what becomes of observation posts, checkpoints, outposts and bases?

The nouns of post_nouns.yml name a post; a frame of posts.yml must hold it in one of its slots. A post that is only
a landmark ("stopped at a checkpoint") stands in no slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import PostFrame, PostNoun, noun_class, post_frames, post_nouns
from geomap.extract.modality import Verdict, reality
from geomap.extract.parties import Party, owner_in, party_of
from geomap.extract.posts.slots import (
    count_of,
    is_ours,
    matches,
    party_in,
    party_slot,
    place_of,
    run_by,
    sieges_of,
    slot_of,
    triggers_of,
)
from geomap.extract.syntax import subjects
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class PostReading:
    """One post in one frame, with who acts and whose it is."""

    frame: PostFrame
    noun: PostNoun
    subtype: str
    trigger: Token
    head: Token
    location: Location | None
    is_ours: bool
    actor: Party | None
    owner: Party | None
    count: int | None
    count_text: str
    verdict: Verdict


def find_posts(document: Document, index: int) -> Iterator[PostReading]:
    """Yield what a sentence says of posts, whether or not it happened; each post once, the closest frame first."""
    for head in document.doc(index):
        noun = post_noun(head)
        earlier = mentioned_before(document, index, head) if noun is not None else None
        if noun is None or not (earlier is not None or is_military(document, index, noun, head)):
            continue
        noun = earlier if earlier is not None and noun.military else noun
        # A post under siege can be attacked in the same breath; else the closest frame tells all.
        for triggers in (sieges_of(head), triggers_of(head)):
            readings = (_read(document, index, noun, head, trigger) for trigger in triggers)
            reading = next((r for r in readings if r is not None), None)
            if reading is not None:
                yield reading


def _read(document: Document, index: int, noun: PostNoun, head: Token, trigger: Token) -> PostReading | None:
    for frame in post_frames():
        if not matches(frame, trigger) or not any(head in slot_of(trigger, slot) for slot in frame.post):
            continue
        verdict = reality(trigger)
        subtype = frame.subtype
        if subtype == "withdrawn" and verdict.reality in ("failed", "denied"):
            # Whose withdrawal is denied stays: "no plans to withdraw from the posts".
            subtype, verdict = "maintained", Verdict("actual", verdict.cue)
        if subtype == "maintained" and verdict.reality == "planned":
            verdict = Verdict("actual", verdict.cue)
        actor = party_in(document, index, trigger, frame.actor, head)
        if frame.armed and subjects(trigger) and (actor is None or not actor.is_armed):
            continue
        owner = owner_in(document, index, head) or run_by(document, index, head)
        if owner is None and frame.owner:
            owner = party_in(document, index, trigger, frame.owner, head)
        owner = owner or (None if is_ours(head) else owner_before(document, index, head))
        count, count_text = count_of(head)
        return PostReading(
            frame,
            noun,
            subtype,
            trigger,
            head,
            place_of(document, index, head, trigger),
            is_ours(head),
            actor,
            owner,
            count,
            count_text,
            verdict,
        )
    return None


def post_noun(head: Token) -> PostNoun | None:
    """Return which post a noun names, by its words and those before it; None where it names none."""
    if head.pos_ not in ("NOUN", "PROPN") or head.dep_ in ("compound", "amod", "nmod"):
        return None
    best: tuple[int, PostNoun] | None = None
    for noun in post_nouns():
        for phrase in noun.words:
            words = phrase.replace("-", " - ").split()
            if _stands_at(head, words) and (best is None or len(words) > best[0]):
                best = (len(words), noun)
    return best[1] if best else None


def mentioned_before(document: Document, index: int, head: Token) -> PostNoun | None:
    """What "some posts" or "the base" stands for: the last post called by more words before it."""
    last = head.lemma_.lower()
    before = document.article.text[: document.sentences[index].start + head.idx].lower()
    found = [
        (before.rfind(phrase), noun) for noun in post_nouns() for phrase in noun.words if phrase.split()[-1] == last
    ]
    at, noun = max(((a, n) for a, n in found if not n.military), key=lambda f: f[0], default=(-1, None))
    return noun if at >= 0 else None


def _stands_at(head: Token, words: list[str]) -> bool:
    first = head.i - len(words) + 1
    if first < 0:
        return False
    tokens = list(head.doc[first : head.i + 1])
    # Plural first parts occur too ("observations posts").
    return all(w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, tokens, strict=True))


def is_military(document: Document, index: int, noun: PostNoun, head: Token) -> bool:
    """Whether a bare "post" or "base" is a military one: by a word beside it or by an armed owner or actor."""
    if not noun.military:
        return True
    if any(t.lemma_.lower() in noun_class("military_word") for t in head.children):
        return True
    owner = owner_in(document, index, head)
    if owner is not None:
        return owner.is_armed
    doers = [s for trigger in triggers_of(head) for s in _doers(trigger)]
    return any((party := party_of(document, index, s)) is not None and party.is_armed for s in doers)


def _doers(trigger: Token) -> list[Token]:
    return subjects(trigger)[:1] if trigger.pos_ == "VERB" else party_slot(trigger, "by")


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
