"""Strikes: air, drone and missile strikes, shelling and bombs. The example of an extractor that is a plug-in.

Three files make a family: ``frames.yml`` says how it is told, ``family.yml`` how it is called and drawn, and this
module names both for the entry points in pyproject.toml. Nothing else of geomap knows of strikes.
"""

from pathlib import Path

from geomap.extract.frames import frame_extractor

_HERE = Path(__file__).parent

FAMILY = _HERE / "family.yml"
extract = frame_extractor("strike", _HERE / "frames.yml")
