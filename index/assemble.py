"""From the blocks of a reader to a report: metadata, typed tables, chunks, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.blocks import Block, Heading, ListBlock, Paragraph, RawTable, Reading
from index.chunks import build_chunks, fields, lead_in, memo_fields
from index.continued import join_continued
from index.letter import letter_facts
from index.metadata import infer
from index.model import Document, Fact, LeftOut, Period, Report, Table
from index.numbers import decide_convention
from index.readers.text_lines import caption_line
from index.report_head import key_name
from index.scrub import scrub
from index.tables import build_table
from index.tables.doubts import header_doubts
from index.units import section_units


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where a block stands: its headings from the outermost in, and the sentence right before it."""

    order: int
    section: tuple[str, ...]
    lead: str
    caption: str  # its own, or the heading right above it that is worded as one


def assemble(reading: Reading, *, ident: str, file: str, kind: str) -> Report:
    """The report of a reading. ident: hash of the file's bytes; file: what people call it.

    Every grid ends as a table, as chunks, or both; nothing of it is dropped.
    """
    reading = scrub(reading)
    reading = replace(reading, blocks=join_continued(reading.blocks))
    printed = _facts(reading)
    said = {fact.key for fact in printed}
    told = (fact for fact in letter_facts(reading.blocks) if fact.key not in said)
    facts = tuple(dict.fromkeys((*printed, *_particulars(reading.blocks), *told)))
    tables, left_out = _tables(reading.blocks, ident)
    meta = infer(replace(reading, facts=printed), tables, file)
    if meta.currency is not None or meta.period is not None:  # the tables tell of the document, then it of them
        tables, left_out = _tables(reading.blocks, ident, meta.currency, meta.period)
    document = Document(
        id=ident,
        file=file,
        title=meta.title,
        kind=kind,
        institution=meta.institution,
        aliases=meta.aliases,
        country=meta.country,
        currency=meta.currency,
        period=meta.period,
        pages=reading.pages,
        warnings=(*reading.warnings, *_ocr_warnings(reading.scanned, tables), *_header_warnings(tables)),
        scanned=reading.scanned,
        unread=reading.unread,
        left_out=(*reading.left_out, *left_out),
    )
    typed = {table.order: table for table in tables}
    blocks = [_readable(block, typed=order in typed) for order, block in enumerate(reading.blocks)]
    return Report(
        document=document,
        tables=tables,
        chunks=build_chunks(blocks, ident, printed),
        facts=_with_tables(facts, reading.blocks, typed),
    )


def _tables(
    blocks: Sequence[Block], ident: str, currency: str | None = None, period: Period | None = None
) -> tuple[tuple[Table, ...], list[LeftOut]]:
    raws = [block for block in blocks if isinstance(block, RawTable)]
    vote = decide_convention(cell.text for raw in raws for cell in raw.cells if cell.number is None)
    tables: list[Table] = []
    left_out: list[LeftOut] = []
    for raw, place, unit in zip(raws, _places(blocks), section_units(blocks), strict=True):
        built = build_table(
            replace(raw, caption=place.caption),
            id=f"{ident}:t{len(tables) + 1}",
            document=ident,
            section=place.section,
            lead=place.lead,
            unit=unit,
            order=place.order,
            currency=currency,
            period=period,
            vote=vote,
        )
        if built is not None:
            tables.append(built[0])
            left_out.extend(built[1])
    return tuple(tables), left_out


def _ocr_warnings(pages: Sequence[int], tables: Sequence[Table]) -> list[str]:
    """Which pages were read by OCR, and how many of their figures are trusted."""
    if not pages:
        return []
    told = [c.verified for t in tables for r in t.rows for c in r.cells if c.verified is not None]
    named = ", ".join(str(p) for p in pages[:12]) + ("…" if len(pages) > 12 else "")
    which = (
        f"La página {named} es una imagen, o lleva una con texto, y se leyó"
        if len(pages) == 1
        else (f"Las páginas {named} son imágenes, o las llevan con texto, y se leyeron")
    )
    if not told:
        return [f"{which} por OCR."]
    doubt = " Cada respuesta avisa de las que no." if not all(told) else ""
    return [f"{which} por OCR: {sum(told)} de {len(told)} cifras de sus tablas quedaron verificadas.{doubt}"]


def _header_warnings(tables: Sequence[Table]) -> list[str]:
    """Which tables have a header that may be misread; one for each."""
    doubted = [(table, next(iter(header_doubts(table).values()), None)) for table in tables]
    return [f"En «{table.name}», {doubt}: puede estar mal leída." for table, doubt in doubted if doubt is not None]


def _places(blocks: Sequence[Block]) -> list[_Place]:
    """The place of each grid among the blocks."""
    places: list[_Place] = []
    path: list[Heading] = []
    named: set[int] = set()  # headings that are captions of a table already
    for order, block in enumerate(blocks):
        if isinstance(block, Heading):
            path = [*(heading for heading in path if heading.level < block.level), block]
        elif isinstance(block, RawTable):
            before = blocks[order - 1] if order else None
            lead, caption, above = _lead(before, block), block.caption, path
            if not caption and path and id(path[-1]) not in named and caption_line(path[-1].text):
                caption, above = path[-1].text, path[:-1]
                named.add(id(path[-1]))
            places.append(_Place(order=order, section=tuple(h.text for h in above), lead=lead, caption=caption))
    return places


def _lead(before: Block | None, raw: RawTable) -> str:
    """The sentence before a grid: when it announces the grid, or when the grid has no caption of its own."""
    if not isinstance(before, Paragraph) or before.note:
        return ""
    return lead_in(before.text) if not raw.caption or before.text.rstrip().endswith(":") else ""


def _readable(block: Block, *, typed: bool) -> Block:
    """A grid that is neither a table of figures nor one that chunks are made of, as a list of its rows."""
    if not isinstance(block, RawTable) or typed or build_chunks((block,), ""):
        return block
    rows: dict[int, list[str]] = {}
    for cell in sorted(block.cells, key=lambda c: (c.row, c.column)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    items = ("; ".join(texts) for texts in rows.values())
    return ListBlock(
        items=tuple(filter(None, (block.caption, *items, *block.notes))), page=min(block.pages, default=None)
    )


def _facts(reading: Reading) -> tuple[Fact, ...]:
    """Facts of the file and of its grids, each once."""
    grids = (fact for block in reading.blocks if isinstance(block, RawTable) for fact in block.facts)
    found: dict[tuple[str, str, str], Fact] = {}
    for fact in (*reading.facts, *grids):
        found.setdefault(_identity(fact), fact)
    return tuple(found.values())


def _particulars(blocks: Sequence[Block]) -> Iterator[Fact]:
    """ "Fecha | 17 de febrero", in a sheet of particulars beside "Misión | …"."""
    for block in blocks:
        if isinstance(block, RawTable):
            page = min(block.pages, default=None)
            for name, text in fields(block) or memo_fields(block):
                value, _, post = text.partition("\n")
                detail = " ".join(post.split())
                quote = f"{name}: {' '.join(text.split())}"
                yield Fact(key=key_name(name), value=value.strip(), detail=detail, quote=quote, page=page)


def _with_tables(facts: Sequence[Fact], blocks: Sequence[Block], typed: dict[int, Table]) -> tuple[Fact, ...]:
    """The facts with the ids of the tables whose head prints them."""
    owners: dict[tuple[str, str, str], list[str]] = {}
    for order, table in typed.items():
        block = blocks[order]
        for fact in block.facts if isinstance(block, RawTable) else ():
            owners.setdefault(_identity(fact), []).append(table.id)
    return tuple(replace(f, tables=(*f.tables, *owners.get(_identity(f), ()))) for f in facts)


def _identity(fact: Fact) -> tuple[str, str, str]:
    return fact.key, fact.value, fact.detail
