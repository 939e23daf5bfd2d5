"""Which reports of a large store lie in one file of the joined index: runs of neighbours, in the order of the store.

What is in a run is told by the reports alone, not by when they came: adding, removing or correcting a report changes
the run that it lies in, hardly ever another, and the files of all others are used as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 16_384  # passages of a run: joined in a second at most
_FILES = 64  # runs, about, from which they grow: each question looks into every one


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What tells one state of the prose of a document from any other. digest: of all that was kept of it."""

    document: str
    passages: int
    digest: str


Run = tuple[Mark, ...]


def runs(marks: Sequence[Mark]) -> list[Run]:
    """The runs of some documents, which keep their order.

    Too long a run is cut before the document whose id has the smallest hash, as the keys of a treap are: where a new
    document comes in, the cuts around it stay.
    """
    most, total = MOST, sum(m.passages for m in marks)
    while total > most * _FILES:
        most *= 2
    found: list[Run] = []
    waiting = [tuple(marks)] if marks else []
    while waiting:
        run = waiting.pop()
        if len(run) == 1 or sum(m.passages for m in run) <= most:
            found.append(run)
            continue
        cut = min(range(1, len(run)), key=lambda i: _rank(run[i]))
        waiting += [run[cut:], run[:cut]]
    return found


def _rank(mark: Mark) -> bytes:
    return hashlib.sha256(mark.document.encode()).digest()
