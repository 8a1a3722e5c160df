"""The tree of a YAML file with its lines, and the faults of the file that no schema can see.

Built from PyYAML's parse events (libyaml) and not from its ``compose``: that one follows aliases, resolves
YAML 1.1's ``NO`` and ``0123``, and ends the process on a hundred thousand nested brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

Scalar = str | int | float | bool | None
Loc = tuple[int | str, ...]

# A curated file nests five deep; more than this is a mistake or an attack.
MAX_DEPTH = 30


class NotYamlError(Exception):
    """A fault that ends the reading of a file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one value; reading goes on after it."""

    line: int
    loc: Loc
    message: str


@dataclass(slots=True)
class Node:
    """A value of the file: a scalar, a list (``items``) or a mapping (``fields``), and its line from 1."""

    line: int
    kind: str
    text: str = ""
    value: Scalar = None
    items: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)
    has_fault: bool = False

    def plain(self) -> object:
        """The value as plain Python lists, dicts and scalars."""
        if self.kind == "list":
            return [item.plain() for item in self.items]
        if self.kind == "mapping":
            return {name: node.plain() for name, node in self.fields.items()}
        return self.value

    def child(self, part: int | str) -> Node | None:
        """The list item or the field of that number or name."""
        if isinstance(part, int):
            return self.items[part] if part < len(self.items) else None
        return self.fields.get(part)

    def is_faulty(self) -> bool:
        """Whether this value or one inside it has a fault."""
        return self.has_fault or any(node.is_faulty() for node in (*self.items, *self.fields.values()))

    def title(self) -> str:
        """What an entry calls itself: its id or its name, "" where it has neither."""
        for key in ("id", "name"):
            if key in self.fields and isinstance(self.fields[key].value, str):
                return str(self.fields[key].value)
        return ""


def compose(data: bytes) -> tuple[Node, list[Fault]]:
    """The root node of a file and the faults of its values.

    Raises:
        NotYamlError: where the file is no YAML at all: not UTF-8, empty, indented by tabs, broken syntax.
    """
    text = _decode(data)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise NotYamlError(*_syntax_words(error, text)) from error
    if builder.root is None:
        raise NotYamlError(1, "found an empty file, expected entries; delete the file or fill it")
    return builder.root, builder.faults


def _decode(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise NotYamlError(1, "found a byte order mark, expected plain UTF-8; save the file as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x}"
        raise NotYamlError(line, f"found {found}, expected UTF-8; save the file as UTF-8") from error
    for number, row in enumerate(text.split("\n"), start=1):
        if "\t" in row[: len(row) - len(row.lstrip())]:
            raise NotYamlError(number, "found a tab in the indentation, expected spaces")
    return text


def _syntax_words(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else text.count("\n", 0, getattr(error, "position", 0)) + 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return line, f"found broken YAML ({problem}); is a quote, a colon or an indentation wrong above?"


class _Builder:
    """Collects parse events into nodes, without recursion."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[tuple[Node, Loc]] = []
        self._keys: list[tuple[str, int] | None] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise NotYamlError(line, "found a second document after ---, expected one")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise NotYamlError(line, f"found the alias *{event.anchor}, expected the value itself; write it out")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        is_key = self._expects_key()
        plain = event.implicit[0] and not event.style
        value, trap = read_scalar(event.value) if plain else (event.value, "")
        if trap:
            self._fault(line, self._loc(), trap)
        self._tag(event, line)
        if is_key:
            self._key(event.value, line)
        else:
            self._place(Node(line, "scalar", event.value, value), line)

    def _start(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if self._expects_key():
            raise NotYamlError(line, "found a list or fields as the name of a field, expected text")
        if len(self._open) >= MAX_DEPTH:
            raise NotYamlError(line, f"found values nested more than {MAX_DEPTH} deep, expected a flat file")
        self._tag(event, line)
        loc = self._loc()
        node = Node(line, "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping")
        self._place(node, line)
        self._open.append((node, loc))
        self._keys.append(None)

    def _tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.tag is not None and event.tag != "!":
            self._fault(line, self._loc(), f"found the tag {event.tag}, expected a plain value; delete the tag")
        if event.anchor is not None:
            self._fault(line, self._loc(), f"found the anchor &{event.anchor}, expected a plain value; delete it")

    def _expects_key(self) -> bool:
        return bool(self._open) and self._open[-1][0].kind == "mapping" and self._keys[-1] is None

    def _key(self, name: str, line: int) -> None:
        first = self._open[-1][0].fields.get(name)
        if first is not None:
            message = f"found the field {name} again (first on line {first.line}), expected it once"
            self._fault(line, self._open[-1][1], message)
        self._keys[-1] = (name, line)

    def _loc(self) -> Loc:
        """Where the value that comes next will stand."""
        if not self._open:
            return ()
        node, loc = self._open[-1]
        if node.kind == "list":
            return (*loc, len(node.items))
        key = self._keys[-1]
        return loc if key is None else (*loc, key[0])

    def _place(self, node: Node, line: int) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1][0]
        if parent.kind == "list":
            parent.items.append(node)
            return
        key = self._keys[-1]
        assert key is not None
        node.line = key[1]
        parent.fields[key[0]] = node
        self._keys[-1] = None

    def _fault(self, line: int, loc: Loc, message: str) -> None:
        self.faults.append(Fault(line, loc, message))
        if self._open:
            self._open[-1][0].has_fault = True


# --- scalars, as YAML 1.2's core schema reads them -------------------------------------------------------

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
# What some YAML reader somewhere takes for a boolean: the country code of Norway is the famous case.
_BOOLEAN = re.compile(r"(y|n|yes|no|on|off|true|false)\Z", re.IGNORECASE)
_NOT_FINITE = re.compile(r"[-+]?\.(nan|inf)\Z", re.IGNORECASE)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+(\.[0-9]*)?\Z")
_OTHER_BASE = re.compile(r"[-+]?0[xob][0-9a-f_]+\Z", re.IGNORECASE)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?\Z")
_GROUPED = re.compile(r"[-+]?[0-9][0-9.]*(_[0-9]+)+(\.[0-9]*)?\Z")


def read_scalar(text: str) -> tuple[Scalar, str]:
    """The value of an unquoted scalar, and what is wrong with it ("" where nothing is)."""
    if text in ("", "~", "null"):
        return None, ""
    if text in ("true", "false"):
        return text == "true", ""
    if text[0].isalpha() and len(text) > 5:
        return text, ""  # the plain case: a word
    if _INT.match(text):
        return int(text), ""
    if _FLOAT.match(text) and any(char.isdigit() for char in text):
        return float(text), ""
    return text, next(_traps(text), "")


def _traps(text: str) -> Iterator[str]:
    if _BOOLEAN.match(text):
        yield f'found the boolean {text}; write "{text}" for the text, or true or false'
    if _NOT_FINITE.match(text):
        yield f"found {text}, expected a finite number"
    if _LEADING_ZERO.match(text):
        yield f'found {text}, a number with a leading zero (octal to some readers); write "{text}" for the text'
    if _OTHER_BASE.match(text):
        yield f'found {text}, a number that is not decimal; write it in decimal, or "{text}" for the text'
    if _SEXAGESIMAL.match(text):
        yield f'found {text}, a number to base 60 to some readers; write "{text}"'
    if _GROUPED.match(text):
        yield f'found {text}, a number with _ in it; write it without, or "{text}" for the text'
