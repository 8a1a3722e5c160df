"""Online: the options, and the program as its users meet it."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.cli.online import PROVIDERS
from geomap.errors import PlanError
from geomap.online import SERVICES, online_settings
from geomap.online.lexicon import kind_by_tag
from tests.conftest import ROOT, RunGeomap
from tests.geocoding_server import (
    OSM,
    WHO,
    Reply,
    Service,
    nominatim,
)

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

TEXT = "Syrian government forces captured the village of Kafr Zoran in Idlib province on Wednesday."


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
