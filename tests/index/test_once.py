"""What is made of a value is made once, and belongs to that value alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from index.once import once


@dataclass(frozen=True, kw_only=True, slots=True)
class Basket:
    fruit: tuple[str, ...]
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


done: list[tuple[str, ...]] = []


@once
def longest(basket: Basket, least: int = 0) -> str | None:
    done.append(basket.fruit)
    return max((f for f in basket.fruit if len(f) >= least), key=len, default=None)


def test_the_work_is_done_once_for_a_value_and_its_arguments() -> None:
    basket = Basket(fruit=("uva", "sandía"))
    done.clear()
    assert [longest(basket), longest(basket), longest(basket, 4), longest(basket, 4)] == ["sandía"] * 4
    assert len(done) == 2


def test_what_makes_nothing_is_not_asked_again() -> None:
    basket = Basket(fruit=())
    done.clear()
    assert longest(basket) is longest(basket) is None
    assert len(done) == 1


def test_a_value_that_was_changed_keeps_nothing_of_the_one_before() -> None:
    basket = Basket(fruit=("uva",))
    assert longest(basket) == "uva"
    assert longest(replace(basket, fruit=("mango",))) == "mango"


def test_what_is_kept_makes_no_value_unlike_another() -> None:
    one, other = Basket(fruit=("uva",)), Basket(fruit=("uva",))
    longest(one)
    assert one == other


def test_an_argument_told_by_name_is_heeded() -> None:
    basket = Basket(fruit=("uva", "kiwi"))
    assert longest(basket) == "kiwi"
    assert longest(basket, least=5) is None
