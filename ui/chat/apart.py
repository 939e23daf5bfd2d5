"""An object in a process of its own, whose methods are called from here, many at a time.

What builds for seconds would hold up all that the server does, in whatever thread: one interpreter runs one thread at
a time. Both ends are our own processes, so what they send each other may be pickles.

    LostError   the process ended before it answered
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from index.apart.crew import end, start
from index.apart.worker import receive, send, step_back

_AT_ONCE = 4  # calls; more of them would only make each other late
Told = Callable[..., None]


class LostError(Exception):
    """The process ended: it was killed, or the machine has no memory left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Begin:
    """The first thing sent. nice: how far the process steps back when others need the machine (see nice(2))."""

    make: Callable[..., object]
    args: tuple[Any, ...]
    nice: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Call:
    number: int
    method: str
    args: tuple[Any, ...]
    tells: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Back:
    """What comes back of a call: something it tells while it works, or its end."""

    number: int
    value: Any = None
    error: BaseException | None = None
    done: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Waiting:
    future: Future[Any] = field(default_factory=Future)
    told: Told | None = None


class Apart:
    """The object that `make(*args)` gives, in a process that is gone when this one is. Safe to share between threads."""

    def __init__(self, make: Callable[..., object], *args: Any, nice: int = 0) -> None:
        """make, args and what is given to its methods can be pickled. What `make` raises, every call raises."""
        self._process = start("ui.chat.apart")
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: dict[int, _Waiting] | None = {}  # None once the process is lost
        self._send(_Begin(make=make, args=args, nice=nice))
        threading.Thread(target=self._listen, name="consta-apart", daemon=True).start()

    def call(self, method: str, *args: Any, told: Told | None = None) -> Future[Any]:
        """Call a method. The future raises what the method raises, or LostError.

        told: handed to the method as its keyword `told`, and called here with what it is called with there.
        """
        waiting = _Waiting(told=told)
        number = next(self._numbers)
        with self._lock:
            if self._waiting is None:
                waiting.future.set_exception(LostError())
                return waiting.future
            self._waiting[number] = waiting
        self._send(_Call(number=number, method=method, args=args, tells=told is not None))
        return waiting.future

    @property
    def alive(self) -> bool:
        """Whether calls can be answered."""
        return self._waiting is not None and self._process.poll() is None

    def end(self) -> None:
        """End the process; calls under way raise LostError."""
        end(self._process)

    def _send(self, value: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError), self._lock:  # it is gone: who listens to it tells all who wait
            send(self._process.stdin, value)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(EOFError, OSError, ValueError):
            while True:
                self._take(receive(self._process.stdout))
        with self._lock:
            lost, self._waiting = self._waiting, None
        for waiting in (lost or {}).values():
            waiting.future.set_exception(LostError())
        self._process.wait()

    def _take(self, back: _Back) -> None:
        with self._lock:
            found = (self._waiting or {}).get(back.number)
            if found is not None and back.done and self._waiting is not None:
                del self._waiting[back.number]
        if found is None:
            return
        if not back.done:
            assert found.told is not None
            found.told(*back.value)
        elif back.error is not None:
            found.future.set_exception(back.error)
        else:
            found.future.set_result(back.value)


def main() -> None:
    """Answer calls until the other end closes. Nothing else is ever written to the pipe."""
    calls, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the talk
    begin: _Begin = receive(calls)
    if begin.nice and hasattr(os, "nice"):
        os.nice(begin.nice)
    step_back()
    served = _Served(begin, out)
    pool = ThreadPoolExecutor(_AT_ONCE)
    with contextlib.suppress(EOFError):
        while True:
            pool.submit(served.run, receive(calls))
    os._exit(0)  # who asked is gone: what is under way is for nobody


class _Served:
    """The object on this side of the pipe."""

    def __init__(self, begin: _Begin, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._error: BaseException | None = None
        try:
            self._object = begin.make(*begin.args)
        except Exception as error:  # noqa: BLE001 - outermost edge of a process: told at every call
            self._error = _portable(error)

    def run(self, call: _Call) -> None:
        back = _Back(number=call.number, error=self._error)
        if self._error is None:
            try:
                named = {"told": self._teller(call.number)} if call.tells else {}
                back = _Back(number=call.number, value=getattr(self._object, call.method)(*call.args, **named))
            except BaseException as error:  # noqa: BLE001 - outermost edge of a process: raised at the other end
                back = _Back(number=call.number, error=_portable(error))
        self._send(back)

    def _teller(self, number: int) -> Told:
        return lambda *values: self._send(_Back(number=number, value=values, done=False))

    def _send(self, back: _Back) -> None:
        with contextlib.suppress(OSError), self._lock:
            send(self._out, back)


def _portable(error: BaseException) -> BaseException:
    """An error as it can be raised in another process, with its traceback for the log."""
    trace = "".join(traceback.format_exception(error))
    try:
        found = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
    except Exception:  # noqa: BLE001 - whatever an error holds that cannot travel - its words can
        found = RuntimeError(f"{type(error).__name__}: {error}")
    assert isinstance(found, BaseException)
    found.add_note(f"In a process apart:\n{trace}")
    return found


if __name__ == "__main__":
    main()
