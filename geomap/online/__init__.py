"""Online: where are the names that no gazetteer has, by a geocoding service that the user asked for?

The only package that touches a network, and only when the pipeline is given a ``Resolver``:

    unknown name --client--> answers, from the cache or the service --choose--> place, marked as not checked

``settings`` (whom to ask and how), ``providers`` (one request by geopy), ``store`` (the cache and the pace),
``client`` (retries, and when to stop), ``choose`` (which answer is meant), ``resolver`` (the names of an article).
"""

from __future__ import annotations

from geomap.online.resolver import Resolver
from geomap.online.settings import SERVICES, OnlineSettings, online_settings

__all__ = ["SERVICES", "OnlineSettings", "Resolver", "online_settings"]
