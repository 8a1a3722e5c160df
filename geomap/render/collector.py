"""Collector: Python's search for cycles rests while a page is made.

A page of many events is millions of values and not one cycle; searching them again and again takes a quarter of the
time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Runs a block, or a function it decorates, without the search; afterwards all is as it was."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
