"""What a golden set says: questions and what a right answer must hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

AnyNumber = tuple[Decimal, ...]  # any of them will do; written precision is kept (60.33 asks for two decimals)
AnyText = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What the answer must and must not hold. Every entry of `values` and `mentions` must be met."""

    values: tuple[AnyNumber, ...] = ()
    mentions: tuple[AnyText, ...] = ()
    forbidden_values: tuple[Decimal, ...] = ()
    forbidden_mentions: tuple[str, ...] = ()
    abstains: bool = False
    asks_back: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedEvidence:
    """One citation that must be there. Each field holds alternatives; empty fields ask for nothing."""

    document: AnyText = ()
    page: AnyText = ()
    table: AnyText = ()
    section: AnyText = ()
    row: AnyText = ()
    column: AnyText = ()
    text: AnyText = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One question of a golden set."""

    id: str
    question: str
    kind: str
    expected: Expected
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[WantedEvidence, ...] = ()
