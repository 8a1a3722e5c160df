"""Files: write a result whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import RenderError


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, creating its folder; a reader never sees half a file.

    Raises:
        RenderError: the folder or the file cannot be written.
    """
    with whole_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``; see ``write_text``."""
    with whole_file(path) as unfinished:
        unfinished.write_bytes(data)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; what is written there takes its place at the end.

    Raises:
        RenderError: the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".geomap-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            os.replace(unfinished, path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> RenderError:
    reason = (error.strerror or str(error)).lower()
    return RenderError(f"{path}: cannot be written ({reason}): choose another file or folder with -o")
