"""Batch log: how a batch tells how far it is: a bar, lines of text, or lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from geomap.cli.console import complain, counted, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from geomap.batch import Report, Result, Step

LOGS = ("text", "json")
_WORDS = {"read": "Reading articles", "draw": "Drawing maps"}
# A line for each of many thousand articles helps nobody.
_EVERY = 100


class Log(Protocol):
    """What is told of a run, on stderr."""

    def step(self, step: Step) -> None:
        """Tell one thing done."""

    def end(self, report: Report) -> None:
        """Tell how the run went."""


@contextmanager
def log_of(form: str | None, *, is_dry: bool) -> Iterator[Log]:
    """Yield the log: as asked for, or a bar on a terminal and lines of text elsewhere."""
    if form == "json":
        yield _Json(is_dry)
    elif form == "text" or is_dry or not sys.stderr.isatty():
        yield _Text(is_dry)
    else:
        yield from _with_bar()


class _Json:
    """A line of JSON for each thing; the last one has ``event`` ``end``."""

    def __init__(self, is_dry: bool) -> None:
        self._is_dry = is_dry

    def step(self, step: Step) -> None:
        line = {"event": step.phase, "name": step.name, "done": step.done, "total": step.total}
        if step.result is not None:
            line |= {"status": step.result.status, "why": step.result.why}
            line |= {"articles": step.result.articles, "events": step.result.events}
            if step.result.status == "drawn":
                line |= {"problems": list(step.result.problems), "seconds": round(step.result.seconds, 3)}
        _put({**line, "error": step.error} if step.error else line)

    def end(self, report: Report) -> None:
        for result in report.results if self._is_dry else ():
            _put({"event": "plan", "name": result.name, "status": result.status, "why": result.why})
        line = {"event": "end", "read": report.read, "known": report.known, "stopped": report.is_stopped}
        line |= _counts(report)
        _put({**line, "problems": list(report.problems), "seconds": round(report.seconds, 3)})


class _Text:
    """A line for each map and each hundred articles, then what is wrong and a summary."""

    def __init__(self, is_dry: bool) -> None:
        self._is_dry = is_dry

    def step(self, step: Step) -> None:
        if step.phase == "read" and (step.done % _EVERY == 0 or step.done == step.total):
            say(f"read {step.done} of {counted(step.total, 'article')}")
        if step.result is not None and step.result.status == "drawn":
            what = f"{counted(step.result.articles, 'article')}, {counted(step.result.events, 'event')}"
            say(f"drawn {step.done} of {step.total}: {step.name} ({what}; {step.result.why})")

    def end(self, report: Report) -> None:
        if self._is_dry:
            _say_plan(report)
        else:
            _say_summary(report)


class _Bar:
    """A bar with rate and time left; then as text."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task_of: dict[str, TaskID] = {}

    def step(self, step: Step) -> None:
        if step.phase not in self._task_of:
            self._task_of[step.phase] = self._progress.add_task(_WORDS[step.phase], total=step.total, rate="")
        task = self._task_of[step.phase]
        self._progress.update(task, completed=step.done, total=step.total)
        speed = self._progress.tasks[task].finished_speed or self._progress.tasks[task].speed
        self._progress.update(task, rate=f"{speed:.1f}/s" if speed else "")

    def end(self, report: Report) -> None:
        self._progress.stop()
        _say_summary(report)


def _with_bar() -> Iterator[Log]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


def _say_plan(report: Report) -> None:
    """Say what would be done, a line a map that would be drawn."""
    for result in report.results:
        if result.status == "planned":
            say(f"would draw {result.name}: {result.why}")
        elif result.status == "unknown":
            say(f"cannot tell yet {result.name}: {result.why}")
    for problem in report.problems:
        complain(problem)
    counts = _counts(report)
    say(
        f"would read {counted(report.read, 'article')} ({report.known} known), "
        f"draw {counted(counts['planned'], 'map')}, leave {counts['unchanged']} unchanged"
    )


def _say_summary(report: Report) -> None:
    """Write what went wrong, each on a line, and the summary."""
    for result in report.results:
        if result.error:
            complain(f"{result.name}: {result.error}")
    of_maps = (problem for result in report.results for problem in result.problems)
    problems = list(dict.fromkeys([*report.problems, *of_maps]))
    for problem in problems:
        complain(problem)
    counts = _counts(report)
    parts = [f"{counted(counts['drawn'], 'map')} drawn", f"{counts['failed']} failed"]
    parts += [f"{counts['unchanged']} unchanged"] if counts["unchanged"] else []
    ended = "; stopped at the first failure" if report.is_stopped else ""
    say(f"{', '.join(parts)}, {counted(len(problems), 'problem')}{ended}")


def _counts(report: Report) -> dict[str, int]:
    names = ("drawn", "unchanged", "failed", "planned", "unknown")
    return {name: _number(report.results, name) for name in names}


def _number(results: list[Result], status: str) -> int:
    return sum(result.status == status for result in results)


def _put(line: dict[str, Any]) -> None:
    say(json.dumps(line, ensure_ascii=False))
