"""Posts: what becomes of observation posts, checkpoints, outposts and bases?

The nouns of post_nouns.yml name a post; a frame of posts.yml must hold it in one of its slots. A post that is only
a landmark ("stopped at a checkpoint") stands in no slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.extract.document import Document
from geomap.extract.lexicon import PostFrame, PostNoun, post_frames, post_nouns
from geomap.extract.modality import Verdict, reality
from geomap.extract.parties import Party, owner_in, party_of
from geomap.extract.reference import area_spoken_of, containing
from geomap.extract.syntax import climb, conjuncts, objects, prepositional, subjects
from geomap.model import Location

if TYPE_CHECKING:
    from spacy.tokens import Token

_MILITARY = {
    "military",
    "army",
    "police",
    "security",
    "guard",
    "guards",
    "border",
    "naval",
    "troop",
    "troops",
    "soldier",
}


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


def post_words() -> frozenset[str]:
    """Return the last words of the post nouns: a sentence without any has no post."""
    return frozenset(word.split()[-1].split("-")[-1] for noun in post_nouns() for word in noun.words)


def find_posts(document: Document, index: int) -> Iterator[PostReading]:
    """Yield what a sentence says of posts, whether or not it happened; each post once, the closest frame first."""
    for head in document.doc(index):
        noun = _post_noun(head)
        earlier = _mentioned_before(document, index, head) if noun is not None else None
        if noun is None or not (earlier is not None or _is_military(document, index, noun, head)):
            continue
        noun = earlier if earlier is not None and noun.military else noun
        for trigger in _triggers(head):
            reading = _read(document, index, noun, head, trigger)
            if reading is not None:
                yield reading
                break


def _post_noun(head: Token) -> PostNoun | None:
    if head.pos_ not in ("NOUN", "PROPN") or head.dep_ in ("compound", "amod", "nmod"):
        return None
    best: tuple[int, PostNoun] | None = None
    for noun in post_nouns():
        for phrase in noun.words:
            words = phrase.replace("-", " - ").split()
            if _stands_at(head, words) and (best is None or len(words) > best[0]):
                best = (len(words), noun)
    return best[1] if best else None


def _mentioned_before(document: Document, index: int, head: Token) -> PostNoun | None:
    """What "some posts" or "the base" stands for: the last post called by more words before it."""
    last = head.lemma_.lower()
    before = document.article.text[: document.sentences[index].start + head.idx].lower()
    found = [
        (before.rfind(phrase), noun) for noun in post_nouns() for phrase in noun.words if phrase.split()[-1] == last
    ]
    at, noun = max(((a, n) for a, n in found if not n.military), key=lambda f: f[0], default=(-1, None))
    return noun if at >= 0 else None


def owner_before(document: Document, index: int, head: Token) -> Party | None:
    """Return whose the posts are that were spoken of before ("some posts" after "Turkey's 12 posts")."""
    for at in range(index, max(index - 3, -1), -1):
        for token in reversed(list(document.doc(at))):
            if (at < index or token.i < head.i) and token.lemma_ == head.lemma_ and _post_noun(token) is not None:
                owner = owner_in(document, at, token) or _owner_by_frame(document, at, token)
                if owner is not None:
                    return owner
    return None


def _owner_by_frame(document: Document, index: int, head: Token) -> Party | None:
    for trigger in _triggers(head):
        for frame in post_frames():
            if (
                frame.owner
                and _matches(frame, trigger)
                and any(head in _slot(trigger, slot) for slot in frame.post)
            ):
                return _party(document, index, trigger, frame.owner, head)
    return None


def _stands_at(head: Token, words: list[str]) -> bool:
    first = head.i - len(words) + 1
    if first < 0:
        return False
    tokens = list(head.doc[first : head.i + 1])
    # Plural first parts occur too ("observations posts").
    return all(w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, tokens, strict=True))


def _is_military(document: Document, index: int, noun: PostNoun, head: Token) -> bool:
    """Whether a bare "post" or "base" is a military one: by a word beside it or by an armed owner or actor."""
    if not noun.military:
        return True
    if any(t.lower_ in _MILITARY for t in head.children):
        return True
    owner = owner_in(document, index, head)
    if owner is not None:
        return owner.is_armed
    doers = [s for trigger in _triggers(head) for s in _doers(trigger)]
    return any((party := party_of(document, index, s)) is not None and party.is_armed for s in doers)


def _doers(trigger: Token) -> list[Token]:
    return subjects(trigger)[:1] if trigger.pos_ == "VERB" else _party_slot(trigger, "by")


def _triggers(head: Token) -> list[Token]:
    """The verbs and nouns above a post, nearest first, then the clauses on it.

    What a relative clause says of a post ("the posts it set up in 2017") only tells which one is meant, where the
    sentence itself says something of it.
    """
    on_it = [c for c in head.children if c.dep_ in ("acl", "relcl")]
    above = [up for _, up in climb(head) if up.pos_ in ("VERB", "NOUN", "AUX", "PROPN")][:5]
    under = [t for up in [head, *above[:1]] for t in prepositional(up, ("under",))]
    return under + above + on_it


def _read(document: Document, index: int, noun: PostNoun, head: Token, trigger: Token) -> PostReading | None:
    for frame in post_frames():
        if not _matches(frame, trigger) or not any(head in _slot(trigger, slot) for slot in frame.post):
            continue
        verdict = reality(trigger)
        subtype = frame.subtype
        if subtype == "withdrawn" and verdict.reality in ("failed", "denied"):
            # Whose withdrawal is denied stays: "no plans to withdraw from the posts".
            subtype, verdict = "maintained", Verdict("actual", verdict.cue)
        if subtype == "maintained" and verdict.reality == "planned":
            verdict = Verdict("actual", verdict.cue)
        actor = _party(document, index, trigger, frame.actor, head)
        if frame.armed and subjects(trigger) and (actor is None or not actor.is_armed):
            continue
        owner = owner_in(document, index, head) or _run_by(document, index, head)
        if owner is None and frame.owner:
            owner = _party(document, index, trigger, frame.owner, head)
        owner = owner or (None if _is_ours(head) else owner_before(document, index, head))
        count, count_text = _count(head)
        return PostReading(
            frame,
            noun,
            subtype,
            trigger,
            head,
            _place(document, index, head, trigger),
            _is_ours(head),
            actor,
            owner,
            count,
            count_text,
            verdict,
        )
    return None


def _matches(frame: PostFrame, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        return lemma in frame.nouns
    if lemma not in frame.verbs:
        return False
    particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
    return not frame.particle or frame.optional_particle or bool(particles & set(frame.particle))


def _slot(trigger: Token, slot: str) -> list[Token]:
    if slot == "object":
        found = [t for o in objects(trigger) for t in conjuncts(o)]
        return found + [
            t for o in found if o.lemma_ in ("total", "number", "dozen") for t in prepositional(o, ("of",))
        ]
    if slot == "subject":
        return subjects(trigger)
    if slot == "CONTROL":
        controls = [o for o in objects(trigger) if o.lemma_ == "control"]
        return [
            t for o in controls for t in prepositional(o, ("of", "over")) or prepositional(trigger, ("of", "over"))
        ]
    if slot == "UNDER":
        return _under(trigger)
    direct = prepositional(trigger, (slot,))
    inner = [t for o in objects(trigger) for t in prepositional(o, (slot,))]
    # "attack on a gathering at a checkpoint": the post hangs on what was hit.
    return direct + inner + [t for d in direct for t in prepositional(d, ("at", "in", "of", "inside"))]


def _under(trigger: Token) -> list[Token]:
    """The posts of "a base under siege" and "the base is under siege"."""
    if trigger.dep_ != "pobj" or trigger.head.lower_ != "under":
        return []
    above = trigger.head.head
    return subjects(above) if above.pos_ in ("VERB", "AUX") else [above]


def _party(document: Document, index: int, trigger: Token, slots: tuple[str, ...], head: Token) -> Party | None:
    for slot in slots:
        for noun in _party_slot(trigger, slot):
            if noun is head:
                continue
            party = party_of(document, index, noun)
            if party is not None:
                return party
    return None


def _party_slot(trigger: Token, slot: str) -> list[Token]:
    if slot == "subject":
        return subjects(trigger)
    if slot == "support":
        # "carried out attacks on": the doer of a light verb whose object the noun is.
        return subjects(trigger.head) if trigger.dep_ in ("dobj", "nsubjpass") else []
    if slot in ("possessor", "modifier"):
        wanted = ("poss",) if slot == "possessor" else ("compound", "amod", "nmod")
        return [t for t in trigger.children if t.dep_ in wanted]
    own = prepositional(trigger, (slot,))
    # "is under siege by": the parser hangs "by" on the verb.
    above = trigger.head.head if slot == "by" and trigger.dep_ == "pobj" else None
    return own or (prepositional(above, (slot,)) if above is not None else [])


def _is_ours(head: Token) -> bool:
    """Whether the posts are the speaker's own ("our checkpoints")."""
    return any(c.dep_ == "poss" and c.lower_ in ("our", "my") for c in head.children)


def _run_by(document: Document, index: int, head: Token) -> Party | None:
    """The owner named behind: "a checkpoint run by the militia", "the base of the 104th brigade"."""
    for child in head.children:
        if child.dep_ == "acl" and child.lemma_ in (
            "run",
            "man",
            "hold",
            "operate",
            "control",
            "staff",
            "use",
            "guard",
            "belong",
        ):
            for noun in subjects(child) + prepositional(child, ("to", "by")):
                party = party_of(document, index, noun)
                if party is not None:
                    return party
    for noun in prepositional(head, ("of", "belonging to")):
        party = party_of(document, index, noun)
        if party is not None and party.is_armed:
            return party
    return None


def _place(document: Document, index: int, head: Token, trigger: Token) -> Location | None:
    """Where the post stands: named on it, in the same clause, in the sentence, or the area spoken of."""
    for child in head.children:
        if child.dep_ in ("compound", "appos", "nmod", "poss"):
            location = document.location_at(index, child)
            if location is not None:
                return location
    around = containing(document, index, head) or containing(document, index, trigger)
    if around is not None:
        return around
    return area_spoken_of(document, index, head)


def _count(head: Token) -> tuple[int | None, str]:
    """How many posts, as a number where one is said and as the text's word otherwise ("several")."""
    for child in head.children:
        if child.dep_ == "nummod" and child.pos_ == "NUM":
            return _number(child), child.text
    for child in head.children:
        if child.dep_ in ("det", "amod") and child.lower_ in (
            "several",
            "some",
            "many",
            "few",
            "dozens",
            "numerous",
            "both",
        ):
            return (2 if child.lower_ == "both" else None), child.text
    total = list(climb(head))[:2]
    for _, above in total:
        if above.lemma_ in ("total", "dozen", "number") and above.pos_ == "NOUN":
            return None, above.text
    return (1, "") if head.tag_ == "NN" else (None, "")


def _number(token: Token) -> int | None:
    from geomap.extract.quantities import find_quantities

    found = find_quantities(f"{token.text} {noun_plural()}")
    value = found[0].quantity.value if found else None
    return int(value) if value is not None else None


def noun_plural() -> str:
    """Return a countable word that makes a bare number a counted thing for the quantity reader."""
    return "posts"
