"""Write: the curated files in their one canonical form.

Fields stand in one order, lists of names on one line where they fit, texts in quotes where YAML asks for it.
Comments between entries stay where they are; a comment inside an entry moves before it.
"""

from __future__ import annotations

import itertools
import json
import re
import textwrap
from pathlib import Path

from geomap import _yamltree as tree
from geomap.gazetteer.load import data_files, find_data_dir

WIDTH = 118

# The order of fields in every form; a field that is not here keeps its place after them.
_ORDER = (
    "strong", "weak", "id", "name", "kind", "side", "country", "colour", "lng", "lat", "precision", "radius_km",
    "capital", "parent",
    "population", "names", "demonyms", "aliases", "speakers", "party_to", "source_side", "claims", "publisher",
    "licence", "url", "package", "version", "sources", "why", "examples", "example", "note",
)  # fmt: skip
_RANK = {name: number for number, name in enumerate(_ORDER)}
# Text that needs no quotes: words that no YAML reader takes for anything else.
_PLAIN = re.compile(r"[^\W\d_][^\n:#\[\]{},&*!|>%@`\"\\]*\Z")
# A comment: a number sign at the head of a row or after a space, with no quote open before it.
_COMMENT = re.compile(r"""(?:[^"'#]|"(?:[^"\\]|\\.)*"|(?<=\w)'|'[^']*'|(?<=\S)\#)*?(?<!\S)(?P<comment>\#.*)""")


def format_gazetteer(data_dir: Path | None = None, *, write: bool = True) -> list[Path]:
    """The files that are not in canonical form; they are written unless ``write`` is False.

    A file that is no list of entries is passed over: ``check_gazetteer`` tells what is wrong with it.
    """
    changed = []
    for path in data_files(data_dir or find_data_dir()):
        content = path.read_bytes()
        canonical = format_yaml(content)
        if canonical is None or canonical == content:
            continue
        changed.append(path)
        if write:
            path.write_bytes(canonical)
    return changed


def format_yaml(content: bytes) -> bytes | None:
    """The canonical form of a file of entries; None where it is no list of entries."""
    try:
        root, faults = tree.compose(content)
    except tree.NotYamlError:
        return None
    if faults or root.kind != "list" or any(entry.kind != "mapping" for entry in root.items):
        return None
    head, *chunks = _chunks(content.decode("utf-8").split("\n"))
    if len(chunks) != len(root.items):
        return None  # entries that are indented, or in brackets
    rows = head
    for entry, chunk in zip(root.items, chunks, strict=True):
        inside, after = _comments(chunk)
        rows += [*inside, *_fields(entry), *after]
    return ("\n".join(_tidy(rows)) + "\n").encode("utf-8")


# --- rows of the old file --------------------------------------------------------------------------------


def _chunks(rows: list[str]) -> list[list[str]]:
    """The rows before the first entry, then those of each entry with what follows it."""
    starts = [number for number, row in enumerate(rows) if row.startswith("- ")]
    return [rows[start:end] for start, end in itertools.pairwise([0, *starts, len(rows)])]


def _comments(chunk: list[str]) -> tuple[list[str], list[str]]:
    """The comments inside an entry, which move before it, and the rows between it and the next one."""
    last = max(number for number, row in enumerate(chunk) if row.startswith(("- ", "  ")) and row.strip())
    inside = [comment for row in chunk[: last + 1] if (comment := _comment(row))]
    return inside, chunk[last + 1 :]


def _comment(row: str) -> str:
    """The comment of a row, "" where it has none: a number sign in quotes or after a letter begins none."""
    match = _COMMENT.match(row)
    return match["comment"].rstrip() if match else ""


def _tidy(rows: list[str]) -> list[str]:
    """The rows without trailing spaces, blank rows at the ends, and second blank rows."""
    rows = [row.rstrip() for row in rows]
    kept = [row for row, before in zip(rows, ["", *rows], strict=False) if row or before]
    return kept[:-1] if kept and not kept[-1] else kept


# --- rows of the new file --------------------------------------------------------------------------------


def _fields(entry: tree.Node, indent: str = "  ") -> list[str]:
    """The rows of a mapping, its first one after a dash where it is an entry."""
    ordered = sorted(entry.fields.items(), key=lambda pair: _RANK.get(pair[0], len(_RANK)))
    rows = [row for name, node in ordered if not _is_empty(node) for row in _field(name, node, indent)]
    if indent == "  " and rows:
        rows[0] = "- " + rows[0].removeprefix(indent)
    return rows


def _is_empty(node: tree.Node) -> bool:
    return node.kind != "scalar" and not node.items and not node.fields


def _field(name: str, node: tree.Node, indent: str) -> list[str]:
    key = f"{indent}{_key(name)}:"
    inline = _inline(node)
    if inline is not None and len(key) + 1 + len(inline) <= WIDTH:
        return [f"{key} {inline}"]
    if node.kind == "mapping":
        return [key, *_fields(node, indent + "  ")]
    if node.kind == "list":
        return [key, *_list_rows(node, indent + "  ")]
    return [key + " " + _folded_mark(node.text), *_folded(node.text, indent + "  ")]


def _key(name: str) -> str:
    return name if _is_plain(name) else json.dumps(name, ensure_ascii=False)


def _inline(node: tree.Node) -> str | None:
    """The value on one line; None for mappings that hold more than scalars: names by language."""
    if node.kind == "list":
        parts = [_inline(item) for item in node.items]
        return None if None in parts else f"[{', '.join(part for part in parts if part is not None)}]"
    if node.kind == "mapping":
        if any(child.kind != "scalar" for child in node.fields.values()):
            return None
        return "{" + ", ".join(f"{_key(name)}: {_scalar(child)}" for name, child in node.fields.items()) + "}"
    return _scalar(node)


def _scalar(node: tree.Node) -> str:
    if not isinstance(node.value, str):
        return "null" if node.value is None else node.text
    return node.value if _is_plain(node.value) else json.dumps(node.value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.match(text)) and text == text.strip() and tree.read_scalar(text) == (text, "")


def _list_rows(node: tree.Node, indent: str) -> list[str]:
    """A list that does not fit on one line: filled rows in brackets, or a row for each item that is none inline."""
    parts = [_inline(item) for item in node.items]
    words = [part for part in parts if part is not None]
    if len(words) < len(parts):
        return [row for item in node.items for row in _fields(item, indent)]
    rows, row = list[str](), indent + "["
    for number, word in enumerate(words):
        piece = word + ("]" if number == len(words) - 1 else ",")
        if len(row) + 1 + len(piece) > WIDTH and row.strip() != "[":
            rows.append(row)
            row = indent
        row += piece if row.endswith("[") else " " + piece
    return [*rows, row]


def _folded_mark(text: str) -> str:
    return ">-" if _can_fold(text) else json.dumps(text, ensure_ascii=False)


def _folded(text: str, indent: str) -> list[str]:
    return (
        textwrap.wrap(
            text,
            WIDTH - len(indent),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        if _can_fold(text)
        else []
    )


def _can_fold(text: str) -> bool:
    return text == " ".join(text.split(" ")) and text.strip() == text and "\n" not in text and "  " not in text
