"""Boundaries: after which full stop does a sentence end?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.split.abbreviations import Abbreviations, abbreviations

# A mark that may end a sentence, the quotation marks and brackets that close after it, and what comes next.
_CANDIDATE = re.compile(
    r"""
    (?P<mark> [.!?…؟۔。！？।]+ )                      # "said." "fled?!" "wait..."
    (?P<closed> ["'”’»\)\]]* )                        # "retaliate.”"
    (?: (?P<space> [*_]{0,3}\s+ ) (?= (?P<next> ["'“‘«„\(\[*_¿¡]* (?P<word> [\w’'-]+ ) )? )
      | (?<= [a-z\d)\]”"'’] [.!?”"'’)] ) (?= ["“«]?[A-ZА-ЯЁІЇЄ][a-zа-яёіїє]+[\s,’'] )   # "the city.The army"
      | (?<= [。！？।] )
    )
    | (?P<separator> (?:;\s*){2,} | :{3,} )           # ";;;;" between excerpts
    | (?<= \s ) (?= [•●▪■◦]\s )                       # bullets within a line
    """,
    re.VERBOSE,
)
# Where the search for those begins: without a first sign of its own the pattern would be tried at each letter.
_SIGN = re.compile(r"[.!?…؟۔。！？।;:•●▪■◦]")
_LAST_WORD = re.compile(r"(?<![\w’'])((?:\w\.)*\w+(?:\.\w+)*)$")
_INITIAL = re.compile(r"[A-ZА-ЯЁІЇЄ]$")
_ACRONYM = re.compile(r"(?:\w\.)+\w$")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}|[a-zA-Z])$")
# Names that begin small: "al-Eis fell", "ash-Shaykh".
_SMALL_NAME = re.compile(r"(?:al|el|ad|ar|as|ash|at|an|az|ul|de|van)-?[A-Z]|(?:al|el|ad|ar|as|ash|at|an|az)-\w")
# How far back a word can begin.
_LOOK_BACK = 24


def boundaries(text: str) -> Iterator[int]:
    """Yield the offsets in ``text`` at which a sentence ends, in order, the end of ``text`` not among them.

    >>> list(boundaries("Gen. Haddad left. Lt. Col. Salim stayed."))
    [17]
    """
    data = abbreviations()
    start = 0
    for match in _candidates(text):
        if match["mark"] is not None and not _ends(text, start, match, data):
            continue
        start = match.end("closed") if match["mark"] is not None else match.start()
        if 0 < start < len(text):
            yield start


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``_CANDIDATE``, left to right, none overlapping another."""
    sign = _SIGN.search(text)
    while sign is not None:
        match = _CANDIDATE.match(text, sign.start())
        if match is not None:
            yield match
        sign = _SIGN.search(text, max(sign.end(), match.end() if match is not None else 0))


def _ends(text: str, start: int, match: re.Match[str], data: Abbreviations) -> bool:
    """Return whether the sentence from ``start`` ends at this mark."""
    word = match["word"] or ""
    if match["space"] is None or not word:
        return True
    if word[0].islower() and not _SMALL_NAME.match(word):
        return False
    if _is_bracketed_gap(text, match) or (match["closed"] and _goes_on_with_speech(text, match, data)):
        return False
    if match["mark"] != "." or match["closed"]:
        return True
    return _stop_ends(text[max(start, match.start() - _LOOK_BACK) : match.start()], match, data)


def _stop_ends(before: str, match: re.Match[str], data: Abbreviations) -> bool:
    """Return whether a single full stop after ``before`` ends the sentence rather than an abbreviation."""
    if _LIST_NUMBER.match(before):
        return False
    found = _LAST_WORD.search(before)
    if found is None:
        return True
    last, word = found[1], match["word"]
    small = last.lower()
    if small in data.attached and (last[0].isupper() or "." in last):
        return False
    if small in data.before_figure:
        return not word[0].isdigit()
    if small in data.free or _ACRONYM.fullmatch(last) or _INITIAL.fullmatch(last):
        return word.lower() in data.openers or match["next"] != word
    return True


def _is_bracketed_gap(text: str, match: re.Match[str]) -> bool:
    """Return whether the mark is the gap "[...]" of a quotation."""
    return match["closed"].startswith(("]", ")")) and text[match.start() - 1 : match.start()] in ("[", "(")


def _goes_on_with_speech(text: str, match: re.Match[str], data: Abbreviations) -> bool:
    """Return whether the words after a question or exclamation say who said it: ``?” Salma Odeh asked``."""
    if match["mark"][-1] not in "?!…":
        return False
    following = text[match.end("space") : match.end("space") + 80].split()[:5]
    return any(word.strip(".,:").lower() in data.speech for word in following[1:])
