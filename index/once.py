"""Work done once for a value: what is made of it is kept beside it, and goes when the value goes.

For values that are asked the same thing many times in one question, or in every question: a table, an analysis. No
second store with a size of its own has to be kept true to them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Holder(Protocol):
    """A frozen value with room for what is made of it. `replace` makes a new one, whose room is empty."""

    @property
    def made(self) -> dict[Any, Any]: ...


_H = TypeVar("_H", bound=Holder)
_P = ParamSpec("_P")
_T = TypeVar("_T")


def once(work: Callable[Concatenate[_H, _P], _T]) -> Callable[Concatenate[_H, _P], _T]:
    """Keep what some work makes of a value, for each of the further arguments: few, hashable, told by position.

    It must depend on nothing else, and nobody may change what it returns. What arguments told by name make is not kept.
    """

    @wraps(work)
    def call(value: _H, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        if kwargs:
            return work(value, *args, **kwargs)
        key: Hashable = (call, *args) if args else call
        try:
            return value.made[key]  # type: ignore[no-any-return]  # only this function keeps anything under its name
        except KeyError:
            value.made[key] = made = work(value, *args, **kwargs)
            return made

    return call
