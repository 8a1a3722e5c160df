"""Table: the events of an article with their reasons, for a person at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from geomap.export.records import event_record, reasons_record
from geomap.model import Article, Event

_WIDTH = 110
# What an event says, in the order in which a reader asks.
_TOLD = ("place", "date", "actor", "owner", "opponent", "quantity", "attributed_to", "certainty")


def reasons_table(article: Article, events: Sequence[Event]) -> str:
    """Return a block for each event: what was read, the sentence, and why, a line for each reason."""
    shown = [event for event in events if event.modality != "denied"]
    head = f"{article.path or article.id}: {len(shown)} {'event' if len(shown) == 1 else 'events'}\n"
    return head + "".join("\n" + "\n".join(_lines(event)) + "\n" for event in shown)


def _lines(event: Event) -> Iterator[str]:
    record = event_record(event)
    said = (str(record[name]) for name in _TOLD if record.get(name) is not None)
    yield f"{record['family']} {record['subtype']}: {', '.join(said)}"
    yield from _wrapped("sentence", event.evidence.sentence)
    reasons = reasons_record(event) or {"why": event.why or "the extractor gives no reason"}
    for about, text in reasons.items():
        yield from _wrapped(about, text)


def _wrapped(name: str, text: str) -> list[str]:
    indent = f"  {name:<10} "
    return textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
