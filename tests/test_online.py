"""Online: names that no gazetteer has, asked of a service that runs on this machine."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.cli.online import PROVIDERS
from geomap.errors import OnlineError, PlanError
from geomap.export import article_line, events_text, read_events
from geomap.model import Issue, LngLat, Location, Mention, Span
from geomap.online import SERVICES, OnlineSettings, Resolver, online_settings
from geomap.online.answers import Answer
from geomap.online.client import Client
from geomap.online.lexicon import kind_by_tag
from geomap.online.providers import Question
from geomap.online.store import Key, Store
from geomap.pipeline import locate, page, page_of, read_one, run
from tests.conftest import ROOT, RunGeomap
from tests.factory import make_article, make_location, make_place
from tests.geocoding_server import Reply, Service, features, nominatim, photon, serving

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

TEXT = "Syrian government forces captured the village of Kafr Zoran in Idlib province on Wednesday."
OSM = "© OpenStreetMap contributors (ODbL 1.0)"
WHO = "tests (tests@example.org)"
VILLAGE = "online-nominatim-n4711"
SHOP = {"class": "shop", "type": "bakery"}
COUNTY, BOUNDED = (
    {"class": "boundary", "type": "administrative", "addresstype": role} for role in ("county", "village")
)
NEXT_CENTURY = {"Retry-After": "Fri, 31 Dec 2199 23:59:59 GMT"}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as running:
        yield running


@pytest.fixture
def settings(service: Service, tmp_path: Path) -> OnlineSettings:
    return make_settings(service, tmp_path)


def make_settings(service: Service, folder: Path, **changed: Any) -> OnlineSettings:
    """Return settings that ask the local service, quick to lose patience."""
    values: dict[str, Any] = {
        "provider": "nominatim",
        "url": service.url,
        "user_agent": WHO,
        "interval": 0.0,
        "timeout": 0.3,
        "retries": 1,
        "backoff": 0.01,
        "patience": 2.0,
        "most_failures": 2,
        "cache_dir": folder / "online",
    }
    return OnlineSettings(**{**values, **changed})


def resolved(settings: OnlineSettings, gazetteer: Gazetteer, name: str = "Kafr Zoran") -> Any:
    """Return what the service makes of one name in an article that also names a town in Syria."""
    mention = Mention(0, len(name), name, name)
    issue = Issue("unknown place", "a", f"{name}: no gazetteer has it", Span(0, len(name)))
    town = make_location("Marsa", place=make_place(country="sy"))
    found, issues = Resolver(settings).resolve("a", [mention], [town], [issue], gazetteer)
    return (found[0] if found else None), issues


# --- what is found --------------------------------------------------------------------------------------


def test_a_village_that_no_gazetteer_has_is_found_and_marked_as_not_checked(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]

    part = read_one(make_article(text=TEXT), gazetteer, Resolver(settings))

    (event,) = part.events
    location = event.location
    assert location is not None
    assert location.place.id == "online-nominatim-n4711"
    assert (location.point.lat, location.point.lng, location.geo_precision) == (35.7, 36.6, 1)
    assert location.place.note == "found online by nominatim, not checked"
    assert location.why.startswith("found online by nominatim, not checked; the only place of that name in SY")
    assert 0.3 < location.score < 0.7
    assert [issue.kind for issue in part.issues] == ["online place"]
    assert OSM in part.issues[0].message


def test_only_the_name_is_sent_and_who_asks_for_it(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    read_one(make_article(text=TEXT), gazetteer, Resolver(settings))

    (question,) = service.asked
    assert question["q"] == "Kafr Zoran"
    assert (question["path"], question["countrycodes"], question["accept-language"]) == ("/search", "sy", "en")
    assert service.agents == [WHO]


def test_names_that_a_gazetteer_has_are_not_asked_for(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    text = "Rebels captured the town of Saraqeb in Idlib province on Wednesday, and Ankara blamed Moscow."

    read_one(make_article(text=text), gazetteer, Resolver(settings))

    assert service.asked == []


def test_a_long_stretch_is_no_name_and_stays_here(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    sentence = "Our source in the village said that they had left it at dawn"

    location, issues = resolved(settings, gazetteer, sentence)

    assert location is None
    assert service.asked == []
    assert issues[0].message.endswith("too long to be asked for online")


def test_words_around_the_name_move_a_place_found_online(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    text = "In Idlib, shells fell 10 km east of the village of Kafr Zoran."

    found = [
        each
        for each in locate(make_article(text=text), gazetteer, None, Resolver(settings))
        if "10 km" in each.name
    ]

    assert [each.place.id for each in found] == ["online-nominatim-n4711"]
    assert found[0].point.lng > 36.65
    assert "not checked" in found[0].why


ANSWERS: list[tuple[str, list[dict[str, Any]], str, str]] = [
    # what, answers, id of the place ("" where none is taken), words of the issue
    ("nothing", [], "", "nominatim has none either"),
    ("a place elsewhere", [nominatim(country="tr")], "", "has it in TR, but the article tells of SY: not used"),
    ("a place in no country", [nominatim(address={})], "", "has it in no country"),
    ("a shop of that name", [nominatim(**SHOP)], "", "only Kafr Zoran (shop=bakery)"),
    ("a place of another name", [nominatim("Damira", namedetails={})], "", "only Damira (place=village)"),
    ("another spelling", [nominatim("Kafr Zuran", namedetails={})], VILLAGE, "spelt Kafr Zuran there"),
    ("a name among others", [nominatim("Zuhur", namedetails={"alt_name": "X;Kafr Zoran"})], VILLAGE, ""),
    (
        "its point and its boundary",
        [nominatim(), nominatim(osm_type="relation", osm_id=9, lat=35.71)],
        VILLAGE,
        "the only place",
    ),
    (
        "two, one near the article's town",
        [nominatim(lat=34.0, osm_id=1), nominatim(lat=35.3, lng=36.5, osm_id=2)],
        "online-nominatim-n2",
        "near other places of the text",
    ),
    ("two far from it", [nominatim(lat=33.0, osm_id=1), nominatim(lat=32.5, osm_id=2)], "", "none is clearly"),
    ("one odd item among good ones", [{"lat": "35", "lon": "36", "display_name": "?"}, nominatim()], VILLAGE, ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "answers", "place_id", "words"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_answers_are_taken_or_refused(
    what: str,
    answers: list[dict[str, Any]],
    place_id: str,
    words: str,
    service: Service,
    settings: OnlineSettings,
    gazetteer: Gazetteer,
) -> None:
    service.replies["*"] = [Reply(answers)]

    location, issues = resolved(settings, gazetteer)

    assert (location.place.id if location else "") == place_id
    assert words in issues[0].message
    assert issues[0].kind in ("online place", "unknown place", "ambiguous place")


EXTENTS: list[tuple[str, dict[str, Any], str, int, float]] = [
    # what, the answer, kind, geo_precision, at least this radius
    ("a village is a point", {}, "village", 1, 0),
    ("a village with a wide boundary is no point", {"box": 0.4}, "village", 2, 25),
    ("a district is an area", COUNTY, "district", 3, 1),
    ("a boundary of a village is the village", BOUNDED, "village", 1, 0),
    ("a base is as precise as it is small", {"class": "military", "type": "base"}, "base", 1, 1),
    ("a mountain is as wide as it is", {"class": "natural", "type": "ridge", "box": 0.1}, "mountain", 2, 10),
    ("a place without a box", {"boundingbox": None}, "village", 1, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "changed", "kind", "precision", "radius"), EXTENTS, ids=[row[0] for row in EXTENTS]
)
def test_type_and_box_tell_how_precise_a_place_is(
    what: str,
    changed: dict[str, Any],
    kind: str,
    precision: int,
    radius: float,
    service: Service,
    settings: OnlineSettings,
    gazetteer: Gazetteer,
) -> None:
    service.replies["*"] = [Reply([nominatim(**changed)])]

    location: Location = resolved(settings, gazetteer)[0]

    assert (location.place.kind, location.geo_precision) == (kind, precision)
    assert location.radius_km >= radius
    assert location.place.radius_km == location.radius_km


def test_photon_answers_with_features_and_houses_without_a_name(
    service: Service, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    house = photon(name=None, osm_key="building")
    service.replies["*"] = [Reply(features(house, photon(countrycode="TR", osm_id=1), photon()))]

    location, _ = resolved(make_settings(service, tmp_path, provider="photon"), gazetteer)

    assert location.place.id == "online-photon-n4711"
    assert location.place.attribution == OSM
    assert (service.asked[0]["path"], service.asked[0]["lang"]) == ("/api", "en")
    assert 30 < float(service.asked[0]["lat"]) < 40


def test_an_article_that_names_no_country_is_asked_about_without_limit(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["*"] = [Reply([nominatim()])]
    mention = Mention(0, 10, "Kafr Zoran", "Kafr Zoran")
    issue = Issue("unknown place", "a", "?", Span(0, 10))

    (location,), _ = Resolver(settings).resolve("a", [mention], [], [issue], gazetteer)

    assert "countrycodes" not in service.asked[0]
    assert location.score < 0.5


# --- what goes wrong ------------------------------------------------------------------------------------

FAILURES: list[tuple[str, Reply, str, int]] = [
    # what, the reply, words of the issue, requests that two names make
    ("too slow", Reply(delay=0.6), "no answer within 0.3 s", 4),
    ("an answer that drips", Reply(b"[" + b" " * 200 + b"]", drip=0.05), "no answer within 0.3 s", 4),
    ("broken JSON", Reply(b'[{"lat": "35.7", '), "no JSON", 4),
    ("a page in place of JSON", Reply(b"<html>Welcome to the Wi-Fi</html>"), "no JSON", 4),
    ("letters of no encoding", Reply(b"\xff\xfe["), "no JSON", 4),
    ("a number", Reply(b"7"), "not of its form", 4),
    ("items that are none", Reply([1, 2]), "not of its form", 4),
    ("wrong types", Reply([{**nominatim(), "lat": "north"}]), "not of its form", 4),
    ("a point off the globe", Reply([{**nominatim(), "lat": "95"}]), "not of its form", 4),
    ("an object", Reply({"error": "database down"}), "database down", 4),
    ("nested without end", Reply(b"[" * 100_000), "not of its form", 4),
    ("a server that fails", Reply(status=500), "HTTP 500", 4),
    ("a bad request", Reply(status=400), "HTTP 400", 2),
    ("a closed door", Reply(status=403), "HTTP 403", 1),
    ("a pause that is too long", Reply(status=429, headers={"Retry-After": "600"}), "asks to wait 600 s", 1),
    ("a pause until a day", Reply(status=503, headers=NEXT_CENTURY), "asks to wait", 1),
    ("a pause that is no time", Reply(status=429, headers={"Retry-After": "soon"}), "HTTP 429", 4),
]  # fmt: skip


@pytest.mark.parametrize(("what", "reply", "words", "requests"), FAILURES, ids=[row[0] for row in FAILURES])
def test_a_service_that_fails_is_left_alone_and_the_run_goes_on_offline(
    what: str,
    reply: Reply,
    words: str,
    requests: int,
    service: Service,
    settings: OnlineSettings,
    gazetteer: Gazetteer,
) -> None:
    service.replies["*"] = [reply]
    mentions = [
        Mention(i * 9, i * 9 + 6, name, name) for i, name in enumerate(["Kafr A", "Kafr B", "Kafr C", "Kafr D"])
    ]
    issues = [Issue("unknown place", "a", f"{each.text}: ?", Span(each.start, each.end)) for each in mentions]

    found, told = Resolver(settings).resolve("a", mentions, [], issues, gazetteer)

    assert found == []
    assert len(service.asked) == requests
    failures = [issue for issue in told if issue.kind == "online"]
    assert [issue.article_id for issue in failures][-1] == ""
    assert words in failures[-1].message
    assert "this run goes on offline" in failures[-1].message
    assert [issue.kind for issue in told if issue not in failures] == ["unknown place"] * 4


def test_a_second_try_may_be_answered(service: Service, settings: OnlineSettings, gazetteer: Gazetteer) -> None:
    service.replies["*"] = [Reply(status=502), Reply([nominatim()])]

    location, issues = resolved(settings, gazetteer)

    assert location.place.id == "online-nominatim-n4711"
    assert [issue.kind for issue in issues] == ["online place"]


def test_a_pause_that_the_server_asks_for_is_kept(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["*"] = [Reply(status=429, headers={"Retry-After": "1"}), Reply([nominatim()])]

    location, _ = resolved(settings, gazetteer)

    assert location is not None
    assert service.times[1] - service.times[0] >= 0.95


def test_a_long_pause_is_kept_by_the_next_run_too(service: Service, settings: OnlineSettings) -> None:
    service.replies["*"] = [Reply(status=429, headers={"Retry-After": "600"})]
    for _ in range(2):
        client = Client(settings, Store(settings.cache_dir or Path()))
        with pytest.raises(OnlineError):
            client.answers(Question("Kafr Zoran"))

    assert len(service.asked) == 1
    assert "a pause of more than 2 s" in client.stopped


def test_one_name_without_an_answer_does_not_end_the_asking(service: Service, settings: OnlineSettings) -> None:
    service.replies["bad"] = [Reply(status=500)]
    client = Client(settings, Store(settings.cache_dir or Path()))

    for name in ("bad", "good", "bad", "fine"):
        try:
            client.answers(Question(name))
        except OnlineError:
            assert name == "bad"

    assert client.stopped == ""


def test_no_server_at_all_is_an_issue_not_an_error(service: Service, tmp_path: Path, gazetteer: Gazetteer) -> None:
    nobody = make_settings(service, tmp_path, url="http://127.0.0.1:9", most_failures=1)

    location, issues = resolved(nobody, gazetteer)

    assert location is None
    assert "refused" in issues[1].message.lower()


# --- pace and cache -------------------------------------------------------------------------------------


def test_requests_keep_their_distance_over_all_who_share_the_cache(service: Service, tmp_path: Path) -> None:
    paced = make_settings(service, tmp_path, interval=0.15)

    def ask(number: int) -> None:
        client = Client(paced, Store(tmp_path / "online"))
        for name in ("one", "two"):
            client.answers(Question(f"{name} {number}"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    times = sorted(service.times)
    assert len(times) == 6
    assert times[-1] - times[0] >= 5 * 0.15 - 0.1


@pytest.mark.parametrize("answers", [[nominatim()], []], ids=["found", "not found"])
def test_what_was_answered_is_not_asked_again(
    answers: list[Any], service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["*"] = [Reply(answers), Reply(status=500)]

    first, second = resolved(settings, gazetteer), resolved(settings, gazetteer)

    assert first == second
    assert len(service.asked) == 1


def test_what_is_in_the_cache_is_used_when_the_service_is_gone(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    service.replies["*"] = [Reply(status=403)]
    resolver = Resolver(settings)
    article = make_article(text=TEXT)
    first = read_one(article, gazetteer, resolver)
    read_one(make_article(text=TEXT.replace("Kafr Zoran", "Kafr Dalun")), gazetteer, resolver)

    assert read_one(article, gazetteer, resolver) == first


@pytest.mark.parametrize(
    "other",
    [{"provider": "photon"}, {"url": "other"}, {"language": "de"}],
    ids=lambda changed: next(iter(changed)),
)
def test_an_answer_is_kept_for_its_service_server_and_language(
    other: dict[str, str], service: Service, settings: OnlineSettings, tmp_path: Path
) -> None:
    changed = {"url": f"{service.url}/geo"} if "url" in other else other
    store = Store(tmp_path / "online")
    service.replies["*"] = [Reply([nominatim()]), Reply(features() if "provider" in other else []), Reply([])]

    first = Client(settings, store).answers(Question("Kafr Zoran"))
    second = Client(replace(settings, **changed), store).answers(Question("Kafr Zoran"))

    assert (len(first), second) == (1, ())
    Client(settings, store).answers(Question("Kafr Zoran", ("sy",)))
    assert len(service.asked) == 3


def _not_sqlite(path: Path) -> None:
    path.write_bytes(b"this is no database, whatever its name says" * 100)


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _of_others(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE answer (colour TEXT)")


def _odd_rows(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("""UPDATE answer SET answers = '[{"id": 7}]'""")


def _no_json(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE answer SET answers = '[['")


@pytest.mark.parametrize("damage", [_not_sqlite, _half, _of_others, _odd_rows, _no_json])
def test_a_broken_cache_is_built_anew_with_a_warning(
    damage: Any, service: Service, settings: OnlineSettings, gazetteer: Gazetteer, caplog: pytest.LogCaptureFixture
) -> None:
    service.replies["*"] = [Reply([nominatim()])]
    first = resolved(settings, gazetteer)
    (path,) = (settings.cache_dir or Path()).glob("*.sqlite")
    damage(path)

    assert resolved(settings, gazetteer) == first
    assert [record.levelname for record in caplog.records if "online" in record.name] == ["WARNING"]
    assert resolved(settings, gazetteer) == first
    assert len(service.asked) == 2


def test_a_cache_that_cannot_be_written_costs_the_memory_alone(
    service: Service, tmp_path: Path, gazetteer: Gazetteer, caplog: pytest.LogCaptureFixture
) -> None:
    service.replies["*"] = [Reply([nominatim()])]
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    location, _ = resolved(make_settings(service, tmp_path, cache_dir=tmp_path / "file"), gazetteer)

    assert location is not None
    assert "cannot be kept" in caplog.text


def test_answers_come_back_from_the_cache_as_they_were(tmp_path: Path) -> None:
    answer = Answer("n1", "Ä", ("Ä", "كفر"), "place=town", LngLat(1.5, 2.5), "sy", "", (1.0, 2.0, 3.0, 4.0))
    key = Key("nominatim", "http://a", "Ä", "en", "")
    store = Store(tmp_path)
    store.keep(key, (answer,))
    store.close()

    assert Store(tmp_path).answers(key) == (answer,)
    assert Store(tmp_path).answers(Key("nominatim", "http://a", "Ä", "en", "sy")) is None


# --- what readers are told ------------------------------------------------------------------------------


def test_the_page_and_the_data_name_whose_places_they_show(
    service: Service, settings: OnlineSettings, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    reading = run([make_article(text=TEXT)], gazetteer, online=Resolver(settings))

    html = page(reading, gazetteer)
    assert f"{OSM}, found online by nominatim, not checked: <bdi>Kafr Zoran</bdi>" in html
    for fmt in ("geojson", "csv"):
        assert OSM in events_text(reading.timeline, reading.articles, fmt)
    part = reading.parts[0]
    line = article_line(part.article, part.named, part.events, part.issues)
    assert line["events"][0]["place_attribution"] == OSM
    assert OSM in [toponym.get("attribution") for toponym in line["toponyms"]]

    path = tmp_path / "events.geojson"
    path.write_text(events_text(reading.timeline, reading.articles, "geojson"), encoding="utf-8")
    timeline, articles = read_events(path, gazetteer.place)
    assert "found online by nominatim, not checked: <bdi>Kafr Zoran</bdi>" in page_of(
        timeline, articles, (), gazetteer
    )


def test_a_page_without_such_places_names_nobody_more(gazetteer: Gazetteer) -> None:
    html = page(run([make_article(text="Rebels captured the town of Saraqeb on Wednesday.")], gazetteer), gazetteer)

    assert "OpenStreetMap" not in html


# --- settings -------------------------------------------------------------------------------------------

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("nobody is named", {}, "set GEOMAP_USER_AGENT"),
    ("a sample is no name", {"user_agent": "geopy/2.4.1"}, "names nobody"),
    ("an own server of Nominatim too", {"url": "http://127.0.0.1:8080"}, "--user-agent"),
    ("a header of two lines", {"user_agent": "me\r\nX: y", "interval": 0.1}, "1 second or more"),
    ("letters that no header has", {"user_agent": "имя"}, "plain ASCII"),
    ("too fast for the public server", {"user_agent": WHO, "interval": 0.5}, "--online-interval 0.5"),
    ("no address", {"user_agent": WHO, "url": "example.org"}, "https://geo.example.org"),
    ("an address of a file", {"user_agent": WHO, "url": "file:///etc/passwd"}, "not the address of a server"),
    ("a password in the address", {"user_agent": WHO, "url": "http://a:b@example.org"}, "not the address"),
    ("a port that is none", {"user_agent": WHO, "url": "http://example.org:99999"}, "not the address"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "given", "words"), WRONG, ids=[row[0] for row in WRONG])
def test_settings_against_the_policy_are_refused(what: str, given: dict[str, Any], words: str) -> None:
    with pytest.raises(PlanError, match=words.replace("(", r"\(")):
        online_settings("nominatim", **given)


def test_public_servers_are_asked_once_a_second_and_own_ones_without_delay() -> None:
    public = online_settings("nominatim", user_agent=WHO)
    own = online_settings("nominatim", user_agent=WHO, url="http://localhost:8080/geo/")

    assert (public.interval, own.interval) == (1.0, 0.0)
    assert own.url == "http://localhost:8080/geo"
    assert online_settings("photon").interval == 1.0
    assert public.user_agent == f"{WHO} geomap"
    assert pickle.loads(pickle.dumps(public)) == public


def test_the_command_line_knows_the_same_services() -> None:
    assert tuple(SERVICES) == PROVIDERS


def test_every_kind_of_the_list_is_told_once() -> None:
    entries = {entry.kind: entry for entry in kind_by_tag().values()}

    assert kind_by_tag()["place=hamlet"].kind == "village"
    assert sum(len(entry.tags) for entry in entries.values()) == len(kind_by_tag())


# --- the program ----------------------------------------------------------------------------------------


def _options(service: Service) -> list[str]:
    return ["--online", "nominatim", "--online-url", service.url, "--online-timeout", "2", "--user-agent", WHO]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, village in (("a", "Kafr Zoran"), ("b", "Kafr Dalun")):
        text = f"4 March 2021\n\n{TEXT.replace('Kafr Zoran', village)}\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def cached(tmp_path: Path, gazetteer: Gazetteer) -> dict[str, str]:
    """An environment whose cache folder has the built gazetteer, but no online answers."""
    from geomap.gazetteer.load import default_cache_dir

    folder = tmp_path / "cache"
    folder.mkdir()
    for each in default_cache_dir().iterdir():
        if not each.name.startswith("online"):
            (folder / each.name).symlink_to(each)
    return {"GEOMAP_CACHE": str(folder), "no_proxy": "127.0.0.1"}


def test_map_extract_locate_and_batch_ask_when_told_to(
    geomap: RunGeomap, service: Service, articles: Path, cached: dict[str, str], tmp_path: Path
) -> None:
    service.replies["Kafr Zoran"] = [Reply([nominatim()])]
    service.replies["Kafr Dalun"] = [Reply([nominatim("Kafr Dalun", lat=35.8, osm_id=12)])]
    options = _options(service)

    drawn = geomap("map", articles, "-o", "a.html", *options, env=cached)
    told = geomap("extract", articles / "a.txt", "--format", "jsonl", *options, env=cached)
    batch = geomap("batch", articles, "-o", "maps", "--workers", "2", *options, env=cached)
    table = geomap("locate", "Kafr Zoran", *options, env=cached)
    document = json.dumps({"doc_id": 1, "text": TEXT})
    line = geomap("locate", "-", "--why", *options, env=cached, stdin=document + "\n")

    assert [done.returncode for done in (drawn, told, batch, table, line)] == [0] * 5, drawn.stderr + batch.stderr
    assert OSM in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "online-nominatim-n4711" in told.stdout
    assert OSM in (tmp_path / "maps/b.html").read_text(encoding="utf-8")
    assert "found online by nominatim, not checked" in table.stdout
    assert "online-nominatim-n4711" in line.stdout
    # Once for the articles with their country, and once for the bare name of `locate`.
    assert sorted(service.names) == ["Kafr Dalun", "Kafr Zoran", "Kafr Zoran"]


def test_a_service_that_is_away_is_one_line_and_the_map_is_drawn(
    geomap: RunGeomap, service: Service, articles: Path, cached: dict[str, str], tmp_path: Path
) -> None:
    service.replies["*"] = [Reply(status=403)]

    done = geomap("map", articles, "-o", "a.html", *_options(service), env=cached)

    assert done.returncode == 1
    assert done.stderr.count("this run goes on offline") == 1
    assert "Traceback" not in done.stderr
    assert (tmp_path / "a.html").stat().st_size > 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--online", "nominatim"], "GEOMAP_USER_AGENT"),
        (["--online-url", "http://127.0.0.1:1"], "add --online nominatim"),
        (["--online", "atlas"], "invalid choice"),
        (["--online", "photon", "--online-timeout", "nan"], "not a number of seconds"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(
    options: list[str], words: str, geomap: RunGeomap, articles: Path
) -> None:
    done = geomap("map", articles, *options)

    assert done.returncode == 2
    assert words in done.stderr


_GUARD = """
import sys
def guard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("NETWORK", event, args[-1], file=sys.stderr)
        raise PermissionError("the network was touched")
sys.addaudithook(guard)
from geomap.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("options", "is_touched"), [([], False), (["--online", "photon", "--online-url", "http://127.0.0.1:9"], True)]
)
def test_no_network_is_touched_unless_the_user_says_so(
    options: list[str], is_touched: bool, articles: Path, cached: dict[str, str], tmp_path: Path
) -> None:
    environment = {**os.environ, **cached, "PYTHONPATH": str(ROOT), "GEOMAP_USER_AGENT": WHO}
    commands = [["map", str(articles), "-o", "a.html"], ["locate", "Kafr Zoran"]]

    told = ""
    for command in commands[1:] if is_touched else commands:
        done = subprocess.run(
            [sys.executable, "-c", _GUARD, *command, *options],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        told += done.stderr

    assert ("NETWORK socket" in told) == is_touched, told
    assert "Traceback" not in told


def test_an_endless_answer_ends(service: Service, settings: OnlineSettings) -> None:
    service.replies["*"] = [Reply(b"[" + b" " * 3_000_000 + b"]")]
    started = time.monotonic()

    with pytest.raises(OnlineError, match="larger than 2 MB"):
        Client(settings, Store(settings.cache_dir or Path())).answers(Question("Kafr Zoran"))

    assert time.monotonic() - started < 5
