"""Pipeline: articles in, claims and a page out; the same bytes every time."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.errors import ArticleError
from geomap.pipeline import locate, map_articles, page, read_and_run, read_one, run
from geomap.reading import default_title
from tests.conftest import ROOT, SAMPLE
from tests.factory import make_article

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

TEXT = "Syrian government forces captured the town of Saraqeb on Wednesday, state television said."


def test_each_event_points_at_its_sentence(gazetteer: Gazetteer) -> None:
    article = make_article(text=f"Troops move\n\n{TEXT}")

    reading = run([article], gazetteer)

    assert [event.family for event in reading.events] == ["control"]
    evidence = reading.events[0].evidence
    assert article.text[evidence.start : evidence.end] == evidence.sentence == TEXT


def test_a_copy_of_a_story_adds_nothing(gazetteer: Gazetteer) -> None:
    copy = make_article(id="b", text=TEXT, same_as="a")

    alone, both = run([make_article(text=TEXT)], gazetteer), run([make_article(text=TEXT), copy], gazetteer)

    assert both.timeline == alone.timeline
    assert [part.article.id for part in both.parts] == ["a", "b"]
    assert both.problems == ()


def test_an_undated_article_keeps_its_events_and_says_that_they_are_undated(gazetteer: Gazetteer) -> None:
    part = read_one(make_article(text=TEXT, date=None), gazetteer)

    assert [event.when.start for event in part.events] == [None]
    assert [issue.kind for issue in part.issues] == ["no date"]


def test_an_article_without_event_is_a_problem_and_an_unknown_name_is_not(gazetteer: Gazetteer) -> None:
    reading = run([make_article(text="The bakers of Idlib city met for an hour.")], gazetteer)

    assert [issue.kind for issue in reading.problems] == ["no event"]


def test_nothing_readable_is_an_error_that_names_the_file(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(ArticleError, match=r"missing\.txt"):
        read_and_run([tmp_path / "missing.txt"], gazetteer)


def test_locate_tells_a_people_from_a_place(gazetteer: Gazetteer) -> None:
    article = make_article(text="Turkish officers met in the town of Saraqeb and in Ankara.")

    names = [(location.mention.text, location.mention.role) for location in locate(article, gazetteer)]

    assert names == [("Turkish", "demonym"), ("Saraqeb", "place"), ("Ankara", "place")]


def test_the_title_names_the_regions_most_told_of(gazetteer: Gazetteer) -> None:
    told = default_title(run([make_article(text=TEXT)], gazetteer).timeline)

    assert told == "Idlib Governorate"
    assert default_title(run([], gazetteer).timeline) == "Map of the events reported"


def test_the_page_holds_each_quote_and_the_day_it_is_as_of(gazetteer: Gazetteer) -> None:
    reading = run([make_article(text=TEXT, date=dt.date(2021, 3, 4))], gazetteer)

    html = page(reading, gazetteer, title="<Who> & where")

    assert TEXT in html
    assert "<Who>" not in html
    assert "2021-03-04" in html or "4 March 2021" in html


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="no sample articles")
def test_the_same_articles_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, gazetteer: Gazetteer) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "map.html"
        command = [sys.executable, "-m", "geomap", "map", str(SAMPLE), "-o", str(out)]
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
            timeout=300,
        )
        made.append(out.read_bytes())
    map_articles([SAMPLE], tmp_path / "map.html", gazetteer, listing=SAMPLE / "articles.yml")

    assert made[0] == made[1]
    assert made[0].replace(b"tests/articles/idlib", str(SAMPLE).encode()) in (
        made[0],
        (tmp_path / "map.html").read_bytes(),
    )


def test_the_public_api_is_there_under_its_names() -> None:
    import geomap

    assert set(geomap._HOME) == set(geomap.__all__)
    assert [name for name in geomap.__all__ if getattr(geomap, name) is None] == []
    assert set(geomap.__all__) <= set(dir(geomap))
