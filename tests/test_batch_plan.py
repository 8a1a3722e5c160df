"""Plans of many maps: what they ask for, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from geomap.batch import batch_of, plan_schema
from geomap.batch.job import Job
from geomap.batch.series import parts_of
from geomap.errors import PlanError

DAY = dt.date(2021, 3, 1)


def _plan(folder: Path, text: str) -> Path:
    for name in ("news/a.txt", "news/b.md", "news/c.csv", "more/deep/d.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text", encoding="utf-8")
    path = folder / "plan.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_names_folders_files_and_patterns_beside_it(tmp_path: Path) -> None:
    plan = _plan(
        tmp_path,
        """
title: The north
out: maps
articles: [news]
formats: [html, svg]
maps:
  - name: all
  - name: some/deep
    title: Some
    articles: [news/b.md, "more/**/*.*"]
    formats: [geojson]
    lang: ar
""",
    )

    batch = batch_of(plan)

    assert (batch.title, batch.out) == ("The north", tmp_path / "maps")
    assert [(job.name, [path.name for path in job.paths], job.formats, job.lang) for job in batch.jobs] == [
        ("all", ["news"], ("html", "svg"), "en"),
        ("some/deep", ["b.md", "d.html"], ("geojson",), "ar"),
    ]


@pytest.mark.parametrize(
    ("maps", "line", "message"),
    [
        ("- name: a\n  artcles: [news]", 2, "unknown field artcles, expected one of"),
        ("- name: a\n  from: 2021-02-30\n  articles: [news]", 2, "expected a date such as"),
        (
            "- name: a\n  articles: [news]\n  formats: [pdf]",
            3,
            'found "pdf", expected one of html, svg, png, geojson',
        ),
        ("- name: a", 1, "found no articles"),
        ("- name: a\n  articles: [mews]", 2, "did you mean news?"),
        ("- name: ../a\n  articles: [news]", 1, "a name inside the folder of maps"),
        ("- name: a-{day}\n  articles: [news]", 1, "expected braces only around {date}"),
        ("- name: a-{date}\n  articles: [news]", 1, "{date} in a map without to"),
        ("- name: a\n  title: To {date}\n  articles: [news]", 2, "{date} in a map without to"),
        ('- name: "a\\0b"\n  articles: [news]', 1, "a name of signs that can be seen"),
        (f"- name: {'ب' * 101}\n  articles: [news]", 1, "found a name of 101 letters"),
        ("- name: a\n  every: day\n  articles: [news]", 1, "expected a name with {date}"),
        ("- name: a\n  days: 3\n  articles: [news]", 2, "days without every"),
        ("- name: a\n  from: 2021-03-02\n  to: 2021-03-01\n  articles: [news]", 3, "not before 2021-03-02"),
        ("- name: a\n  articles: [news]\n- name: A\n  articles: [news]", 3, "the name of two maps"),
        ("- name: Index\n  articles: [news]", 1, "the name of two maps"),
        ("- name: a\n  articles: [news]\n  listing: no.yml", 3, "no such file"),
        ("- name: a\n  name: b\n  articles: [news]", 2, "name"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, maps: str, line: int, message: str) -> None:
    indented = "".join(f"  {each}\n" for each in maps.splitlines())
    plan = _plan(tmp_path, f"maps:\n{indented}")

    with pytest.raises(PlanError) as told:
        batch_of(plan)

    assert f"plan.yml:{line + 1}: " in str(told.value)
    assert message in str(told.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "tile: x\nmaps:\n  - name: a\n    every: month\n    articles: []\n")

    with pytest.raises(PlanError) as told:
        batch_of(plan)

    assert len(str(told.value).splitlines()) == 3


def _job(**changed: object) -> Job:
    return Job("m-{date}", (), is_template=True, title="{from} to {to}", **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("job", "dates", "expected"),
    [
        (
            _job(every="day"),
            [DAY, DAY + dt.timedelta(2)],
            [("03-01", "03-01"), ("03-02", "03-02"), ("03-03", "03-03")],
        ),
        (_job(every="day", days=3, first=DAY, last=DAY), [], [("02-27", "03-01")]),
        (_job(every="week", first=DAY, last=DAY + dt.timedelta(9)), [], [("03-01", "03-07"), ("03-04", "03-10")]),
        (_job(every="week"), [], []),
        (_job(first=DAY, last=DAY + dt.timedelta(4)), [], [("03-01", "03-05")]),
    ],
)
def test_a_series_has_a_map_for_each_day_or_week(
    job: Job, dates: list[dt.date], expected: list[tuple[str, str]]
) -> None:
    parts = list(parts_of(job, dates))

    assert [(f"{part.first:%m-%d}", f"{part.last:%m-%d}") for part in parts] == expected
    assert [part.name for part in parts] == [f"m-2021-{last}" for _, last in expected]
    assert [part.title for part in parts] == [f"2021-{first} to 2021-{last}" for first, last in expected]


def test_the_schema_tells_an_editor_the_fields_as_they_are_written() -> None:
    schema = json.loads(plan_schema())

    assert {"from", "to", "every", "regions"} <= set(schema["$defs"]["MapPlan"]["properties"])
    for fields in (schema["properties"], schema["$defs"]["MapPlan"]["properties"]):
        assert {"areas", "overlays", "tiles", "pmtiles"} <= set(fields)
    assert schema["additionalProperties"] is False
