"""Unknown names: what does the text call a village or a town that no gazetteer knows?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.model import Mention
from geomap.recognize.words import Words

# "the village of Kafr Zoran", "villages of Tal-Asad and ...": the first name after the kind word.
_NAMED = re.compile(
    r"""\b(?:village|town|city|hamlet|township|camp|suburb)s?\s+of\s+
    (?P<name> (?:[Aa]l-|[Aa]n-|[Aa]r-|[Aa]s-)? [^\W\d_a-z][\w'’ʼ]+
              (?:[\ -] (?:al-|el-|[Aa]l\ )? [^\W\d_a-z][\w'’ʼ]+){0,3} )""",
    re.VERBOSE,
)


def unknown_names(words: Words, known: Sequence[Mention]) -> Iterator[Mention]:
    """Names after "village of" and the like that overlap none of the ``known`` mentions."""
    spans = [(mention.start, mention.end) for mention in known]
    for match in _NAMED.finditer(words.text):
        start, end = match.span("name")
        first, last = words.span(start, end)
        in_sentence = first < last and words.starts[first] == start and words.ends[last - 1] == end
        if in_sentence and not any(s < end and start < e for s, e in spans):
            name = match["name"].removesuffix("'s").removesuffix("’s")
            yield Mention(start, start + len(name), name, name)
