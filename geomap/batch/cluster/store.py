"""Store: files at addresses (file://, s3://, gs://, memory:// ...), written whole or not at all."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import GeomapError, PlanError, RenderError
from geomap.files import write_bytes

# What of a file's description tells that it changed; which of these there are depends on the kind of store.
_TOLD = ("size", "mtime", "ETag", "etag", "md5Hash", "LastModified", "last_modified", "created")
# Stores where a file is there once it was sent as a whole, and not before.
_WHOLE_PUTS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory", "oss", "r2"})

# Small files that are asked for in one go.
_AT_ONCE = 1000


class Folder:
    """A folder at an address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.fs, self._path = opened(address)

    def names(self, folder: str = "") -> frozenset[str]:
        """Return the names of what is in the folder, or in one within it; none where it is not there."""
        self.fs.invalidate_cache()
        try:
            with reaching(self.address, RenderError):
                found = self.fs.ls(self._at(folder), detail=False)
        except FileNotFoundError:
            return frozenset()
        return frozenset(str(path).rstrip("/").rsplit("/", 1)[-1] for path in found)

    def read_json(self, name: str) -> dict[str, Any] | None:
        """Return the object that a file holds, None where there is no such file, or none that is whole."""
        try:
            with reaching(self.address, RenderError):
                return _object(self.fs.cat_file(self._at(name)))
        except FileNotFoundError:
            return None

    def read_jsons(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Return the objects of the files that are there and whole; of a far store many are asked for at once."""
        values = []
        for first in range(0, len(names), _AT_ONCE):
            paths = [self._at(name) for name in names[first : first + _AT_ONCE]]
            with reaching(self.address, RenderError):
                found = self.fs.cat(paths, on_error="omit")
            values += [value for value in map(_object, found.values()) if value is not None]
        return values

    def write(self, name: str, data: bytes) -> None:
        """Write a file; a reader sees all of it or none.

        Raises:
            RenderError: it cannot be written.
        """
        path = self._at(name)
        if _is_local(self.fs):
            write_bytes(Path(path), data)
            return
        with reaching(self.address, RenderError):
            self.fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            if _protocols(self.fs) & _WHOLE_PUTS:
                self.fs.pipe_file(path, data)
                return
            self.fs.pipe_file(f"{path}.unfinished", data)
            self.fs.mv(f"{path}.unfinished", path)

    def write_json(self, name: str, value: Mapping[str, Any]) -> None:
        """Write an object, see ``write``."""
        self.write(name, json.dumps(value, ensure_ascii=False, sort_keys=True).encode())

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError), reaching(self.address, RenderError):
            self.fs.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}".rstrip("/")


def opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it.

    Raises:
        PlanError: there is no such kind of address, or its package is not installed.
    """
    import fsspec

    try:
        fs, path = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise PlanError(
            f"{address}: {error}: expected a path, file://, or a kind of address whose package is installed "
            "(s3fs for s3://, gcsfs for gs://)"
        ) from error
    return fs, str(path).rstrip("/")


@contextlib.contextmanager
def reaching(address: str, kind: type[GeomapError]) -> Iterator[None]:
    """Raise an error of that kind for what goes wrong with a store; a ``FileNotFoundError`` stays what it is."""
    try:
        yield
    except (FileNotFoundError, GeomapError):
        raise
    except Exception as error:  # each kind of store has errors of its own
        what = " ".join(f"{type(error).__name__}: {error}".split())
        raise kind(
            f"{address}: cannot be reached ({what}): check the address, the network and the rights"
        ) from error


def version_of(told: Mapping[str, Any]) -> str:
    """Return what changes when a file does, from its description."""
    return ";".join(f"{key}={told[key]}" for key in _TOLD if told.get(key) is not None)


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _protocols(fs: Any) -> set[str]:
    return {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)


def _is_local(fs: Any) -> bool:
    return bool(_protocols(fs) & {"file", "local"})
