"""The documents: what they show is what the program does."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_geomap

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = ("map", "extract", "render", "locate", "batch", "watch", "embed", "gazetteer")

# "    $ geomap ... | jq ...", and the lines of output up to the next blank line.
_EXAMPLE = re.compile(r"^    \$ (?P<command>geomap .+)\n(?P<output>(?:    (?!\$).+\n)+)", re.MULTILINE)


def _examples() -> list[tuple[str, str]]:
    return [(match["command"], match["output"]) for match in _EXAMPLE.finditer(README)]


@pytest.mark.parametrize(("command", "output"), _examples(), ids=[command for command, _ in _examples()])
def test_the_readme_shows_what_the_program_answers(command: str, output: str, tmp_path: Path) -> None:
    words, *filters = command.split(" | ")
    for name in ("tests", "outputs"):
        (tmp_path / name).symlink_to(ROOT / name) if name == "tests" else (tmp_path / name).mkdir()

    done = run_geomap(*shlex.split(words)[1:], cwd=tmp_path)

    if filters:
        shown = json.loads(output)
        events = json.loads(done.stdout.splitlines()[0])["events"]
        assert shown in [{key: event.get(key) for key in shown} for event in events]
    else:
        assert [line.strip() for line in done.stdout.splitlines()] == [line.strip() for line in output.splitlines()]


def test_every_command_has_help_and_a_line_in_the_readme(tmp_path: Path) -> None:
    for command in COMMANDS:
        assert run_geomap(command, "--help", cwd=tmp_path).returncode == 0
        assert re.search(rf"^    geomap {command}\b", README, re.MULTILINE), command


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    names = [re.split(r"[<>=\[]", requirement)[0] for requirement in [*project["dependencies"], *extras]]

    assert [
        name for name in names if not {name, name.split("-")[-1]} & set(re.findall(r"[\w-]+", contributing))
    ] == []


def test_the_first_lines_of_the_readme_are_the_two_commands() -> None:
    assert re.match(r"# geomap\n\n    make map .*\n    make test .*\n", README)


def test_no_document_names_a_machine_of_ours() -> None:
    pages = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("*/README.md"),
        ROOT / "Makefile",
        ROOT / ".ci/run",
    ]

    assert [
        page.name for page in pages if re.search(r"/work/|/tmp/w/|pypi\.org", page.read_text(encoding="utf-8"))
    ] == []
