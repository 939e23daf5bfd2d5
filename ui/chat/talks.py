"""The conversations under way, so that what the next question of each leans on can be found before it is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence

_MOST = 64
_SECONDS = 600.0  # after which a conversation is taken for ended

Talk = tuple[tuple[str, ...], tuple[str, ...]]
"""The questions of a conversation, oldest first, and the ids that the last one was restricted to."""


class Talks:
    """Conversations of the last minutes, a few dozen at most. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._when: dict[Talk, float] = {}  # the one that was asked last at the end

    def note(self, text: str, history: Sequence[str], documents: Sequence[str]) -> None:
        """A question was asked: its conversation stands in place of what it was a question ago.

        One that leans on nothing is none yet: to answer its next question nothing has to be found but itself.
        """
        before, within = tuple(history), tuple(documents)
        if not before:
            return
        with self._lock:
            self._when.pop((before, within), None)
            self._when[(*before, text), within] = self._clock()
            if len(self._when) > _MOST:
                del self._when[next(iter(self._when))]

    def recent(self, known: Collection[Talk] = ()) -> list[Talk]:
        """Those that are not known yet, the one that was asked last first."""
        with self._lock:
            since = self._clock() - _SECONDS
            return [talk for talk, when in reversed(self._when.items()) if when > since and talk not in known]
