"""What a reconciliation finds: one `Check` for each thing a report lets us verify by arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.model import Citation
from tools.model import Figure


class CheckStatus(StrEnum):
    """The outcome, in the words that are shown."""

    MISMATCH = "NO CUADRA"
    UNKNOWN = "NO VERIFICABLE"
    VERIFIED = "VERIFICADO"


class CheckKind(StrEnum):
    """What was compared with what."""

    TOTAL = "total"  # a printed total with the sum of its rows
    PARENT = "subtotal"  # a parent row with the sum of its children
    DIFFERENCE = "diferencia"  # a column that is one column minus another
    PERCENTAGE = "porcentaje"  # a column that is one column over another
    SUM = "suma de columnas"  # a column that is the sum of others
    PERIODS = "suma de períodos"  # a year that is the sum of its parts
    RUNNING = "acumulado"  # an accumulated figure with the one before it
    HEADER = "encabezado"  # a header that says another thing than the figures
    TABLES = "dos cuadros"  # the same figure in two tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A cell that a check speaks of. row: None for a whole column."""

    table: str  # id
    row: int | None
    column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing verified, contradicted, or not verifiable.

    tables: names as printed. where: row and column, in Spanish. figures: what is printed first, then what it was
    compared with. brief: the finding in a few words, for lists of findings of one sort. gap: first figure minus the second, in their unit; None where nothing was subtracted.
    """

    kind: CheckKind
    status: CheckStatus
    tables: tuple[str, ...]
    where: str
    text: str
    figures: tuple[Figure, ...] = ()
    gap: Decimal | None = None
    citations: tuple[Citation, ...] = ()
    spots: tuple[Spot, ...] = ()
    brief: str = ""

    @property
    def table_ids(self) -> frozenset[str]:
        """Ids of the tables it compares."""
        return frozenset(s.table for s in self.spots)
