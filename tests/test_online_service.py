"""Online: a service that is slow, broken or tired; the pace it is asked at, and the cache."""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.errors import OnlineError
from geomap.model import Issue, LngLat, Mention, Span
from geomap.online import OnlineSettings, Resolver
from geomap.online.answers import Answer
from geomap.online.client import Client
from geomap.online.providers import Question
from geomap.online.store import Key, Store
from geomap.pipeline import read_one
from tests.factory import make_article
from tests.geocoding_server import (
    Reply,
    Service,
    features,
    make_settings,
    nominatim,
    resolved,
)

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

TEXT = "Syrian government forces captured the village of Kafr Zoran in Idlib province on Wednesday."
NEXT_CENTURY = {"Retry-After": "Fri, 31 Dec 2199 23:59:59 GMT"}


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


def test_an_endless_answer_ends(service: Service, settings: OnlineSettings) -> None:
    service.replies["*"] = [Reply(b"[" + b" " * 3_000_000 + b"]")]
    started = time.monotonic()

    with pytest.raises(OnlineError, match="larger than 2 MB"):
        Client(settings, Store(settings.cache_dir or Path())).answers(Question("Kafr Zoran"))

    assert time.monotonic() - started < 5


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
