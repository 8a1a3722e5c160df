"""Plug-ins: whose extractors are asked, what becomes of those that fail, and how their families reach the map."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from geomap import families
from geomap.batch import Job, run_batch
from geomap.cli import main
from geomap.documents import DocumentReader
from geomap.errors import ArticleError, PlanError
from geomap.export import events_text, read_events, write_events
from geomap.extractors import GROUP, OWN, Extractor, chosen, extract_with, installed
from geomap.families import Family, family, installed_families, read_family
from geomap.gazetteer import Gazetteer
from geomap.merge import merge
from geomap.model import Actor, Article, Claim, Event, Evidence, Issue, Located, OtherEvent, Timeline
from geomap.pipeline import read_one, run
from geomap.render import Look, render
from tests import factory

ROOT = Path(__file__).parent.parent
TEXT = "Rebels captured Saraqeb on Monday. Air strikes hit Idlib on Tuesday, killing 12 people."
# A package with an extractor, as pip would have installed it.
PLUGIN = """
from geomap.model import Evidence, OtherEvent, When

def extract(article, sentences, locations, gazetteer):
    s = sentences[0]
    evidence = Evidence(article.id, s.start, s.end, s.text)
    when = When(article.date, article.date)
    location = locations[0]
    return [OtherEvent(family="truce", id=f"t-{article.id}", subtype="agreed", location=location, when=when,
                       evidence=evidence, details=(("hours", 48),))], []

def fails(article, sentences, locations, gazetteer):
    raise ValueError("no model\\nsecond line")

def odd(article, sentences, locations, gazetteer):
    return ["an event"], []

number = 3
"""
FAMILY = """
id: truce
name: Truces
colour: "#1b7837"
symbol: "M-8-8H8V8H-8Z"
legend: a truce was told
subtypes:
  agreed: {actor: "truce agreed by {actor}", plain: truce agreed}
"""
ENTRY_POINTS = """
[geomap.extractors]
truces = truces_plugin:extract
failing = truces_plugin:fails
odd = truces_plugin:odd
number = truces_plugin:number
gone = truces_gone:extract

[geomap.families]
truce = truces_plugin_family:FAMILY
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an installed package of extractors."""
    _install(tmp_path, "truces-plugin", ENTRY_POINTS)
    (tmp_path / "truces_plugin.py").write_text(PLUGIN)
    (tmp_path / "truce.yml").write_text(FAMILY)
    (tmp_path / "truces_plugin_family.py").write_text(f"FAMILY = {str(tmp_path / 'truce.yml')!r}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()
    for name in ("truces_plugin", "truces_plugin_family"):
        sys.modules.pop(name, None)


def _install(folder: Path, name: str, entry_points: str) -> None:
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entry_points)


def _forget() -> None:
    from geomap import extractors

    extractors._loaded.cache_clear()
    installed_families.cache_clear()


def _line(text: str = TEXT, *options: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> dict[str, Any]:
    """Return the JSON line of an article; the second one is the exit code."""
    path = tmp_path / "article.txt"
    path.write_text(text)
    code = main(["extract", str(path), "--date", "2020-02-07", "--format", "jsonl", *options])
    line: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {**line, "code": code}


def test_own_extractors_and_families_are_those_that_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"][GROUP] == OWN
    assert project["entry-points"][families.GROUP] == families.OWN


def test_own_extractors_come_first_and_others_in_order_of_name(plugin: Path) -> None:
    assert installed() == ["core", "strikes", "failing", "gone", "number", "odd", "truces"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), []),
        (("core",), ["core"]),
        (("strikes", "core", "strikes"), ["strikes", "core"]),
        (("truces", "core"), ["truces", "core"]),
    ],
)
def test_extractors_are_asked_once_each_in_the_order_given(
    plugin: Path, names: tuple[str, ...], found: list[str]
) -> None:
    assert [each.name for each in chosen(names)] == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone", "extractor 'gone' of the package truces-plugin (truces_gone:extract): ModuleNotFoundError"),
        ("number", "int found, a callable expected: update or reinstall it, or leave it out of --extractors"),
        ("missing", "'missing' is not installed, expected of core, strikes, failing"),
        ("all", "extractor 'gone'"),
    ],
)
def test_entry_point_that_cannot_be_used_is_named_with_what_to_do(plugin: Path, name: str, said: str) -> None:
    with pytest.raises(PlanError) as error:
        chosen([name])
    assert said in str(error.value)


def test_name_that_two_packages_have_is_an_error(plugin: Path) -> None:
    _install(plugin, "other-plugin", "[geomap.extractors]\ntruces = truces_plugin:fails\n")
    with pytest.raises(PlanError, match="'truces' is in other-plugin and truces-plugin: uninstall one of them"):
        chosen(["truces"])


def test_own_name_is_not_taken_over_by_a_package(plugin: Path) -> None:
    _install(plugin, "other-plugin", "[geomap.extractors]\ncore = truces_plugin:fails\n")
    assert chosen(["core"])[0].maker == ""


def test_by_default_an_installed_package_changes_nothing(
    plugin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = _line(capsys=capsys, tmp_path=tmp_path)
    assert [event["family"] for event in line["events"]] == ["control"]


def test_chosen_extractors_add_their_events_in_text_order(
    plugin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = _line(TEXT, "--extractors", "strikes,core,truces", capsys=capsys, tmp_path=tmp_path)
    assert [event["family"] for event in line["events"]] == ["control", "truce", "strike"]
    assert line["events"][2]["details"] == {"killed": 12}
    assert line["code"] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "failing",
            "extractor 'failing' of the package truces-plugin failed: ValueError: no model: its events are",
        ),
        ("odd", "extractor 'odd' of the package truces-plugin failed: TypeError: str found, an Event expected"),
    ],
)
def test_extractor_that_fails_loses_only_its_own_events(
    plugin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    line = _line(TEXT, "--extractors", f"{name},core", capsys=capsys, tmp_path=tmp_path)
    assert [event["family"] for event in line["events"]] == ["control"]
    (issue,) = [issue for issue in line["issues"] if issue["kind"] == "extractor"]
    assert said in issue["message"]
    assert "\n" not in issue["message"]
    assert line["code"] == 1


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (factory.make_control(evidence=Evidence("other", 0, 3, "abc")), "evidence other 0-3 is not in the article"),
        (factory.make_control(evidence=Evidence("a", 0, 99, "abc")), "evidence a 0-99 is not in the article"),
    ],
)
def test_event_that_later_stages_cannot_work_with_is_an_issue(event: Event, said: str) -> None:
    article = Article(id="a", text="abc")
    extractor = Extractor("x", "maker", lambda *_: ([event], []))
    events, issues = extract_with([extractor], article, [], [], None)  # type: ignore[arg-type]
    assert events == []
    assert said in issues[0].message


def test_batch_workers_ask_the_chosen_extractors(plugin: Path, tmp_path: Path) -> None:
    jobs = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"2020-02-07\n\n{TEXT}\n")
        jobs.append(Job(name, (path,), None))
    results = run_batch(jobs, tmp_path / "maps", workers=2, extractors=("core", "truces"))
    assert [result.claims for result in results] == [{"control": 1, "truce": 1}] * 2
    assert '<th scope="col" class="number">Truce</th>' in (tmp_path / "maps" / "index.html").read_text("utf-8")


def test_batch_with_an_unknown_extractor_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert main(["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--extractors", "missing"]) == 2
    assert "'missing' is not installed" in capsys.readouterr().err


# --- events of a family that geomap does not know ---------------------------------------------------


def make_truce(**changes: Any) -> OtherEvent:
    control = factory.make_control()
    values = {
        "family": "truce",
        "id": "t1",
        "subtype": "agreed",
        "location": control.location,
        "when": control.when,
        "evidence": control.evidence,
        "details": (("hours", 48), ("signed_by", "both")),
        **changes,
    }
    return OtherEvent(**values)


def test_same_statements_are_one_claim_and_other_details_another() -> None:
    other = Evidence("b", 0, 5, "Truce")
    one, again = make_truce(), make_truce(id="t2", evidence=other, actor=Actor("rebels"))
    longer = make_truce(id="t3", evidence=other, details=(("hours", 72),))
    claims = merge([one, again, longer], []).claims
    assert sorted(len(claim.reports) for claim in claims) == [1, 2]
    assert len({claim.fact for claim in claims}) == 1


@pytest.mark.parametrize("fmt", ["geojson", "csv", "gpkg", "kml"])
def test_every_format_has_the_family_and_its_details(tmp_path: Path, fmt: str) -> None:
    timeline = merge([make_truce()], [])
    if fmt in ("geojson", "csv"):
        text = events_text(timeline, [], fmt)
    else:
        write_events(timeline, [], fmt, tmp_path / f"events.{fmt}")
        text = (tmp_path / f"events.{fmt}").read_bytes().decode("utf-8", "replace")
    assert "truce" in text
    assert '"details": {"hours": 48, "signed_by": "both"}' in text or "hours: 48; signed_by: both" in text


def test_written_events_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    write_events(merge([make_truce()], []), [], "geojson", path)
    (claim,) = read_events(path, lambda place_id: None)[0].claims
    assert isinstance(claim.event, OtherEvent)
    assert (claim.event.family, claim.event.details) == ("truce", (("hours", 48), ("signed_by", "both")))


def _page(*events: Event, described: dict[str, Family] | None = None) -> str:
    claims = tuple(Claim(event.id, event.id, (event,)) for event in events)
    return render(Timeline(claims), [], [], Look("Map", families=described or {}), gazetteer_version="1")


def test_family_brings_its_words_colour_symbol_and_legend_to_the_page(plugin: Path) -> None:
    page = _page(make_truce(actor=Actor("rebels")), described=dict(installed_families()))
    for words in (
        "Truces",
        "a truce was told",
        "Truce agreed by rebels; hours: 48; signed by: both",
        "M-8-8H8V8H-8Z",
    ):
        assert words in page
    assert page.count("#1b7837") > 1


def test_family_that_nobody_describes_has_a_plain_sign_and_its_own_name() -> None:
    page = _page(make_truce(family="prisoner_swap"))
    assert "Prisoner swap" in page
    assert family("prisoner_swap", {}).symbol in page


def test_description_that_cannot_be_read_is_left_out(plugin: Path) -> None:
    (plugin / "truce.yml").write_text(FAMILY.replace("#1b7837", "green"))
    assert list(installed_families()) == ["strike"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"#1b7837"', "green", "colour"),
        ('"M-8-8H8V8H-8Z"', '"M0 0\\"/><script>"', "symbol"),
        ("id: truce", "id: Truce X", "id"),
        ("legend:", "legends:", "legends"),
        ("agreed by {actor}", "agreed by {who}", "expected no gap but {actor}"),
    ],
)
def test_description_is_checked_before_it_is_drawn(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "family.yml").write_text(FAMILY.replace(old, new))
    with pytest.raises(PlanError, match=said):
        read_family(tmp_path / "family.yml")


def test_words_of_others_in_an_event_of_a_plugin_stay_words() -> None:
    page = _page(
        make_truce(subtype="{x} {{ 7*7 }}", actor=Actor("{y}"), details=(("<b>", "{x} <script>alert(1)</script>"),))
    )
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("answers", "has_places"),
    [([], False), ([False], False), ([False, True], True), ([None], True), ([False, None], True)],
)
def test_places_are_looked_for_where_an_extractor_may_tell_something(
    answers: list[bool | None], has_places: bool, gazetteer: Gazetteer
) -> None:
    readers = [
        Extractor("r", "", lambda *_: ([], []), None if answer is None else lambda *_, said=answer: said)
        for answer in answers
    ]
    part = read_one(factory.make_article(text=TEXT), gazetteer, extractors=readers)
    every = read_one(factory.make_article(text=TEXT), gazetteer, extractors=readers, all_places=True)

    assert bool(part.locations) is has_places
    assert {x.name for x in every.locations} >= {"Saraqeb"}


def test_extractor_that_fails_to_say_whether_it_may_tell_is_asked(gazetteer: Gazetteer) -> None:
    reader = Extractor("r", "p", lambda *_: ([], []), lambda *_: bool(1 // 0))

    assert read_one(factory.make_article(text=TEXT), gazetteer, extractors=[reader]).locations


def test_articles_read_together_say_what_each_says_alone(gazetteer: Gazetteer) -> None:
    texts = [TEXT, "", TEXT.replace("captured", "lost"), "Rain fell.", f"{TEXT} Some 300 people fled to Idlib."]
    documents = [{"doc_id": str(number), "date": "2020-02-08", "text": text} for number, text in enumerate(texts)]
    reader = DocumentReader(gazetteer, chosen(["all"]))

    together = reader.read_group(documents)
    with pytest.raises(ArticleError) as alone:
        reader.read(documents[1])

    assert str(together[1]) == str(alone.value)
    assert [each for each in together if not isinstance(each, Exception)] == [
        reader.read(document) for document in documents if document["text"]
    ]


def test_extractor_that_fails_to_prepare_is_asked_all_the_same(gazetteer: Gazetteer) -> None:
    prepared: list[int] = []

    def prepare(group: Sequence[Located], gazetteer: Gazetteer) -> None:
        prepared.append(len(group))
        raise ValueError("no model")

    reader = Extractor("r", "p", lambda *_: ([], [Issue("seen", "", "")]), prepare=prepare)
    reading = run(
        [factory.make_article(text=TEXT), factory.make_article(text=TEXT)], gazetteer, extractors=[reader]
    )

    assert prepared == [2]
    assert [issue.kind for part in reading.parts for issue in part.issues if issue.kind == "seen"] == ["seen"] * 2


def test_article_without_any_extractor_has_no_events() -> None:
    from tests.extract_reader import gazetteer

    reading = read_one(Article(id="a", text=TEXT), gazetteer(), extractors=())
    assert reading.events == ()
    assert "no event" in {issue.kind for issue in reading.issues if isinstance(issue, Issue)}
