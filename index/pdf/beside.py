"""Two tables in one outer frame: cut at a double vertical ruling with different rows on its sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.pdf.values import Rule

CLOSEST, WIDEST = 1.4, 9.0  # points between the two lines of a double ruling


def side_by_side(flat: Sequence[Rule], tall: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The parts of a net of rulings, from left to right; the net itself when it is one table."""
    xs = sorted({round(r.x0, 1) for r in tall})
    for a, b in pairwise(xs):
        if not CLOSEST <= b - a <= WIDEST:
            continue
        whole = _parted(flat, a, b)
        left, right = [r for r in whole if r.x1 <= b - 0.5], [r for r in whole if r.x0 >= a + 0.5]
        if len(left) + len(right) < len(whole) or len(left) < 2 or len(right) < 2:
            continue  # a line runs across
        one, two = _levels(left), _levels(right)
        inner = [x for x in xs if x < a - WIDEST], [x for x in xs if x > b + WIDEST]
        if one == two or min(map(len, inner)) < 2:
            continue
        middle = (a + b) / 2
        first = left, [r for r in tall if r.x0 <= middle]
        rest = side_by_side(right, [r for r in tall if r.x0 > middle])
        return [first, *rest]
    return [(list(flat), list(tall))]


def _parted(flat: Sequence[Rule], a: float, b: float) -> list[Rule]:
    """The lines, a frame drawn along the top or the bottom of both tables cut between them."""
    ends = min(r.top for r in flat), max(r.top for r in flat)
    found: list[Rule] = []
    for rule in flat:
        if rule.x0 < a - WIDEST and rule.x1 > b + WIDEST and min(abs(rule.top - e) for e in ends) < CLOSEST:
            found += [rule._replace(x1=a), rule._replace(x0=b)]
        else:
            found.append(rule)
    return found


def _levels(rules: Sequence[Rule]) -> set[int]:
    return {round(r.top / 3) for r in rules}
