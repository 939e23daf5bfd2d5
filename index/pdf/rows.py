"""Rows of a table body: lines of figures are the anchors, wrapped labels are joined to the one they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.pdf.blocks import ALIGNMENTS, Anchor, Piece, assign_blocks, leading_of
from index.pdf.columns import column_of
from index.pdf.lines import Line, chunks_of, levels, make_chunk
from index.pdf.values import Word, bounds


@dataclass(kw_only=True, slots=True)
class BodyRow:
    """One row: the words of each column. `section` rows hold text without any figure."""

    cells: list[list[Word]]
    top: float
    bottom: float
    section: bool = False

    def add(self, column: int, words: Sequence[Word]) -> None:
        self.cells[column].extend(words)
        self.top = min([self.top, *(w.top for w in words)])
        self.bottom = max([self.bottom, *(w.bottom for w in words)])


@dataclass(kw_only=True, slots=True)
class _Body:
    pieces: list[list[Piece]]  # by column
    numeric: list[bool]
    cuts: tuple[float, ...]
    rights: tuple[float, ...] = ()  # how far the text of each column may run, where every label is a row
    alignments: tuple[str, ...] = ALIGNMENTS
    rows: list[BodyRow] = field(default_factory=list)


def make_rows(
    words: Sequence[Word],
    edges: Sequence[float],
    numeric: Sequence[bool],
    cuts: Sequence[float] = (),
    *,
    listed: bool = False,
    alignments: tuple[str, ...] = ALIGNMENTS,
) -> list[BodyRow]:
    """Rows from top to bottom. `cuts` are levels that no row crosses (rulings, edges of bands).

    listed: the first column is known to list labels, each a row though no figure stands beside it. alignments: where
    figures may stand beside a label of several lines.
    """
    columns = len(edges) - 1
    pieces: list[list[Piece]] = [[] for _ in range(columns)]
    for line in _lines(words, edges):
        held: list[list[Word]] = [[] for _ in range(columns)]
        for chunk in line.chunks:
            held[column_of(chunk, edges)].extend(chunk.words)
        for column, group in enumerate(held):
            if group:
                pieces[column].append(Piece(chunk=make_chunk(group)))
    body = _Body(
        pieces=pieces,
        numeric=list(numeric),
        cuts=tuple(sorted(cuts)),
        rights=tuple(edges[1:]) if listed else (),
        alignments=alignments,
    )
    anchors = _anchors(body)
    if anchors:
        _by_anchors(body, anchors)
    else:
        _by_text(body)
    return [r for r in body.rows if any(r.cells)]


def _lines(words: Sequence[Word], edges: Sequence[float]) -> Iterator[Line]:
    """The lines of a body, cut at the column edges; text that runs on over several of them is a heading, and whole."""
    for level in levels(words):
        whole, *more = chunks_of(level)
        crossed = sum(whole.x0 < edge < whole.x1 for edge in edges[1:-1])
        chunks = [whole] if not more and not whole.value and crossed > 1 else chunks_of(level, tuple(edges[1:-1]))
        box = bounds(level)
        yield Line(chunks=tuple(chunks), top=box.top, bottom=box.bottom)


def level_rows(
    words: Sequence[Word], edges: Sequence[float], numeric: Sequence[bool], cuts: Sequence[float] = ()
) -> list[BodyRow]:
    """Each printed line as a row of its own, labels without figures too: no label is wrapped."""
    del numeric, cuts  # lines need neither; the signature is that of `make_rows`
    rows: list[BodyRow] = []
    for line in _lines(words, edges):
        row = BodyRow(cells=[[] for _ in edges[1:]], top=line.top, bottom=line.bottom, section=not line.numbers)
        for chunk in line.chunks:
            row.add(column_of(chunk, edges), chunk.words)
        rows.append(row)
    return rows


def _anchors(body: _Body) -> list[Anchor]:
    """Levels of figures; a column gives each level one figure at most."""
    values = [
        (p.chunk.middle, column, p)
        for column, pieces in enumerate(body.pieces)
        if body.numeric[column]
        for p in pieces
        if p.chunk.value
    ]
    anchors: list[Anchor] = []
    for middle, column, piece in sorted(values, key=lambda v: (v[0], v[1])):
        last = anchors[-1] if anchors else None
        cut = last is not None and any(last.middle < y < middle for y in body.cuts)
        if last and not cut and middle - last.middle <= 0.55 * piece.chunk.size and column not in last.pieces:
            last.pieces[column] = piece
        else:
            anchors.append(Anchor(pieces={column: piece}))
    return _whole_rows(anchors, body.cuts)


def _whole_rows(anchors: list[Anchor], cuts: Sequence[float]) -> list[Anchor]:
    """Two levels closer than a line that fill each other's columns are one row printed unevenly."""
    full = max((len(a.pieces) for a in anchors), default=0)
    found: list[Anchor] = []
    for anchor in anchors:
        last = found[-1] if found else None
        size = max(p.chunk.size for p in anchor.pieces.values())
        if (
            last is not None
            and anchor.middle - last.middle < 0.98 * size
            and not last.pieces.keys() & anchor.pieces.keys()
            and len(last.pieces) + len(anchor.pieces) >= 0.8 * full
            and not any(last.middle < y < anchor.middle for y in cuts)
        ):
            last.pieces.update(anchor.pieces)
        else:
            found.append(anchor)
    return found


def _by_anchors(body: _Body, anchors: list[Anchor]) -> None:
    columns = len(body.pieces)
    label = _label_column(body)
    blocks: list[tuple[list[Piece], int | None]] = []
    if label is not None:
        right = body.rights[label] if body.rights else None
        blocks = assign_blocks(
            body.pieces[label], anchors, body.cuts, sections=True, right=right, alignments=body.alignments
        )
    by_anchor = {a: block for block, a in blocks if a is not None}
    rows: list[BodyRow] = []
    row_of: dict[int, BodyRow] = {}
    for index, anchor in enumerate(anchors):
        row = BodyRow(cells=[[] for _ in range(columns)], top=anchor.top, bottom=anchor.bottom)
        for column, piece in anchor.pieces.items():
            row.add(column, piece.chunk.words)
        for piece in by_anchor.get(index, []):
            row.add(label or 0, piece.chunk.words)
        rows.append(row)
        row_of[index] = row
    for block, owner in blocks:
        if owner is None and label is not None:
            words = [w for p in block for w in p.chunk.words]
            row = BodyRow(cells=[[] for _ in range(columns)], top=block[0].chunk.top, bottom=block[-1].chunk.bottom)
            row.section = True
            row.add(label, words)
            rows.append(row)
    rows.sort(key=lambda r: (r.top + r.bottom) / 2)
    body.rows = rows
    _other_texts(body, anchors, row_of, label)


def _other_texts(body: _Body, anchors: list[Anchor], row_of: dict[int, BodyRow], label: int | None) -> None:
    for column, pieces in enumerate(body.pieces):
        if column == label:
            continue
        if not body.numeric[column]:
            blocks = assign_blocks(pieces, anchors, body.cuts, sections=False, alignments=body.alignments)
            for block, owner in blocks:
                for piece in block:
                    row = row_of[owner] if owner is not None else None
                    _place(body, column, piece, row)
            continue
        for piece in pieces:
            if not piece.chunk.value:
                _place(body, column, piece, None)


def _place(body: _Body, column: int, piece: Piece, row: BodyRow | None) -> None:
    """Put a text in its row, or in the row whose height covers it, else in a row of its own."""
    middle, size = piece.chunk.middle, piece.chunk.size
    if row is None:
        spans = [r for r in body.rows if r.top - 0.2 * size <= middle <= r.bottom + 0.2 * size]
        row = min(spans, key=lambda r: abs((r.top + r.bottom) / 2 - middle), default=None)
    if row is None:
        row = BodyRow(cells=[[] for _ in body.pieces], top=piece.chunk.top, bottom=piece.chunk.bottom, section=True)
        body.rows.append(row)
        body.rows.sort(key=lambda r: (r.top + r.bottom) / 2)
    row.add(column, piece.chunk.words)


def _label_column(body: _Body) -> int | None:
    """The text column with most lines names the rows; of equals the first."""
    texts = [(len(p), -c) for c, p in enumerate(body.pieces) if not body.numeric[c] and p]
    return -max(texts)[1] if texts else None


def _by_text(body: _Body) -> None:
    """No figures: the first column's blocks are the rows, other columns are put where they stand."""
    columns = len(body.pieces)
    filled = [c for c in range(columns) if body.pieces[c]]
    if not filled:
        return
    lead = filled[0]
    blocks = _text_blocks(body.pieces[lead], body.cuts)
    if body.rights:
        found = assign_blocks(body.pieces[lead], (), body.cuts, sections=True, right=body.rights[lead])
        blocks = [block for block, _ in found]
    for block in blocks:
        row = BodyRow(cells=[[] for _ in range(columns)], top=block[0].chunk.top, bottom=block[-1].chunk.bottom)
        for piece in block:
            row.add(lead, piece.chunk.words)
        body.rows.append(row)
    tops = [row.top for row in body.rows]
    for column in filled[1:]:
        for piece in body.pieces[column]:
            middle = piece.chunk.middle
            index = max((i for i, top in enumerate(tops) if top <= middle + 0.3 * piece.chunk.size), default=0)
            body.rows[index].cells[column].extend(piece.chunk.words)


def _text_blocks(pieces: list[Piece], cuts: Sequence[float]) -> list[list[Piece]]:
    leading = leading_of(pieces)
    blocks: list[list[Piece]] = []
    for piece in pieces:
        last = blocks[-1][-1] if blocks else None
        if (
            last is None
            or piece.chunk.middle - last.chunk.middle > 1.22 * leading
            or any(last.chunk.middle < y < piece.chunk.middle for y in cuts)
        ):
            blocks.append([piece])
        else:
            blocks[-1].append(piece)
    return blocks
