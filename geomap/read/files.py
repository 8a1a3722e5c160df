"""Files: which files are articles, and what text do their bytes hold?"""

from __future__ import annotations

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from geomap.errors import ArticleError

LISTING_NAME = "articles.yml"
ENDINGS = (".txt", ".md", ".html", ".htm")

# The first bytes of files that people take for text.
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a media file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "a database",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_REMEDY = "save it as plain text, Markdown or HTML"


def article_files(folder: Path) -> list[Path]:
    """Return the articles in a folder, by name; not those in its subfolders, nor a README.

    Raises:
        ArticleError: the folder cannot be read or has no article.
    """
    try:
        found = sorted(each for each in folder.iterdir() if each.suffix.lower() in ENDINGS and each.is_file())
    except OSError as error:
        raise ArticleError(
            f"{folder}: the folder cannot be read ({error.strerror}): check its permissions"
        ) from error
    found = [each for each in found if each.stem.lower() != "readme" and not each.name.startswith(".")]
    if not found:
        raise ArticleError(f"{folder}: no article in this folder, expected files that end in {', '.join(ENDINGS)}")
    return found


def files_at(paths: Sequence[Path]) -> tuple[list[Path], list[ArticleError]]:
    """Return the files that ``paths`` mean, each once, and an error for each folder without any."""
    files: dict[Path, Path] = {}
    errors: list[ArticleError] = []
    for path in paths:
        try:
            found = article_files(path) if path.is_dir() else [path]
        except ArticleError as error:
            errors.append(error)
            continue
        for each in found:
            files.setdefault(each.resolve(), each)
    return list(files.values()), errors


def listing_in(paths: Sequence[Path]) -> Path | None:
    """Return the list of articles that lies in the one folder given."""
    there = paths[0] / LISTING_NAME if len(paths) == 1 and paths[0].is_dir() else None
    return there if there is not None and there.is_file() else None


def ids_of(files: Sequence[Path]) -> list[str]:
    """Return an id for each file: its stem, with its folder and ending as far as needed to tell it from others."""
    stems = Counter(path.stem for path in files)
    names = [path.stem if stems[path.stem] == 1 else f"{path.parent.name}/{path.name}" for path in files]
    counts = Counter(names)
    return [name if counts[name] == 1 else str(path) for name, path in zip(names, files, strict=True)]


def read_text(path: Path) -> str:
    r"""Return the text of a file, its line ends as ``\n``.

    Raises:
        ArticleError: the file is missing, unreadable, empty or no text.
    """
    data = _bytes_of(path)
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise ArticleError(f"{path}: this is {what}, expected text: {_REMEDY}")
    text = decode(data)
    if text is None or "\0" in text:
        raise ArticleError(f"{path}: this is a binary file, or text in an unknown encoding: {_REMEDY}, in UTF-8")
    if not text.strip():
        raise ArticleError(
            f"{path}: the file is empty, expected an article: put its text there or leave the file out"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes) -> str | None:
    """Return the text that bytes hold, None where they hold none.

    By byte order mark, the charset that the page declares, UTF-8, and cp1252 where only some letters are not ASCII;
    charset-normalizer guesses the rest (it takes cp1252 for cp850, so it is not asked first).
    """
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data)


def _encodings(data: bytes) -> Iterator[str]:
    mark = next((encoding for sign, encoding in _MARKS.items() if data.startswith(sign)), None)
    if mark is not None:
        yield mark
        return
    declared = _CHARSET.search(data[:4096])
    if declared is not None:
        yield declared[1].decode("ascii")
    yield "utf-8"
    high = sum(data.count(byte) for byte in range(0x80, 0x100))
    if b"\0" not in data and high < 0.1 * len(data):
        yield "cp1252"


def _guess(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{path}: no such file{_near(path)}") from None
    except OSError as error:
        raise ArticleError(
            f"{path}: cannot be read ({error.strerror}): check what it is and its permissions"
        ) from error


def _near(path: Path) -> str:
    """Return a hint at files with nearly this name."""
    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        return f": there is no folder {path.parent}"
    near = difflib.get_close_matches(path.name, names, n=2)
    return f": did you mean {' or '.join(near)}?" if near else ": check the name"
