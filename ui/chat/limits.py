"""How much one visitor may ask of the server, and the counting of it. Knows nothing of the web."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """`burst` actions at once, and `per_minute` in the long run."""

    per_minute: float
    burst: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What the server takes from one visitor.

    session: events of one page in a browser; a question is about three. address: everything from one machine, which
    may be a proxy that many sit behind. entries: wrong passwords from one address, and for one name.
    """

    session: Rate = Rate(per_minute=240, burst=60)
    address: Rate = Rate(per_minute=6000, burst=600)
    entries: Rate = Rate(per_minute=6, burst=10)
    uploads: Rate = Rate(per_minute=30, burst=40)  # files of one address
    file_bytes: int = 100 * 1024 * 1024
    files: int = 20  # in one upload
    body_bytes: int = 2 * 1024 * 1024  # of any request that is not an upload
    question: int = 2000  # characters
    history: int = 50  # earlier questions
    cases: int = 1000  # questions of a golden set
    waiting: int = 400  # events in the queue before newcomers are turned away


class Throttle:
    """A token bucket for each key (RFC 2697 in spirit). Safe to share between threads; forgets keys that are full."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, *, most_keys: int = 20_000) -> None:
        self._rate = rate
        self._clock = clock
        self._most = most_keys
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}  # tokens left, when they were counted

    def take(self, key: str, tokens: float = 1.0) -> float:
        """Take tokens. Returns 0.0 when they were there, else the seconds until they will be; then none are taken."""
        with self._lock:
            now = self._clock()
            left = self._left(key, now)
            wait = (tokens - left) * 60.0 / self._rate.per_minute
            if wait > 0:
                self._buckets[key] = (left, now)
                return wait
            if key not in self._buckets and len(self._buckets) >= self._most:
                self._forget(now)
            self._buckets[key] = (left - tokens, now)
            return 0.0

    def full(self, key: str) -> float:
        """Seconds until one token is there, without taking it."""
        with self._lock:
            return max(0.0, (1.0 - self._left(key, self._clock())) * 60.0 / self._rate.per_minute)

    def _left(self, key: str, now: float) -> float:
        tokens, counted = self._buckets.get(key, (float(self._rate.burst), now))
        return min(float(self._rate.burst), tokens + (now - counted) * self._rate.per_minute / 60.0)

    def _forget(self, now: float) -> None:
        """Drop full buckets, which a new one equals; where none is full, the one counted longest ago."""
        whole = [key for key in self._buckets if self._left(key, now) >= self._rate.burst]
        for key in whole or [min(self._buckets, key=lambda k: self._buckets[k][1])]:
            del self._buckets[key]
