"""What every tool returns: figures, how they come, and the cells they come from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.model import Citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure of an answer.

    value: in `unit`, scaled (never "in thousands"); None when the cell is blank or says "N/D".
    unit: ISO currency code, "%", "puntos porcentuales", a unit of count, or None when the report gives none.
    printed: True when the very figure stands in a cell, False when it was computed.
    """

    value: Decimal | None
    unit: str | None
    label: str
    printed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a tool found. `figures` come with the answer first, its operands after it.

    text: one or two Spanish sentences, the figure first, without citation or warnings.
    formula: in words and numbers ("ejecutado 750,000 / vigente 1,000,000 × 100 = 75.00 %"), None for a look-up.
    citations: the operand cells. complete: False when something the figure needs is unknown (said in `warnings`).
    """

    text: str
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]
    formula: str | None = None
    warnings: tuple[str, ...] = ()
    complete: bool = True
