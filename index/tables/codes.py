"""Hierarchy written in codes: 11-02-000-000 over 11-02-000-001, 1000 over 1100, 2.1 over 2.1.3."""

from __future__ import annotations

import re


def is_ancestor(upper: str | None, lower: str | None) -> bool:
    """Whether a code stands above another one.

    >>> is_ancestor("11-02-000-000", "11-02-000-001"), is_ancestor("1000", "1100"), is_ancestor("2.1", "2.1.3")
    (True, True, True)
    >>> is_ancestor("2", "22"), is_ancestor("11-02", "11-03-001"), is_ancestor("22", "22")
    (True, False, False)
    """
    if not upper or not lower or upper == lower:
        return False
    above, below = _groups(upper), _groups(lower)
    if len(above) == 1 and len(below) == 1:
        return _digits_above(above[0], below[0])
    if len(above) == len(below):
        above = _trimmed(above)
        return len(above) < len(_trimmed(below)) and below[: len(above)] == above
    above = _trimmed(above) if len(above) > 1 else above
    return len(above) < len(below) and below[: len(above)] == above


def is_plain_prefix(upper: str | None, lower: str | None) -> bool:
    """Whether only one or two shared digits make a code stand above another ("2" and "22"): weak evidence."""
    return (
        bool(upper and lower) and str(upper).isdigit() and len(str(upper)) <= 2 and len(str(upper)) != len(str(lower))
    )


def _groups(code: str) -> list[str]:
    return [part for part in re.split(r"[-./ ]+", code.strip(" .-")) if part]


def _trimmed(groups: list[str]) -> list[str]:
    while len(groups) > 1 and set(groups[-1]) == {"0"}:
        groups = groups[:-1]
    return groups


def _digits_above(upper: str, lower: str) -> bool:
    if not upper.isdigit() or not lower.isdigit():
        return False
    if len(upper) == len(lower):
        stem = upper.rstrip("0")
        return 0 < len(stem) < len(lower.rstrip("0")) and lower.startswith(stem)
    return len(upper) < len(lower) and lower.startswith(upper)
