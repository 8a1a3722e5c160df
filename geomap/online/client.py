"""Client: ask a service politely: from the cache first, at its pace, again where that helps, and not for ever."""

from __future__ import annotations

import itertools
import logging
import time

from geomap.errors import OnlineError
from geomap.online.answers import Answer
from geomap.online.providers import Asker, NoAnswerError, Question, asker
from geomap.online.settings import OnlineSettings
from geomap.online.store import Key, Store

log = logging.getLogger(__name__)


class Client:
    """Asks one service.

    Attributes:
        stopped: why the service is not asked any more in this run, "" while it is.
    """

    def __init__(self, settings: OnlineSettings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._asker: Asker | None = None
        self._failures = 0
        self.stopped = ""

    def answers(self, question: Question) -> tuple[Answer, ...]:
        """Return what the service says, best first; from the cache where it was asked before.

        Raises:
            OnlineError: it gave no answer, or is not asked any more; see ``stopped``.
        """
        key = self._key(question)
        known = self._store.answers(key)
        if known is not None:
            return known
        if self.stopped:
            raise OnlineError(self.stopped)
        found = self._counted(question)
        self._store.keep(key, found)
        return found

    def _key(self, question: Question) -> Key:
        settings = self._settings
        region = ",".join(question.countries)
        return Key(settings.provider, settings.url, question.name, settings.language, region)

    def _counted(self, question: Question) -> tuple[Answer, ...]:
        """Ask; after too many failures in a row, or where the server wants it so, stop asking."""
        try:
            found = self._persistent(question)
        except NoAnswerError as error:
            self._failures += 1
            log.info("%s: %s: %s", self._settings.url, question.name, error)
            if error.is_final:
                self.stopped = str(error)
            elif self._failures >= self._settings.most_failures:
                self.stopped = f"{self._failures} names in a row without an answer, the last: {error}"
            raise OnlineError(self.stopped or str(error)) from error
        self._failures = 0
        log.info("%s: %s: %d answers", self._settings.url, question.name, len(found))
        return found

    def _persistent(self, question: Question) -> tuple[Answer, ...]:
        """Ask up to ``retries`` times more, each time after twice the wait, or after what the server asks for."""
        for attempt in itertools.count():
            try:
                return self._once(question)
            except NoAnswerError as error:
                self._obey(error)
                if not error.is_worth_a_retry or attempt == self._settings.retries:
                    raise
            time.sleep(self._settings.backoff * 2**attempt)
        raise AssertionError

    def _once(self, question: Question) -> tuple[Answer, ...]:
        """Wait for the next free moment of the server, and ask."""
        settings = self._settings
        wait = self._store.reserve(settings.url, settings.interval, settings.patience)
        if wait is None:
            reason = f"it asked for a pause of more than {settings.patience:g} s"
            raise NoAnswerError(reason, is_worth_a_retry=False, is_final=True)
        time.sleep(wait)
        if self._asker is None:
            self._asker = asker(settings)
        return self._asker(question)

    def _obey(self, error: NoAnswerError) -> None:
        """Let every process wait as long as the server asks to."""
        if not error.retry_after:
            return
        self._store.postpone(self._settings.url, error.retry_after)
        if error.retry_after > self._settings.patience:
            raise NoAnswerError(
                f"{error}, and it asks to wait {error.retry_after:g} s", is_worth_a_retry=False, is_final=True
            ) from error
