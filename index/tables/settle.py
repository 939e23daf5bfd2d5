"""Figures read by OCR against the arithmetic of their table: a sum that holds confirms them, one that does not doubts.

Print is left alone: what a report prints is never changed. A reading of a picture is not print, so where its readings
differ the one that the sums bear out is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice, product

from index.model import Cell, Table
from index.numbers import parse
from index.tables.trust import CENTS, Place, Sum, sums_of

_TRIED = 400  # combinations of readings tried for one sum
_ROUNDS = 4
_ALIKE = ("68", "56", "17", "38", "08", "06", "89", "27", "35", "58", "14", "49")  # digits that scans confuse


def settle(table: Table, readings: Mapping[Place, Sequence[str]]) -> Table:
    """The table with its OCR figures confirmed, chosen or doubted; a table without any as it is."""
    if all(c.verified is None for r in table.rows for c in r.cells):
        return table
    work = _Work(table, readings)
    sums = list(sums_of(table))
    for _ in range(_ROUNDS):
        before = len(work.confirmed)
        for item in sums:
            work.confirm(item)
        for item in sums:
            work.choose(item)
        if len(work.confirmed) == before:
            break
    for item in sums:
        work.doubt(item)
    return work.result()


class _Work:
    """What is known of the cells so far."""

    def __init__(self, table: Table, readings: Mapping[Place, Sequence[str]]) -> None:
        self._table = table
        self._cells: dict[Place, Cell] = {(r.index, i): c for r in table.rows for i, c in enumerate(r.cells)}
        self._others: dict[Place, list[Cell]] = {}
        for place, texts in readings.items():
            if place in self._cells and place[1] < len(table.columns):
                self._others[place] = list(self._readings(place, texts))
        self.confirmed: set[Place] = set()
        self._doubted: set[Place] = set()

    def _readings(self, place: Place, texts: Sequence[str]) -> Iterator[Cell]:
        cell = self._cells[place]
        for text in texts:
            value = parse(text, self._table.columns[place[1]].convention).value
            if value is not None and value != cell.value:
                yield replace(cell, text=text, value=value, undecided=None)

    def _value(self, place: Place) -> Decimal | None:
        """The figure; 0 where nothing is printed."""
        cell = self._cells.get(place)
        if cell is None or not any(ch.isdigit() for ch in cell.text):
            return Decimal(0)
        return cell.value

    def _gap(self, item: Sum) -> Decimal | None:
        """Total minus parts; None when a figure of them is unreadable or the sum says nothing."""
        total = self._value(item.total)
        values = [self._value(p) for _, p in item.parts]
        if total is None or any(v is None for v in values) or not self._telling(item):
            return None
        return total - sum((sign * (v or 0) for (sign, _), v in zip(item.parts, values, strict=True)), Decimal(0))

    def _telling(self, item: Sum) -> bool:
        printed = [p for p in item.places if p in self._cells and any(ch.isdigit() for ch in self._cells[p].text)]
        return item.total in printed and sum(bool(self._value(p)) for _, p in item.parts) >= 2

    def confirm(self, item: Sum) -> None:
        gap = self._gap(item)
        if gap is not None and not gap:
            self.confirmed.update(p for p in item.places if p in self._cells)

    def choose(self, item: Sum) -> None:
        """Take the one choice among the readings that makes the sum hold, when there is exactly one."""
        open_ = [p for p in item.places if p not in self.confirmed and self._others.get(p)]
        gap = self._gap(item)
        if not open_ or (gap is not None and not gap):
            return
        options = islice((part for size in (1, 2) for part in combinations(open_, size)), _TRIED)
        held: list[dict[Place, Cell]] = []
        for places in options:
            for cells in islice(product(*(self._others[p] for p in places)), 16):
                chosen = dict(zip(places, cells, strict=True))
                if self._holds(item, chosen):
                    held.append(chosen)
            if held and len(places) == 1 and places == (open_[-1],):
                break  # one changed reading explains it: no need for two
        if len(held) == 1:
            self._cells.update(held[0])
            self.confirm(item)

    def _holds(self, item: Sum, chosen: dict[Place, Cell]) -> bool:
        kept = {p: self._cells[p] for p in chosen}
        self._cells.update(chosen)
        gap = self._gap(item)
        self._cells.update(kept)
        return gap is not None and not gap

    def doubt(self, item: Sum) -> None:
        """A sum that does not hold: one of its figures was misread, or the report prints it wrong."""
        gap = self._gap(item)
        if not gap:
            return
        suspects = [p for p in item.places if p in self._cells and p not in self.confirmed]
        likely = [p for p in suspects if self._explains(item, p, gap)]
        self._doubted.update(likely if len(likely) == 1 or abs(gap) <= CENTS else suspects)

    def _explains(self, item: Sum, place: Place, gap: Decimal) -> bool:
        """Whether one digit mistaken for its like in this figure makes up the whole gap."""
        value = self._value(place)
        if value is None:
            return False
        sign = -1 if place == item.total else next(s for s, p in item.parts if p == place)
        wanted = str(abs(value + sign * gap))
        printed = str(abs(value))
        unlike = [(a, b) for a, b in zip(printed, wanted, strict=False) if a != b]
        pairs = {frozenset(pair) for pair in _ALIKE}
        return len(printed) == len(wanted) and len(unlike) == 1 and frozenset(unlike[0]) in pairs

    def result(self) -> Table:
        rows = []
        for row in self._table.rows:
            cells = tuple(self._told((row.index, i)) for i in range(len(row.cells)))
            rows.append(replace(row, cells=cells))
        return replace(self._table, rows=tuple(rows))

    def _told(self, place: Place) -> Cell:
        cell = self._cells[place]
        if cell.verified is None or not any(ch.isdigit() for ch in cell.text):
            return cell
        if cell.value is None:
            return replace(cell, verified=False)
        if place in self.confirmed:
            return replace(cell, verified=True)
        return replace(cell, verified=False) if place in self._doubted else cell
