"""Which row is the sum of which others, in whole units of the last digit, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

STRONG = 7  # significant digits that must agree before arithmetic alone makes a row a subtotal


@dataclass(frozen=True, kw_only=True)
class Match:
    """How well a row is the sum of others, in columns. `digits`: significant digits that agree over different figures.

    close: columns that agree or miss by a quarter at most: a printed total may be wrong and still be that total.
    """

    agree: int
    differ: int
    digits: int
    close: int = 0

    @property
    def holds(self) -> bool:
        return self.agree > 0 and self.differ == 0

    @property
    def mostly(self) -> bool:
        return self.agree > self.differ

    @property
    def near(self) -> bool:
        """One column agrees at least, and no other is far off."""
        return self.agree > 0 and self.close == self.agree + self.differ

    @property
    def strong(self) -> bool:
        return self.digits >= STRONG and (self.differ == 0 or (self.agree >= 3 and self.differ == 1))


class Ledger:
    """Rows of figures as integers. Columns are scaled by their own decimals, four at most."""

    def __init__(
        self, columns: Sequence[Sequence[Decimal | None]], unread: Sequence[Sequence[bool]] | None = None
    ) -> None:
        """`unread` marks the cells that hold a figure nobody could read: no sum over them can be checked."""
        self.unread = unread or [[False] * len(values) for values in columns]
        self.columns: list[list[int | None]] = []
        self.tolerance: list[int] = []
        for values in columns:
            given = [v for v in values if v is not None]
            places = max((_places(v) for v in given), default=0)
            large = any(abs(v) >= 1000 for v in given)
            self.columns.append([None if v is None else _scaled(v, places) for v in values])
            self.tolerance.append(int(large) if places < 2 else 5 * 10 ** (places - 2) if large else 1)

    def row(self, index: int) -> list[int | None]:
        return [column[index] for column in self.columns]

    def is_zero(self, index: int) -> bool:
        return not any(self.row(index))

    def is_blank(self, index: int) -> bool:
        return all(v is None for v in self.row(index))

    def sizes(self, index: int, nodes: Sequence[int]) -> list[int]:
        """How many of the first nodes (two or more) may add up to a row, judged by its largest readable figure alone.

        The cheap question first: whole tables are searched for subtotals that no word announces.
        """
        best = max(
            (p for p, v in enumerate(self.row(index)) if v and not self.unread[p][index]),
            key=lambda p: (not any(self.unread[p]), abs(self.columns[p][index] or 0)),
            default=None,
        )
        if best is None:
            return []
        column, wanted, tolerance = self.columns[best], self.columns[best][index] or 0, self.tolerance[best]
        found, total = [], 0
        for size, node in enumerate(nodes, 1):
            if self.unread[best][node]:
                break
            total += column[node] or 0
            if size >= 2 and -tolerance <= total - wanted <= tolerance:
                found.append(size)
        return found

    def sum_of(self, nodes: Sequence[int]) -> Sums:
        sums = self.start()
        for node in nodes:
            sums.add(node)
        return sums

    def start(self) -> Sums:
        return Sums(self)


class Sums:
    """Running sums of rows, compared with a row at any moment."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sums: list[int | None] = [None] * len(ledger.columns)
        self._nonzero = [0] * len(ledger.columns)
        self._unread = [False] * len(ledger.columns)

    def add(self, index: int) -> None:
        for place, value in enumerate(self._ledger.row(index)):
            self._unread[place] |= self._ledger.unread[place][index]
            if value is not None:
                self._sums[place] = (self._sums[place] or 0) + value
                self._nonzero[place] += value != 0

    def match(self, index: int) -> Match:
        agree = differ = close = 0
        figures: set[int] = set()
        for place, value in enumerate(self._ledger.row(index)):
            total = self._sums[place]
            if value is None or self._unread[place] or (total is None and value == 0):
                continue
            if total is None or abs(value - total) > self._ledger.tolerance[place]:
                differ += 1
                close += total is not None and abs(value - total) * 4 <= abs(value)
                continue
            agree += 1
            if self._nonzero[place] >= 2 and value:
                figures.add(abs(value))
        digits = sum(len(str(f).rstrip("0")) for f in figures)
        return Match(agree=agree, differ=differ, digits=digits, close=agree + close)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), 4) if isinstance(exponent, int) else 0


def _scaled(value: Decimal, places: int) -> int:
    return int((value * 10**places).to_integral_value(rounding=ROUND_HALF_EVEN))
