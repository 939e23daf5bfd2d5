"""Something small that is kept in another process: a test module has no name that a process could import."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable


class Abacus:
    """What is kept in the other process."""

    def __init__(self, begin: int) -> None:
        if begin < 0:
            raise ValueError("begins below zero")
        self._begin = begin

    def plus(self, number: int) -> int:
        return self._begin + number

    def share(self, number: int) -> float:
        return self._begin / number

    def pid(self) -> int:
        return os.getpid()

    def niceness(self) -> int:
        return os.nice(0)

    def wait(self) -> None:
        time.sleep(60)

    def count(self, last: int, told: Callable[..., None]) -> str:
        for number in range(last):
            told(number, last)
        sys.stdout.write("a library that prints does no harm")
        return "done"
