"""YAML files: is this file what its schema says, and if not, what is wrong and on which line?

A file is read strictly, as YAML 1.2 means it: no repeated keys, no ``NO`` that turns into a boolean, no
``0123`` that turns into an octal number. All problems of a file are told at once, one line each:

    places/xx/north.yml:7: xx-marsa: lat: found 456.0, expected a number not above 90
"""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import pydantic
from pydantic import BaseModel, ConfigDict, TypeAdapter

from geomap import _yamltree as tree
from geomap.errors import GazetteerError, GeomapError

T = TypeVar("T")
Loc = tuple[int | str, ...]


class Form(BaseModel):
    """The base of every model that is read from YAML: frozen, and an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """A file after reading: its value, its problems, and its lines.

    Attributes:
        value: None where there are problems; of ``load_entries``, the entries without problems.
        problems: one line each, in order of lines.
        label: the file's name in messages.
        root: the tree of the file, None where it is no YAML.
        numbers: of ``load_entries``, the number in the file of each entry of ``value``.
    """

    value: T | None
    problems: tuple[str, ...]
    label: str
    root: tree.Node | None = None
    numbers: tuple[int, ...] = ()

    def where(self, *loc: int | str) -> str:
        """The prefix of a message on the value at ``loc``: ``file:line: entry: field``."""
        return ": ".join(self._place_words(loc)[1])

    def line_of(self, *loc: int | str) -> int:
        """The line of the value at ``loc``, from 1."""
        return self._place_words(loc)[0]

    def _place_words(self, loc: Loc) -> tuple[int, list[str]]:
        if self.root is None:
            return 1, [self.label]
        node, words = _walk(self.root, loc)
        return node.line, [f"{self.label}:{node.line}", *words]


def read_yaml(path: Path, model: type[T] | TypeAdapter[T], *, error: type[GeomapError] = GazetteerError) -> T:
    """The content of ``path`` as ``model`` describes it.

    Args:
        path: a UTF-8 YAML file.
        model: a pydantic model, any annotated type (``list[PlaceEntry]``), or a ``TypeAdapter``.
        error: the exception to raise, with one line for each problem of the file.

    Raises:
        GazetteerError: (or ``error``) where the file is missing or not what ``model`` describes.
    """
    loaded = load_yaml(path, model)
    if loaded.problems:
        raise error("\n".join(loaded.problems))
    return cast(T, loaded.value)


def check_yaml(path: Path, model: type[T] | TypeAdapter[T], *, label: str | None = None) -> list[str]:
    """The problems of ``path``, one line each; empty where it is what ``model`` describes."""
    return list(load_yaml(path, model, label=label).problems)


def load_yaml(path: Path, model: type[T] | TypeAdapter[T], *, label: str | None = None) -> Loaded[T]:
    """The content of ``path`` with its problems and its lines; ``label`` names the file in messages."""
    label = label or str(path)
    try:
        return parse_yaml(path.read_bytes(), model, label=label)
    except OSError as error:
        return Loaded(None, (f"{label}: cannot be read: {error.strerror}; is the path right?",), label)


def parse_yaml(data: bytes, model: type[T] | TypeAdapter[T], *, label: str) -> Loaded[T]:
    """As ``load_yaml``, from the bytes of a file."""
    try:
        root, faults = tree.compose(data)
    except tree.NotYamlError as fault:
        return Loaded(None, (f"{label}:{fault.line}: {fault.message}",), label)
    loaded: Loaded[T] = Loaded(None, (), label, root)
    problems = {(fault.line, fault.message): _fault_line(fault, loaded) for fault in faults}
    adapter: TypeAdapter[T] = _adapter(model)
    checked = _validated(adapter, root)
    value, errors = checked
    if errors is not None:
        problems.update(_validation_problems(errors, adapter, loaded, {fault.loc for fault in faults}))
    ordered = tuple(text for _, text in sorted(problems.items()))
    return replace(loaded, value=None if problems else value, problems=ordered)


def load_entries(path: Path, model: TypeAdapter[list[T]], *, label: str | None = None) -> Loaded[list[T]]:
    """As ``load_yaml`` for a list of entries, where the entries without problems are kept."""
    loaded = load_yaml(path, model, label=label)
    root = loaded.root
    if root is None or root.kind != "list":
        return loaded
    if loaded.value is not None:
        return replace(loaded, numbers=tuple(range(len(loaded.value))))
    good = [number for number, entry in enumerate(root.items) if _is_good(entry, model)]
    kept = tree.Node(root.line, "list", items=[root.items[number] for number in good])
    return replace(loaded, value=model.validate_json(json.dumps(kept.plain()), strict=True), numbers=tuple(good))


def _is_good(entry: tree.Node, model: TypeAdapter[list[T]]) -> bool:
    alone = tree.Node(entry.line, "list", items=[entry])
    return not entry.is_faulty() and _validated(model, alone)[1] is None


def _validated(adapter: TypeAdapter[T], root: tree.Node) -> tuple[T | None, pydantic.ValidationError | None]:
    """The value of a tree, or the errors; JSON's strict mode reads dates from text and lists as tuples."""
    try:
        return adapter.validate_json(json.dumps(root.plain()), strict=True), None
    except pydantic.ValidationError as errors:
        return None, errors


@functools.lru_cache(maxsize=64)
def _cached_adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _adapter(model: type[T] | TypeAdapter[T]) -> TypeAdapter[T]:
    if isinstance(model, TypeAdapter):
        return model
    return cast("TypeAdapter[T]", _cached_adapter(cast(Hashable, model)))


# --- saying what is wrong --------------------------------------------------------------------------------


def _fault_line(fault: tree.Fault, loaded: Loaded[Any]) -> str:
    """A fault of the YAML itself as a whole line."""
    words = [] if loaded.root is None else _walk(loaded.root, fault.loc)[1]
    return ": ".join([f"{loaded.label}:{fault.line}", *words, fault.message])


def _validation_problems(
    errors: pydantic.ValidationError, adapter: TypeAdapter[Any], loaded: Loaded[Any], bad: set[Loc]
) -> Iterator[tuple[tuple[int, str], str]]:
    """Each error as ((line, message), whole line), but for values that YAML's own faults already name."""
    schema: dict[str, Any] | None = None
    for error in errors.errors(include_url=False):
        loc = tuple(error["loc"])
        if loc in bad or loaded.root is None:
            continue
        schema = schema or _json_schema(adapter)
        node, words = _walk(loaded.root, loc)
        words = words[:-1] if error["type"] in _UNKNOWN_FIELD else words  # the message names it
        message = ": ".join([*words, _message(cast("dict[str, Any]", error), schema)])
        yield (node.line, message), f"{loaded.label}:{node.line}: {message}"


def _json_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    try:
        return adapter.json_schema()
    except pydantic.errors.PydanticUserError:
        return {}


def _walk(root: tree.Node, loc: Loc) -> tuple[tree.Node, list[str]]:
    """The deepest node that ``loc`` names, and the words that lead there; an entry is named by its id."""
    node, words = root, list[str]()
    for part in loc:
        child = node.child(part)
        if child is None:
            continue  # pydantic also puts names of union members into a location
        if isinstance(part, int):
            words.append(child.title() or f"item {part + 1}")
        else:
            words.append(part)
        node = child
    return node, words


_UNKNOWN_FIELD = ("extra_forbidden", "unexpected_keyword_argument")


def _message(error: dict[str, Any], schema: dict[str, Any]) -> str:
    """Found and expected, and a close known word where there is one."""
    kind, found = error["type"], error.get("input")
    if kind == "missing":
        return f"found no field {error['loc'][-1]}, expected one"
    if kind in _UNKNOWN_FIELD:
        name, known = str(error["loc"][-1]), _known_fields(schema, tuple(error["loc"][:-1]))
        return f"found the unknown field {name}, expected {_list_words(known)}{_suggest(name, known)}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in ("literal_error", "enum"):
        words = str(error["ctx"]["expected"]).replace("' or '", "', '").strip("'").split("', '")
        return f"found {_say(found)}, expected {_list_words(words)}{_suggest(str(found), words)}"
    return f"found {_say(found)}, expected {_expected(kind, error.get('ctx', {}), error['msg'])}"


_EXPECTED = {
    "string_type": "text (put it in quotes)",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "fields and values",
    "model_type": "fields and values",
    "model_attributes_type": "fields and values",
    "dataclass_type": "fields and values",
    "date_from_datetime_parsing": "a date such as 2019-12-24",
    "date_parsing": "a date such as 2019-12-24",
    "date_type": "a date such as 2019-12-24",
    "finite_number": "a finite number",
    "greater_than_equal": "a number not below {ge}",
    "less_than_equal": "a number not above {le}",
    "greater_than": "a number above {gt}",
    "less_than": "a number below {lt}",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "text of the form {pattern}",
}


def _expected(kind: str, ctx: dict[str, Any], fallback: str) -> str:
    plain = {key: f"{value:g}" if isinstance(value, float) else value for key, value in ctx.items()}
    return _EXPECTED[kind].format(**plain) if kind in _EXPECTED else fallback


def _say(found: object) -> str:
    """A found value in the words of a YAML file."""
    if isinstance(found, dict):
        return "fields and values"
    if isinstance(found, list):
        return f"a list of {len(found)}"
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return f"the boolean {str(found).lower()}"
    text = json.dumps(found, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + '..."'


def _list_words(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return "one of " + ", ".join(words) if words else "no such field"


def _suggest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _known_fields(schema: dict[str, Any], loc: Loc) -> list[str]:
    """The fields of the object at ``loc``, by the JSON schema of the model."""
    branches = [schema]
    for part in loc:
        branches = [step for branch in _resolve(branches, schema) for step in _descend(branch, part)] or branches
    return [name for branch in _resolve(branches, schema) for name in branch.get("properties", {})]


def _resolve(branches: list[dict[str, Any]], schema: dict[str, Any]) -> list[dict[str, Any]]:
    resolved = []
    for branch in branches:
        if "$ref" in branch:
            branch = schema["$defs"][branch["$ref"].rsplit("/", 1)[1]]
        options = branch.get("anyOf", branch.get("oneOf"))
        resolved += _resolve(options, schema) if options else [branch]
    return resolved


def _descend(branch: dict[str, Any], part: int | str) -> list[dict[str, Any]]:
    if isinstance(part, int):
        inner = branch.get("items")
    else:
        inner = branch.get("properties", {}).get(part, branch.get("additionalProperties"))
    return [inner] if isinstance(inner, dict) else []
