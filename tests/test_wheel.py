"""The wheel: what is built installs into an empty environment elsewhere and draws a map there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARTICLE = "4 March 2021\n\nSyrian government forces captured the town of Saraqeb on Wednesday.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without network."""
    pytest.importorskip("hatchling")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("geomap-*.whl"))


def test_the_wheel_holds_the_package_its_data_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for needed in ("geomap/py.typed", "geomap/gazetteer/data/actors.yml", "geomap/batch/index.html.jinja"):
        assert needed in names
    assert [name for name in names if name.startswith("geomap/gazetteer/data/places/sy/")]
    assert [name for name in names if name.endswith("LICENSE")]
    assert [name for name in names if name.split("/")[0] in {"tests", "benchmarks", "outputs", "docs"}] == []


def test_the_wheel_draws_a_map_in_an_empty_environment_elsewhere(wheel: Path, tmp_path: Path) -> None:
    python = _empty_environment(tmp_path / "env")
    _run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    site = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    _lend_dependencies(site)
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")

    home = _run(python, "-c", "import geomap; print(geomap.__file__)", cwd=tmp_path).strip()
    said = _run(python.parent / "geomap", "map", "a.txt", cwd=tmp_path)

    assert Path(home).is_relative_to(site)
    assert said == "outputs/a.html\n"
    assert "Saraqeb" in (tmp_path / "outputs/a.html").read_text(encoding="utf-8")


def _empty_environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True, symlinks=True)
    return folder / "bin" / "python"


def _lend_dependencies(site: Path) -> None:
    """Make the packages of this environment importable there, but no checkout of geomap.

    A ``.pth`` file adds the folder at the end of the path. An editable geomap in it is reached by a ``.pth`` file
    of its own, which Python does not read in a folder that was added so.
    """
    here = sysconfig.get_path("purelib")
    (site / "lent.pth").write_text(f"{here}\n", encoding="utf-8")


def _run(*command: object, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GEOMAP"))}
    environment["GEOMAP_CACHE"] = str(cwd / "cache")
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
