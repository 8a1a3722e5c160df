"""Look: what is a map told about its looks, whatever it is drawn as?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geomap.families import Family
from geomap.model import Place
from geomap.render.layers import Layers


@dataclass(frozen=True, slots=True)
class Look:
    """What a page and a picture of the same claims have in common.

    Attributes:
        title: of the map, as plain text.
        places: further places worth a label, with their local names.
        as_of: the last day shown; by default the latest day an article was published or an event counts.
        colours: hex colour by actor id or name, as in ``actors.yml``; parties without one get a default.
        families: how families are called and drawn that plug-ins bring, by id; others get a plain sign.
        lang: of the map's own words: en, ar, tr, fr, ru or uk; names and quotes stay as the texts have them.
        layers: what else lies on the map; only with tiles from the network does a page ask for anything.
    """

    title: str = ""
    places: Sequence[Place] = ()
    as_of: dt.date | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    lang: str = "en"
    layers: Layers = field(default_factory=Layers)
