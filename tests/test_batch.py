"""Batch: a folder of articles in; maps and a page that links them out."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from geomap.batch import jobs_in, run_batch
from geomap.batch.index import index_page
from geomap.batch.results import Report, Result, failed
from geomap.errors import PlanError
from tests.factory import DAY

DATED = "4 March 2021\n\nSyrian government forces captured the town of {town} on Wednesday.\n"


class Links(HTMLParser):
    """The links of a page; an unclosed or misplaced element is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "br"}:
            self._open.append(tag)
        self.hrefs += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def close(self) -> None:
        super().close()
        assert self._open == []


def _links(page: str) -> list[str]:
    parser = Links()
    parser.feed(page)
    parser.close()
    return parser.hrefs


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_asks_for_a_map_a_subfolder_and_a_map_an_article(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "notes.csv",
        ".hidden.txt",
        "week/1.txt",
        "week/2.html",
        "empty/readme.pdf",
        "out/m.html",
    ):
        _write(tmp_path / name, "text")
    _write(tmp_path / "week/articles.yml", "[]")

    jobs = jobs_in(tmp_path, out=tmp_path / "out")

    assert [(job.name, job.listing) for job in jobs] == [
        ("week", tmp_path / "week/articles.yml"),
        ("a", None),
        ("b", None),
    ]


def test_names_of_maps_never_meet(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a.txt", "a.md", "index.txt", "A.html"):
        _write(tmp_path / name, "text")

    names = [job.name for job in jobs_in(tmp_path)]

    assert len({name.lower() for name in names} | {"index"}) == len(names) + 1


def test_a_folder_without_articles_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no article in it"):
        jobs_in(tmp_path)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_article_never_stops_the_rest(tmp_path: Path, workers: int) -> None:
    folder, out = tmp_path / "articles", tmp_path / "maps"
    _write(folder / "a.txt", DATED.format(town="Saraqeb"))
    _write(folder / "b.txt", "")
    _write(folder / "c/1.txt", DATED.format(town="Maarat al-Numan"))
    seen: list[str] = []

    results = run_batch(jobs_in(folder), out, workers=workers, each=lambda result: seen.append(result.name))

    assert [(result.name, bool(result.error)) for result in results] == [("c", False), ("a", False), ("b", True)]
    assert sorted(seen) == ["a", "b", "c"]
    assert "b.txt" in results[2].error
    files = sorted(path.name for path in out.iterdir())
    assert files == [".geomap", "a.html", "c.html", "index.html", "manifest.json", "timings.json"]
    assert _links((out / "index.html").read_text(encoding="utf-8")) == ["c.html", "a.html"]


def test_the_index_escapes_what_it_shows_and_links() -> None:
    name = "<b>\"x\" & 'y' #1?"
    drawn = Result(name=name, title=name, articles=2, claims={"control": 3}, first=DAY, last=DAY)

    page = index_page(Report(results=[drawn, failed("bad", "<script>: unreadable")], problems=("<i>x",)))

    assert _links(page) == ["%3Cb%3E%22x%22%20%26%20%27y%27%20%231%3F.html"]
    assert "<b>" not in page
    assert "<script>" not in page
    assert "2021-03-04" in page


def test_an_index_of_failures_alone_is_a_valid_page() -> None:
    assert _links(index_page(Report(results=[failed("bad", "unreadable")]))) == []
