"""Narrative of a report → chunks: whole paragraphs, whole lists with their lead-in, definitions, the memo head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.blocks import Block, Heading, ListBlock, Paragraph, RawTable
from index.headings import standard_of
from index.model import Chunk, ChunkKind, Fact
from index.report_head import MEMO_KEYS
from index.text import fold

_DEFINITION_NAMES = (
    "sigla siglas acronimo acronimos abreviatura abreviaturas termino terminos definicion definiciones significado"
)
_DEFINITION_WORDS = frozenset(_DEFINITION_NAMES.split())
_LETTER_KEYS = frozenset(("memorando", "oficio", "circular", "nota", "resolucion", "acuerdo", "informe", "dictamen"))
_FIGURE = re.compile(r"[-–(]?\s*(?:[QLBSU$₡]{1,2}\.?\s?)?\d[\d.,\s]*%?\)?")


def build_chunks(blocks: Sequence[Block], document_id: str, facts: Sequence[Fact] = ()) -> tuple[Chunk, ...]:
    """Chunks in reading order, the memo head first. `Chunk.order` is the place of the block in `blocks`, -1 the head.

    A list keeps the paragraph before it as `lead`, or its last sentence when that announces the list (ends in ":").
    A paragraph that does nothing but announce is no chunk of its own. Tables of texts without figures become definitions or lists; other tables are left to
    `index.tables`.
    """
    builder = _Builder(document=document_id)
    builder.head(facts)
    for order, block in enumerate(blocks):
        following = blocks[order + 1] if order + 1 < len(blocks) else None
        before = blocks[order - 1] if order else None
        if isinstance(block, Heading):
            builder.enter(order, block)
        elif isinstance(block, Paragraph) and (run_in := _run_in(block)) is not None:
            builder.under(run_in[0], order, run_in[1], pages=_pages(block.page))
        elif isinstance(block, Paragraph) and _is_unmarked_heading(block, following):
            builder.enter(order, Heading(text=block.text.strip(), level=_DEEPEST, page=block.page))
        elif isinstance(block, Paragraph):
            announces = isinstance(following, ListBlock) or (isinstance(following, RawTable) and _is_text(following))
            if not announces or lead_in(block.text) != block.text or not block.text.rstrip().endswith(":"):
                kind = ChunkKind.NOTE if block.note else ChunkKind.PARAGRAPH
                builder.add(order, kind, block.text, pages=_pages(block.page))
        elif isinstance(block, ListBlock):
            lead = lead_in(before.text) if isinstance(before, Paragraph) and not before.note else ""
            builder.add(order, ChunkKind.LIST, items=block.items, lead=lead, pages=_pages(block.page))
        elif _is_text(block):
            builder.text_table(order, block, before)
        else:
            builder.bare = False  # a table of figures stands under it
    builder.close()
    return tuple(builder.chunks)


_DEEPEST = 9  # level of a heading that only its words tell
_RUN_IN = re.compile(
    r"(?P<heading>(?:\d+(?:\.\d+)*\.?\s+)?[^\W\d][^.:\n]{3,60})[.:](?:\s|[-–—])+(?P<text>\S.*)", re.DOTALL
)


def _run_in(block: Paragraph) -> tuple[str, str] | None:
    """ "Misión. Llevar agua…": a standard heading that opens its own paragraph, and the rest of it."""
    match = None if block.note else _RUN_IN.match(block.text.strip())
    if (
        match is None
        or not match["heading"].lstrip("0123456789. ")[:1].isupper()
        or len(match["text"].split()) < _SENTENCE
    ):
        return None
    return (match["heading"].strip(), match["text"]) if standard_of(match["heading"]) else None


_SENTENCE = 4  # words of what a heading stands over, at least


def _is_unmarked_heading(block: Paragraph, following: Block | None) -> bool:
    """ "MISIÓN" in a line of its own over text, where nothing but its words and capitals marks it as a heading."""
    text = block.text.strip()
    alone = not block.note and text.isupper() and len(text.split()) <= _SENTENCE and not text.endswith((".", ";", ","))
    if not alone or not isinstance(following, (Paragraph, ListBlock)):
        return False
    if standard_of(text):
        return True
    over = following.text if isinstance(following, Paragraph) else ""
    return len(over.split()) > 2 * _SENTENCE and not over.isupper() and text.replace(" ", "").isalpha()


def lead_in(text: str) -> str:
    """The part of a paragraph that introduces the list below it: the last sentence when it ends in ":", else all.

    >>> lead_in("Se adjunta lo pedido. Los documentos son los siguientes:")
    'Los documentos son los siguientes:'
    """
    if not text.rstrip().endswith(":"):
        return text
    sentences = re.split(r"(?<=[\wáéíóúñ)»”]{4}[.;])\s+(?=[A-ZÁÉÍÓÚÑ¿])", text)
    return sentences[-1] if len(sentences[-1].split()) > 3 else text


def definitions(table: RawTable) -> tuple[tuple[str, str], ...]:
    """(acronym or term, meaning) of each row of a table of definitions; empty for any other table."""
    rows = _rows(table)
    if not rows or any(len(r) != 2 for r in rows) or not _is_text(table):
        return ()
    header = set(" ".join(fold(c) for c in rows[0]).split())
    named = bool(header & _DEFINITION_WORDS)
    body = rows[1:] if named or table.header_rows else rows
    pairs = [(a, b) for a, b in body if a and b]
    short = [a for a, b in pairs if len(a) <= 15 and len(b) > len(a) and sum(c.isupper() for c in a) * 2 > len(a)]
    if not pairs or not (named or len(short) > 0.8 * len(pairs)):
        return ()
    return tuple((a, b) for a, b in body if a or b)


def memo_fields(table: RawTable) -> tuple[tuple[str, str], ...]:
    """(key, text) of a memo's head set as a table: "A : Ana Vega", "DE : …", "FECHA : …"; empty for any other table."""
    rows = [[c for c in row if c.strip(" :")] for row in _rows(table)]
    pairs = [(r[0].strip(" :."), r[1]) for r in rows if len(r) == 2]
    known = [a for a, _ in pairs if fold(a) in MEMO_KEYS | _LETTER_KEYS]
    return tuple(pairs) if len(known) > 2 and len(pairs) == len([r for r in rows if r]) else ()


def fields(table: RawTable) -> tuple[tuple[str, str], ...]:
    """(name, text) of each row of a sheet of particulars, standard sections among them; empty for any other table."""
    rows = [[c for c in row if c] for row in _rows(table)[table.header_rows or 0 :]]
    if len(rows) < 2 or not _is_text(table) or any(len(r) != 2 for r in rows):
        return ()
    named = [a for a, b in rows if standard_of(a) and len(b.split()) >= _SENTENCE]
    short = all(len(a.split()) <= 2 * _SENTENCE and not a.endswith(".") for a, _ in rows)
    return tuple((a.rstrip(" :"), b) for a, b in rows) if short and len(named) > 1 else ()


def _rows(table: RawTable) -> list[list[str]]:
    height, width = table.shape
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def _is_text(table: RawTable) -> bool:
    """Whether no body cell holds a figure (codes glued to texts are no figures)."""
    body = [c for c in table.cells if c.row >= (table.header_rows or 0) and c.text]
    return bool(body) and not any(c.number is not None or _FIGURE.fullmatch(c.text.strip()) for c in body)


def _pages(page: int | None) -> tuple[int, ...]:
    return () if page is None else (page,)


@dataclass(kw_only=True, slots=True)
class _Builder:
    document: str
    chunks: list[Chunk] = field(default_factory=list)
    path: list[Heading] = field(default_factory=list)
    bare_at: int = 0  # place of that heading
    bare: bool = False  # whether nothing stands under the last heading yet

    def enter(self, order: int, heading: Heading) -> None:
        self.close(heading.level)
        self.path.append(heading)
        self.bare, self.bare_at = True, order

    def under(self, heading: str, order: int, text: str, *, pages: tuple[int, ...]) -> None:
        """One paragraph under a heading of its own, which ends with it."""
        self.bare = False
        self.path.append(Heading(text=heading, level=_DEEPEST))
        self.add(order, ChunkKind.PARAGRAPH, text, pages=pages)
        self.path.pop()

    def close(self, level: int = 0) -> None:
        """Leave the headings of a level and below; one that nothing stands under is a chunk, or nobody would find it."""
        if self.bare and self.path and self.path[-1].level >= level:
            lone = self.path.pop()
            self.add(self.bare_at, ChunkKind.PARAGRAPH, lone.text, pages=_pages(lone.page))
        while self.path and self.path[-1].level >= level:
            self.path.pop()

    def add(
        self,
        order: int,
        kind: ChunkKind,
        text: str = "",
        *,
        items: tuple[str, ...] = (),
        lead: str = "",
        pages: tuple[int, ...] = (),
    ) -> None:
        self.bare = False
        self.chunks.append(
            Chunk(
                id=f"{self.document}:c{len(self.chunks) + 1}",
                document=self.document,
                kind=kind,
                section=tuple(h.text for h in self.path),
                text=text or "\n".join(items),
                lead=lead,
                items=items,
                pages=pages,
                order=order,
            )
        )

    def head(self, facts: Sequence[Fact]) -> None:
        """The memo head as one chunk, a line a fact: "PARA: Ana Ruiz, Jefa de Compras"."""
        memo = [f for f in facts if f.key in MEMO_KEYS or f.key in _LETTER_KEYS or f.detail]
        if not any(f.key in MEMO_KEYS for f in memo):
            return
        items = tuple(f"{f.key.upper()}: {f.value}" + (f", {f.detail}" if f.detail else "") for f in memo)
        pages = tuple(sorted({f.page for f in memo if f.page is not None}))
        self.add(-1, ChunkKind.HEAD, items=items, pages=pages)

    def text_table(self, order: int, table: RawTable, before: Block | None) -> None:
        lead = table.caption
        if isinstance(before, Paragraph) and before.text.rstrip().endswith(":"):
            lead = " ".join(filter(None, (lead_in(before.text), lead)))
        pairs = definitions(table)
        if pairs:
            items = tuple(f"{a}: {b}" if a and b else a or b for a, b in pairs)
            self.add(order, ChunkKind.DEFINITIONS, items=items, lead=lead, pages=table.pages)
            return
        told = fields(table)
        if told:  # "Misión | Llevar agua…": each row is a section of its own
            for label, text in told:
                self.under(label, order, text, pages=table.pages)
            return
        rows = _rows(table)
        count = table.header_rows or 0
        header = rows[count - 1] if count else []
        items = tuple(text for row in rows[count:] if (text := _as_item(row, header)))
        self.add(order, ChunkKind.LIST, items=items, lead=lead, pages=table.pages)


def _as_item(row: Sequence[str], header: Sequence[str]) -> str:
    """A row of texts as one item, each cell after the first with its column's name."""
    parts = [
        f"{header[i]}: {cell}" if i and i < len(header) and header[i] else cell for i, cell in enumerate(row) if cell
    ]
    return "; ".join(parts)
