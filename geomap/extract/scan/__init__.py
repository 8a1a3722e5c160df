"""Scan: which sentences of an article could tell an event, and have to be parsed?

A sentence is left out only where no frame can match: for each frame the words it asks for must be there, in any
form, and where it asks for an armed party something that may be one, in this sentence or shortly before it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from geomap.extract.displacement import figures_of_people, is_about
from geomap.extract.displacement.followups import tells_more
from geomap.extract.displacement.routes import has_route_word, tells_route
from geomap.extract.displacement.surface import surface_words
from geomap.extract.document import Document
from geomap.extract.lexicon import MoveFrame, PostNoun, noun_class, post_nouns
from geomap.extract.quantities import has_figure
from geomap.extract.scan.needs import Need, With, control_needs, move_needs, post_needs
from geomap.extract.triggers import RUN_ON, Phrases, may_be_verbs, words_of_text

# Sentences before one in which a pronoun of it may find its party, and "its base" may find the owner of that.
_REACH = 3
# "the UNIFIL post": an acronym may be an armed owner that no list has.
_UNARMED = frozenset({"observer", "ngo", "media", "state_media", "agency"})
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
# Words that point back to a party named before; a number or "some" may too.
_POINTING = frozenset({
    "it", "they", "he", "she", "them", "its", "their", "him", "her", "his", "who", "which", "that", "those",
    "these", "this", "some", "all", "many", "others", "one", "ones", "both", "most", "each", "another", "several",
    "few",
})  # fmt: skip
# Those of them, and numbers, that may mean posts named in the sentence before.
_COUNTING = frozenset({
    "they", "them", "these", "those", "others", "some", "all", "many", "both", "most", "several", "few", "two",
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen",
})  # fmt: skip
# Words by which a place may be meant that was named before.
_PLACE_POINTING = frozenset(
    {"it", "its", "there", "them", "they", "their", "this", "these", "those", "both", "here"}
)
_ELSEWHERE = frozenset({"out", "away", "back"})
_PLACE_CLASSES = ("settlement", "region", "quarter", "site", "part", "measure")
_NAME_INSIDE = re.compile(r"(?<=\S\s)[^\W\d_]*[A-Z]")


# In the order in which a sentence is read for them.
FAMILIES = ("control", "post", "displacement")


class Scan:
    """One article while it is decided which of its sentences are parsed.

    Before its places are looked for any sentence may mean one, and a party.
    """

    def __init__(self, document: Document, *, are_places_known: bool = True) -> None:
        self.document = document
        self._are_places_known = are_places_known
        self._armed: dict[int, bool] = {}
        self._may_be_verbs: dict[int, frozenset[str]] = {}
        self._about: dict[tuple[bool, bool], bool] = {}

    def triggered(self, among: Mapping[int, Sequence[str]] | None = None) -> dict[int, list[str]]:
        """Return the families of geomap's own that a sentence may tell of, by its index where there are any.

        Args:
            among: what was returned before the places were known; no sentence tells of more once they are.
        """
        if among is None:
            may_tell = self.document.surroundings.may_tell
            among = {index: FAMILIES for index in range(len(self.document.sentences)) if may_tell(index)}
        looks = {"control": self._control, "post": self._posts, "displacement": self._moves}
        found = {index: [name for name in names if looks[name](index)] for index, names in among.items()}
        return {index: families for index, families in found.items() if families}

    def _verbs(self, index: int) -> frozenset[str]:
        if index not in self._may_be_verbs:
            self._may_be_verbs[index] = may_be_verbs(self.document.sentences[index].text)
        return self._may_be_verbs[index]

    def has_armed(self, index: int) -> bool:
        """Whether an armed party may be named in a sentence or shortly before it."""
        reach = _REACH if self.document.words(index) & _POINTING else 0
        return any(self._names_armed(at) for at in range(max(0, index - reach), index + 1))

    def _names_armed(self, index: int) -> bool:
        if index not in self._armed:
            self._armed[index] = self._may_name_armed(index)
        return self._armed[index]

    def _may_name_armed(self, index: int) -> bool:
        if not self._are_places_known:
            return True
        if _forces().among(self.document.words(index)):
            return True
        sentence = self.document.sentences[index]
        here = self.document.locations_in(index)
        if any(x.mention.role == "demonym" or x.place.kind == "country" for x in here):
            return True
        demonym = self.document.gazetteer.demonym_country
        if any(word[:1].isupper() and demonym(word) for word in re.findall(r"\w+", sentence.text)):
            return True
        hits = self.document.gazetteer.actors.find(sentence.text)
        return any(entry.source_side == "party" or entry.kind not in _UNARMED for _, _, entry in hits)

    def _control(self, index: int) -> bool:
        words = self.document.words(index)
        asked = _asked(control_needs(), words)
        return any(self._is_met(need, index) and self._has_what(need, index) for need in asked)

    def _is_met(self, need: Need, index: int) -> bool:
        """Whether the words that a frame asks for are there, and the article tells of what it is about."""
        words = self.document.words(index)
        if not need.is_met(words, self._verbs(index)) or not (need.move is None or self._is_about(need.move)):
            return False
        has_noun = need.nouns.among(words)
        return has_noun or not need.with_ or any(self._has_with(each, index) for each in need.with_)

    def _has_what(self, need: Need, index: int) -> bool:
        if not self._may_mean_place(index, is_named=need.named):
            return False
        return need.may_stand(self.document.words(index)) and (not need.armed or self.has_armed(index))

    def _has_with(self, with_: With, index: int) -> bool:
        words = self.document.words(index)
        if not with_.prepositions & words:
            return False
        if (
            with_.is_any
            or with_.nouns.among(words)
            or (with_.is_place and self._may_mean_place(index, is_named=False))
        ):
            return True
        return with_.is_armed and self.has_armed(index)

    def _may_mean_place(self, index: int, is_named: bool) -> bool:
        """Whether a sentence may mean a place: by its name, a noun, a pronoun, or a name that no gazetteer has."""
        words = self.document.words(index)
        if self._tells_place(index):
            return True
        if words & _PLACE_POINTING and any(self._tells_place(at) for at in range(max(0, index - _REACH), index)):
            return True
        is_unknown = bool(words & _ELSEWHERE) or bool(_NAME_INSIDE.search(self.document.sentences[index].text))
        return is_unknown and not is_named

    def _tells_place(self, index: int) -> bool:
        if not self._are_places_known:
            return True
        is_here = any(x.mention.role == "place" for x in self.document.locations_in(index))
        return is_here or _places().among(self.document.words(index))

    def _posts(self, index: int) -> bool:
        """Whether a post, or what points back to one of the sentence before, may stand in a frame."""
        words = self.document.words(index)
        if not any(self._is_met(need, index) for need in _asked(post_needs(), words)):
            return False
        near = range(max(0, index - 1) if words & _COUNTING else index, index + 1)
        found = [noun for at in near for noun, phrases in _post_phrases() if phrases.among(self.document.words(at))]
        return bool(found) and (not all(noun.military for noun in found) or self._may_be_military(index))

    def _may_be_military(self, index: int) -> bool:
        """Whether a bare "base" or "point" may be an armed party's, or one that was called by its full name."""
        near = range(max(0, index - _REACH), index + 1)
        is_said = any(_military_words().among(self.document.words(at)) for at in near)
        has_acronym = any(_ACRONYM.search(self.document.sentences[at].text) for at in near)
        return is_said or has_acronym or self._is_full_name_told or self.has_armed(index)

    @functools.cached_property
    def _is_full_name_told(self) -> bool:
        words = words_of_text(self.document.article.text)
        return any(phrases.among(words) for noun, phrases in _post_phrases() if not noun.military)

    def _moves(self, index: int) -> bool:
        # Displacement needs a figure of people; ways out are told without.
        return self._tells_figure(index) or self._tells_route(index)

    def _tells_figure(self, index: int) -> bool:
        text = self.document.sentences[index].text
        if not has_figure(text) or not (self._is_told(index) or tells_more(text)):
            return False
        return bool(figures_of_people(self.document, text))

    def _is_told(self, index: int) -> bool:
        words = self.document.words(index)
        if any(self._is_met(need, index) for need in _asked(move_needs(), words)):
            return True
        return _surface().among(words)

    def _tells_route(self, index: int) -> bool:
        return self._is_about_routes and has_route_word(self.document.sentences[index].text)

    @functools.cached_property
    def _is_about_routes(self) -> bool:
        return tells_route(self.document.article.text)

    def _is_about(self, frame: MoveFrame) -> bool:
        """Whether the article tells of displacement, or of danger, where the frame's words are too common alone."""
        asked = (frame.needs_topic, frame.needs_danger)
        if asked not in self._about:
            self._about[asked] = is_about(self.document.article.text, frame)
        return self._about[asked]


def _asked(needs: Mapping[str, Sequence[Need]], words: frozenset[str]) -> Iterable[Need]:
    """The needs that a word of a sentence calls for, each once."""
    found = {need: None for word in words & needs.keys() for need in needs[word]}
    return found


@functools.cache
def _places() -> Phrases:
    return Phrases([word for name in _PLACE_CLASSES for word in noun_class(name)])


@functools.cache
def _post_phrases() -> tuple[tuple[PostNoun, Phrases], ...]:
    return tuple((noun, Phrases(noun.words, are_nouns=True)) for noun in post_nouns())


@functools.cache
def _forces() -> Phrases:
    return Phrases(noun_class("force"))


@functools.cache
def _military_words() -> Phrases:
    return Phrases(
        [*noun_class("military_word"), *noun_class("peace_force"), "peacekeeping", "mission", "contingent"]
    )


@functools.cache
def _surface() -> Phrases:
    return Phrases([word for w in surface_words() for word in (*w.after, *w.before, *w.label)], before=RUN_ON)
