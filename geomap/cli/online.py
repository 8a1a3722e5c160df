"""Online: the options of the commands that may ask a geocoding service, and the service opened."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.errors import PlanError

if TYPE_CHECKING:
    from geomap.online import OnlineSettings, Resolver

# Spelled out again (geomap.online has them too) so that --help needs no import; a test compares the two.
PROVIDERS = ("nominatim", "photon")


def add_online_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --online and what goes with it."""
    group = parser.add_argument_group("names that no gazetteer has (nothing is sent anywhere without --online)")
    group.add_argument("--online", choices=PROVIDERS, help="ask this geocoding service for them; answers are kept")
    group.add_argument("--user-agent", metavar="WHO", help="project and contact (default: $GEOMAP_USER_AGENT)")
    group.add_argument("--online-url", metavar="URL", help="a server of your own (default: the public one)")
    group.add_argument("--online-timeout", type=_seconds, metavar="S", help="seconds for an answer (default: 10)")
    group.add_argument(
        "--online-interval", type=_seconds, metavar="S", help="seconds between requests (default: the policy's)"
    )


def online_settings_of(args: argparse.Namespace) -> OnlineSettings | None:
    """Return whom to ask and how, None where nobody is to be asked.

    Raises:
        PlanError: the options do not go together, or are against the policy of the service.
    """
    if args.online is None:
        given = (args.online_url, args.online_timeout, args.online_interval)
        if any(value is not None for value in given):
            raise PlanError("--online-url, --online-timeout and --online-interval say how: add --online nominatim")
        return None
    from geomap.online import online_settings

    return online_settings(
        args.online,
        user_agent=args.user_agent or os.environ.get("GEOMAP_USER_AGENT", ""),
        url=args.online_url or "",
        interval=args.online_interval,
        timeout=10.0 if args.online_timeout is None else args.online_timeout,
    )


@contextmanager
def opened_online(args: argparse.Namespace) -> Iterator[Resolver | None]:
    """Yield what asks the service, None where nobody is to be asked; its cache is closed at the end."""
    settings = online_settings_of(args)
    if settings is None:
        yield None
        return
    from geomap.online import Resolver

    resolver = Resolver(settings)
    try:
        yield resolver
    finally:
        resolver.close()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds: try 10, or 0.5")
    return seconds
