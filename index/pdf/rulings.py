"""Rulings made whole: pieces of one line joined, and the levels that cut a table."""

from __future__ import annotations

from collections.abc import Sequence

from index.pdf.values import Rule

NEAR = 3.0  # points: lines closer than this are one line, or touch
PIECES = 1.0  # points between pieces of one line; a wider break parts two groups of a header


def flat_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Horizontal lines from top to bottom, their pieces joined."""
    return merged([r for r in rules if not r.vertical], vertical=False, gap=PIECES)


def cuts_of(flat: Sequence[Rule], edges: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """Levels between `top` and `bottom` at which a line crosses most of the table."""
    width = edges[-1] - edges[0]
    return tuple(
        r.top for r in flat if top < r.top < bottom and min(r.x1, edges[-1]) - max(r.x0, edges[0]) > 0.6 * width
    )


def merged(rules: Sequence[Rule], *, vertical: bool, gap: float = NEAR) -> list[Rule]:
    """Collinear pieces joined into whole lines."""
    if vertical:
        rules = [Rule(r.top, r.x0, r.bottom, r.x1, r.drawn) for r in rules]
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        if rows and rule.top - rows[-1][-1].top <= 1.2 and rule.top - rows[-1][0].top <= NEAR:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    merged: list[Rule] = []
    for row in rows:
        level = sorted(r.top for r in row)[len(row) // 2]
        start, end, drawn = None, 0.0, False
        for rule in sorted(row, key=lambda r: r.x0):
            if start is not None and rule.x0 <= end + gap:
                end, drawn = max(end, rule.x1), drawn or rule.drawn
                continue
            if start is not None:
                merged.append(Rule(start, level, end, level, drawn))
            start, end, drawn = rule.x0, rule.x1, rule.drawn
        if start is not None:
            merged.append(Rule(start, level, end, level, drawn))
    if vertical:
        return [Rule(r.top, r.x0, r.bottom, r.x1, r.drawn) for r in merged]
    return merged
