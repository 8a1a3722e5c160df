"""What the tests share: values made by factories, the gazetteer loaded once, and the program as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.online import OnlineSettings
    from tests.geocoding_server import Service

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "articles" / "idlib"
SHARED = ROOT.parent / "shared"

RunGeomap = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """geomap's own gazetteer; the program finds it as its users do."""
    from geomap.gazetteer import load_gazetteer

    return load_gazetteer()


@pytest.fixture
def geomap(tmp_path: Path) -> RunGeomap:
    """Run the program in an empty folder: ``geomap("map", path)`` -> exit code, stdout, stderr."""
    return lambda *args, **options: run_geomap(*args, cwd=tmp_path, **options)


def run_geomap(
    *args: object, cwd: Path, stdin: str | bytes = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m geomap`` of this checkout, its streams as UTF-8 text."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "geomap", *map(str, args)],
        cwd=cwd,
        input=data,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}", **(env or {})},
        timeout=300,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A geocoding service that runs on this machine."""
    from tests.geocoding_server import serving

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as running:
        yield running


@pytest.fixture
def settings(service: Service, tmp_path: Path) -> OnlineSettings:
    """Settings that ask this service as Nominatim, quick to lose patience."""
    from tests.geocoding_server import make_settings

    return make_settings(service, tmp_path)
