"""Read: articles from files and JSON lines, with what they say of themselves."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
import yaml

from geomap.errors import ArticleError, PlanError
from geomap.model import Article
from geomap.read import read_articles, read_document
from geomap.read.address import date_in_address
from geomap.split import split

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "read.yml").read_text(encoding="utf-8"))
STORY = (
    "Rebels left the hill above the town on Monday after a week of fighting, two residents said.\n\n"
    "The army said that it had set up two checkpoints on the bridge over the river and that it would stay.\n\n"
    "Some 300 families had fled to the next town, where a school and a mosque were opened for them on Tuesday.\n"
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def kinds(article: Article) -> dict[str, str]:
    return {article.text[each.start : each.end].strip(): each.kind for each in article.furniture}


@pytest.mark.parametrize("case", CASES["date_lines"], ids=lambda case: case["head"])
def test_the_head_of_a_text_gives_this_date(case: dict[str, object]) -> None:
    article = read_document({"doc_id": "a", "text": f"Rebels leave hill above town\n\n{case['head']}\n\n{STORY}"})
    assert (article.date, article.date_source) == (case["date"], "date line" if case["date"] else "")


@pytest.mark.parametrize("case", CASES["leading"], ids=lambda case: case["text"][:40])
def test_a_story_on_one_line_begins_with_this_date(case: dict[str, str]) -> None:
    article = read_document({"doc_id": "a", "text": case["text"]})
    assert article.date == case["date"]
    assert split(article)[0].text.startswith(case["begins"])


@pytest.mark.parametrize("case", CASES["datelines"], ids=lambda case: case["text"][:40])
def test_a_dateline_names_the_agency_and_is_no_part_of_the_story(case: dict[str, str]) -> None:
    article = read_document({"doc_id": "a", "text": case["text"]})
    assert article.agency == case["agency"]
    assert split(article)[0].text.startswith(case["begins"])


@pytest.mark.parametrize("case", CASES["addresses"], ids=lambda case: case["url"])
def test_an_address_gives_this_date(case: dict[str, str]) -> None:
    assert date_in_address(case["url"]) == case["date"]


def test_a_day_without_a_year_takes_the_year_of_the_address_only() -> None:
    text = f"KYIV, March 5 (Reuters) - {STORY}"
    assert read_document({"text": text}).date is None
    dated = read_document({"text": text, "url": "https://example.org/world/2022/march/buses"})
    assert (dated.date, dated.date_source) == (dt.date(2022, 3, 5), "date line")


def test_the_address_under_a_text_is_its_own_and_that_of_a_related_article_is_not() -> None:
    own = read_document({"text": f"{STORY}\nOriginal url:\n\n<https://www.reuters.com/2020/02/04/hill>"})
    assert (own.url, own.date, own.source) == (
        "https://www.reuters.com/2020/02/04/hill",
        dt.date(2020, 2, 4),
        "Reuters",
    )
    related = read_document({"text": f"{STORY}\nRelated: https://www.reuters.com/2020/02/04/hill"})
    assert (related.url, related.date, related.source) == ("", None, "")


def test_a_slashed_date_is_read_as_its_publisher_writes_it() -> None:
    text = f"Rebels leave hill\n\n03/04/2020\n\n{STORY}"
    british = read_document({"text": text, "url": "https://www.theguardian.com/hill"})
    american = read_document({"text": text, "url": "https://edition.cnn.com/hill"})
    assert (british.date, american.date) == (dt.date(2020, 4, 3), dt.date(2020, 3, 4))


def test_furniture_is_set_aside_and_the_text_is_kept() -> None:
    text = (
        "News / World / Hills\n\n# Rebels leave hill\n\nBy [Reuters](#)\n\nDecember 24, 2019\n\n"
        "**Jo Marsh / Globe / TASS**\n\n"
        f"{STORY}\n**Related article:** [More hills](#)\n\n### Talks go on\n\n{STORY.splitlines()[0]}\n\n"
        "Reporting by Jo Marsh; editing by Ann Lee\n\n"
        "A Message from The Hill Post:\n\nDear readers,\n\nWe had a hard year.\n"
    )
    article = read_document({"text": text})
    assert article.text == text
    assert kinds(article) == {
        "News / World / Hills": "breadcrumb",
        "# Rebels leave hill": "headline",
        "By [Reuters](#)": "byline",
        "December 24, 2019": "date",
        "**Jo Marsh / Globe / TASS**": "credit",
        "**Related article:** [More hills](#)": "related",
        "### Talks go on": "subhead",
        "Reporting by Jo Marsh; editing by Ann Lee": "editing",
        "A Message from The Hill Post:": "appeal",
        "Dear readers,": "appeal",
        "We had a hard year.": "appeal",
    }
    assert (article.title, article.source, article.agency) == ("Rebels leave hill", "The Hill Post", "Reuters")


@pytest.mark.parametrize(
    "text", ["3,030 people evacuated / displaced", "Rebels took the hill", "Print: 12 posts\nTwo hit"]
)
def test_notes_without_full_stops_are_the_story(text: str) -> None:
    assert "\n".join(each.text for each in split(read_document({"text": text}))) == text


HTML = """<html><head><meta charset="{charset}"><title>Rebels leave hill | The Hill Post</title>
<meta property="og:site_name" content="The Hill Post">{meta}</head><body>
<nav>Home</nav><article><h1>Rebels leave hill</h1>
<figure><figcaption>A tank on October 24, 2019. (Photo by Jo Marsh)</figcaption></figure>{story}</article>
<aside>Latest: 3 March 2021, a ferry café sinks</aside></body></html>"""


def html(meta: str = "", charset: str = "utf-8") -> str:
    story = "".join(f"<p>{line}</p>" for line in STORY.splitlines() if line)
    return HTML.format(meta=meta, charset=charset, story=story)


def test_html_gives_its_story_and_the_date_of_its_metadata(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2020-01-28T10:00:00+02:00">'
    [article], issues = read_articles([write(tmp_path, "hill.html", html(meta))])
    assert (article.title, article.source) == ("Rebels leave hill", "The Hill Post")
    assert (article.date, article.date_source, issues) == (dt.date(2020, 1, 28), "metadata", [])
    assert "Rebels left the hill" in article.text
    assert "ferry" not in article.text


def test_a_caption_or_sidebar_gives_an_html_page_no_date(tmp_path: Path) -> None:
    [article], [issue] = read_articles([write(tmp_path, "hill.html", html())])
    assert (article.date, issue.kind) == (None, "no date")


def test_the_canonical_address_of_an_html_page_gives_its_date(tmp_path: Path) -> None:
    meta = '<link rel="canonical" href="https://hillpost.example/2020/02/04/hill">'
    [article], _ = read_articles([write(tmp_path, "hill.html", html(meta))])
    assert (article.date, article.date_source) == (dt.date(2020, 2, 4), "address")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = STORY + "“Café” – said Zoë.\n"
    [article], _ = read_articles([write(tmp_path, "a.txt", text.encode(encoding))])
    assert article.text == text


def test_a_text_in_another_script_is_not_taken_for_cp1252(tmp_path: Path) -> None:
    text = (
        "Войска взяли город в понедельник, сообщили жители. Около пяти тысяч человек уехали на север области.\n" * 4
    )
    [article], _ = read_articles([write(tmp_path, "a.txt", text.encode("cp1251"))])
    assert article.text == text


def test_a_declared_charset_comes_before_a_guess(tmp_path: Path) -> None:
    page = html(charset="iso-8859-9").replace("Rebels left", "Isyancılar (Şam) left").encode("iso-8859-9")
    [article], _ = read_articles([write(tmp_path, "a.html", page)])
    assert "Isyancılar (Şam) left" in article.text


def test_windows_line_ends_are_one_character(tmp_path: Path) -> None:
    [article], _ = read_articles([write(tmp_path, "a.txt", STORY.replace("\n", "\r\n"))])
    assert article.text == STORY


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "b-empty.txt", "  \n")
    write(tmp_path, "c-paper.txt", b"%PDF-1.7 \x00\x01")
    write(tmp_path, "d-binary.txt", bytes(range(256)))
    write(tmp_path, "e-page.html", "<html><body></body></html>")
    good = write(tmp_path, "good.txt", f"24 December 2019\n\n{STORY}")
    articles, issues = read_articles([tmp_path, tmp_path / "goood.txt", good])
    assert [each.id for each in articles] == ["good"]
    assert [each.kind for each in issues] == ["empty", "unreadable", "unreadable", "empty", "missing"]
    assert all("\n" not in each.message and str(tmp_path) in each.message for each in issues)
    assert "did you mean good.txt?" in issues[-1].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_issue(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STORY)
    path.chmod(0)
    assert [each.kind for each in read_articles([path])[1]] == ["unreadable"]


def test_a_folder_without_articles_is_an_issue(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# Notes")
    articles, [issue] = read_articles([tmp_path])
    assert (articles, issue.kind) == ([], "empty")


def test_two_files_of_one_name_get_two_ids(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    paths = [write(tmp_path / "one", "a.txt", STORY), write(tmp_path / "two", "a.txt", "The hill was quiet.")]
    assert [each.id for each in read_articles(paths)[0]] == ["one/a.txt", "two/a.txt"]


def test_a_list_of_articles_wins_over_the_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"Rebels leave hill\n\n24 December 2019\n\n{STORY}")
    listing = write(tmp_path, "list.yml", "- {path: a.txt, date: 2020-01-02, source: Hill Post, title: Hill}")
    [article], _ = read_articles([path], listing=listing, date=dt.date(2021, 1, 1))
    assert (article.date, article.date_source) == (dt.date(2020, 1, 2), "articles.yml")
    assert (article.source, article.title) == ("Hill Post", "Hill")


def test_the_list_in_a_folder_is_used(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    write(tmp_path, "articles.yml", "- {path: a.txt, date: 2020-01-02}")
    assert read_articles([tmp_path])[0][0].date == dt.date(2020, 1, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- {path: hil.txt, date: 2020-01-02}", "did you mean hill.txt?"),
        ("- {path: hill.txt}\n- {path: hill.txt}", "listed twice"),
        ("- {path: hill.txt, day: 2020-01-02}", "day"),
        ("- {path: hill.txt, date: yesterday}", "yesterday"),
    ],
)
def test_a_wrong_list_is_an_error_that_says_where(tmp_path: Path, content: str, words: str) -> None:
    path = write(tmp_path, "hill.txt", STORY)
    with pytest.raises(PlanError, match=words.replace("?", r"\?")):
        read_articles([path], listing=write(tmp_path, "list.yml", content))


def test_a_date_on_the_command_line_is_for_articles_without_one(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"24 December 2019\n\n{STORY}")
    write(tmp_path, "b.txt", "The bridge was quiet.")
    articles, issues = read_articles([tmp_path], date=dt.date(2021, 1, 1))
    assert [each.date_source for each in articles] == ["date line", "--date"]
    assert issues == []


def test_a_copy_is_marked_and_takes_the_date_of_the_other(tmp_path: Path) -> None:
    appeal = "A Message from The Hill Post:\nDear readers,\nWe are few.\nRemind me later."
    write(tmp_path, "a-copy.txt", f"{STORY}\n{STORY.upper()}{appeal}")
    write(tmp_path, "b.txt", f"24 December 2019\n\n{STORY}")
    write(tmp_path, "c-other.txt", "The bridge was shut. " * 20)
    copy, original, other = read_articles([tmp_path], date=dt.date(2021, 1, 1))[0]
    assert (copy.same_as, copy.date, copy.date_source) == ("b", original.date, "same story")
    assert (original.same_as, other.same_as) == (None, None)


def test_of_two_dated_copies_the_later_is_the_copy(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"25 December 2019\n\n{STORY}")
    write(tmp_path, "b.txt", f"24 December 2019\n\n{STORY}")
    assert [each.same_as for each in read_articles([tmp_path])[0]] == ["b", None]


def test_an_undated_article_is_reported_with_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"Smoke on May 3, 2019. (Photo by Jo Marsh)\n\n{STORY}")
    [article], [issue] = read_articles([path])
    assert (issue.kind, issue.article_id) == ("no date", article.id)
    assert all(
        words in issue.message for words in (str(path), '"May 3, 2019" is the date of something else', "--date")
    )


def test_front_matter_is_metadata_and_no_story(tmp_path: Path) -> None:
    text = f'---\ntitle: "Hill falls"\ndate: 2020-01-02\nsource: Hill Post\n---\n\n# Hill falls\n\n{STORY}'
    [article], _ = read_articles([write(tmp_path, "a.md", text)])
    assert (article.title, article.source, article.date_source) == ("Hill falls", "Hill Post", "metadata")
    assert split(article)[0].text.startswith("Rebels left")


def test_a_document_keeps_its_text_to_the_letter_and_its_date() -> None:
    doc = json.loads('{"doc_id": 7, "date": "2020-01-02T10:00:00Z", "text": "\\u00a0One left.\\r\\nTwo came. "}')
    article = read_document(doc)
    assert (article.id, article.text, article.date) == ("7", doc["text"], dt.date(2020, 1, 2))
    assert [each.text for each in split(article)] == ["One left.", "Two came."]


@pytest.mark.parametrize("doc", [{}, {"text": ""}, {"text": 5}, {"text": "One left.", "date": 5}])
def test_a_document_of_the_wrong_form_is_an_error(doc: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match=r"found .*, expected"):
        read_document({"doc_id": "d", **doc})
