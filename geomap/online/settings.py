"""Settings: which service is asked, how politely, and who asks?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from geomap.errors import PlanError

# What geopy and tutorials send; Nominatim's operators refuse them.
_SAMPLE_AGENTS = (
    "geopy/",
    "python-urllib",
    "python-requests",
    "my-application",
    "my_app",
    "specify_your_app_name_here",
)


@dataclass(frozen=True, slots=True)
class Service:
    """A public service: where it is, what its policy asks, and whom a map has to name."""

    url: str
    interval: float
    needs_contact: bool
    attribution: str


_OSM = "© OpenStreetMap contributors (ODbL 1.0)"
# One request a second is Nominatim's policy (operations.osmfoundation.org/policies/nominatim); Photon's asks for
# fair use, without a figure.
SERVICES = {
    "nominatim": Service("https://nominatim.openstreetmap.org", 1.0, True, _OSM),
    "photon": Service("https://photon.komoot.io", 1.0, False, _OSM),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineSettings:
    """How a service is asked; plain values, so that worker processes can be given them.

    Attributes:
        provider: ``nominatim`` or ``photon``.
        url: the server, without a slash at its end.
        user_agent: who asks, with a way to reach them.
        interval: seconds from one request to the next, over all processes that share the cache folder.
        timeout: seconds a request may take, its answer included.
        retries: how often a request is tried again; ``backoff`` seconds later, then twice that, and so on.
        patience: the longest wait in seconds; a server that asks for a longer one is left alone.
        most_failures: names without an answer in a row after which the run goes on offline.
        cache_dir: where answers are kept, None for geomap's cache folder.
        language: of the names in the answers.
    """

    provider: str
    url: str
    user_agent: str
    interval: float
    timeout: float = 10.0
    retries: int = 2
    backoff: float = 1.0
    patience: float = 60.0
    most_failures: int = 3
    cache_dir: Path | None = None
    language: str = "en"

    @property
    def attribution(self) -> str:
        """Whom a map has to name."""
        return SERVICES[self.provider].attribution


def online_settings(
    provider: str,
    *,
    user_agent: str = "",
    url: str = "",
    interval: float | None = None,
    timeout: float = 10.0,
    cache_dir: Path | None = None,
) -> OnlineSettings:
    """Return the settings of a service, its policy kept; a server of your own is asked without delay.

    Raises:
        PlanError: the service is unknown, its policy asks for a contact or a slower pace, or the address is none.
    """
    if provider not in SERVICES:
        raise PlanError(f"--online {provider}: not a service that geomap knows; expected {' or '.join(SERVICES)}")
    service = SERVICES[provider]
    server = _server(url) if url else service.url
    least = service.interval if server == service.url else 0.0
    chosen = least if interval is None else interval
    if chosen < least:
        raise PlanError(
            f"--online-interval {chosen:g}: {server} asks for {least:g} second or more between two requests: "
            "keep to it, or name a server of your own with --online-url"
        )
    return OnlineSettings(
        provider=provider,
        url=server,
        user_agent=_agent(user_agent, provider, service),
        interval=chosen,
        timeout=timeout,
        cache_dir=cache_dir,
    )


def _agent(user_agent: str, provider: str, service: Service) -> str:
    """Return the header that says who asks."""
    contact = " ".join(user_agent.split())
    if not contact.isascii() or not contact.isprintable():
        raise PlanError(f"--user-agent {contact!r}: a header has to be of plain ASCII letters")
    is_sample = contact.lower().startswith(_SAMPLE_AGENTS)
    if service.needs_contact and (not contact or is_sample):
        found = f"{contact!r} names nobody" if is_sample else "nobody is named"
        raise PlanError(
            f"--online {provider}: {found}, and its policy asks who sends the requests: add --user-agent "
            "'your-project (you@example.org)' or set GEOMAP_USER_AGENT"
        )
    return contact if "geomap" in contact.lower() else f"{contact} geomap".strip()


def _server(url: str) -> str:
    """Return the address without a slash at its end."""
    found = url.strip().rstrip("/")
    try:
        parts = urlsplit(found)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or parts.query or parts.fragment or "@" in parts.netloc or not found.isascii():
        raise PlanError(f"--online-url {url}: not the address of a server: write it as https://geo.example.org")
    return found
