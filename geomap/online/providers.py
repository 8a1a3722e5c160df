"""Providers: one request to a service by geopy, its answer or why there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.errors import OnlineError
from geomap.model import LngLat
from geomap.online.answers import Answer, nominatim_answer, photon_answer
from geomap.online.settings import OnlineSettings

log = logging.getLogger(__name__)

_MOST_ANSWERS = 10
_LONGEST_PAUSE = 1_000_000
_SHUT_OUT = frozenset({401, 402, 403, 407, 451})
_TRY_AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Question:
    """A name, and where it is looked for.

    Attributes:
        countries: codes; empty where the article does not tell.
        near: the middle of the country, for services that cannot be held to one.
    """

    name: str
    countries: tuple[str, ...] = ()
    near: LngLat | None = None


class NoAnswerError(OnlineError):
    """One request failed.

    Attributes:
        is_worth_a_retry: the next try may be answered.
        is_final: the server wants no more requests of ours.
        retry_after: seconds that the server asks to wait, 0 where it asks nothing.
    """

    def __init__(
        self, reason: str, *, is_worth_a_retry: bool = True, is_final: bool = False, retry_after: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.is_worth_a_retry, self.is_final, self.retry_after = is_worth_a_retry, is_final, retry_after


Asker = Callable[[Question], tuple[Answer, ...]]


def asker(settings: OnlineSettings) -> Asker:
    """Return a function that sends one request and returns its answers, best first; it raises ``NoAnswerError``."""
    from geopy.exc import GeopyError

    send, read = _PROVIDERS[settings.provider](settings)

    def ask(question: Question) -> tuple[Answer, ...]:
        try:
            return _readable([each.raw for each in send(question) or ()], read)
        except GeopyError as error:
            raise _no_answer(error, settings.timeout) from error
        except _MALFORMED as error:
            raise _not_of_its_form(error) from error

    return ask


Send = Callable[[Question], Sequence[Any] | None]
Read = Callable[[Mapping[str, Any]], Answer | None]
_MALFORMED = (ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


def _readable(items: Sequence[Any], read: Read) -> tuple[Answer, ...]:
    """Return the items that can be read; it is a fault where none can, not where one is odd."""
    found: list[Answer | None] = []
    fault: Exception | None = None
    for item in items:
        try:
            found.append(read(item))
        except _MALFORMED as error:
            fault = error
            log.info("an item of an answer cannot be read: %s: %s", type(error).__name__, error)
    if fault is not None and not found:
        raise _not_of_its_form(fault)
    return tuple(answer for answer in found if answer is not None)


def _not_of_its_form(error: Exception) -> NoAnswerError:
    return NoAnswerError(f"an answer that is not of its form ({type(error).__name__})")


def _nominatim(settings: OnlineSettings) -> tuple[Send, Read]:
    from geopy.geocoders import Nominatim

    geocoder = Nominatim(**_common(settings))

    def send(question: Question) -> Sequence[Any] | None:
        found: Sequence[Any] | None = geocoder.geocode(
            question.name,
            exactly_one=False,
            limit=_MOST_ANSWERS,
            addressdetails=True,
            namedetails=True,
            language=settings.language,
            country_codes=list(question.countries),
        )
        return found

    return send, nominatim_answer


def _photon(settings: OnlineSettings) -> tuple[Send, Read]:
    from geopy.geocoders import Photon

    geocoder = Photon(**_common(settings))

    def send(question: Question) -> Sequence[Any] | None:
        near = question.near
        found: Sequence[Any] | None = geocoder.geocode(
            question.name,
            exactly_one=False,
            limit=_MOST_ANSWERS,
            language=settings.language,
            location_bias=(near.lat, near.lng) if near else None,
        )
        return found

    return send, photon_answer


_PROVIDERS: dict[str, Callable[[OnlineSettings], tuple[Send, Read]]] = {"nominatim": _nominatim, "photon": _photon}


def _common(settings: OnlineSettings) -> dict[str, Any]:
    """Return what every geocoder of geopy is made with."""
    from geomap.online.transport import BoundedAdapter

    scheme, _, domain = settings.url.partition("://")
    agent = settings.user_agent
    return {
        "scheme": scheme,
        "domain": domain,
        "user_agent": agent,
        "timeout": settings.timeout,
        "adapter_factory": BoundedAdapter,
    }


def _no_answer(error: Exception, timeout: float) -> NoAnswerError:
    """Return why there is no answer, and what to do about it."""
    from geopy.adapters import AdapterHTTPError
    from geopy.exc import GeocoderParseError, GeocoderTimedOut

    cause = error.__cause__
    if isinstance(cause, AdapterHTTPError):
        return _of_status(cause)
    if isinstance(error, GeocoderTimedOut):
        return NoAnswerError(f"no answer within {timeout:g} s")
    if isinstance(error, GeocoderParseError):
        return NoAnswerError("an answer that is no JSON")
    return NoAnswerError(" ".join(str(error).split())[:200] or type(error).__name__)


def _of_status(error: Any) -> NoAnswerError:
    from geopy.adapters import get_retry_after

    status = error.status_code
    return NoAnswerError(
        f"HTTP {status}",
        is_worth_a_retry=status >= 500 or status in _TRY_AGAIN,
        is_final=status in _SHUT_OUT,
        retry_after=float(min(get_retry_after(error.headers) or 0.0, _LONGEST_PAUSE)),
    )
