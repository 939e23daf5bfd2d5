"""`read_pdf`: a PDF with a text layer to blocks in reading order. Every word ends in a block, a fact or `left_out`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.apart.spool import Spool
from index.blocks import Block, ListBlock, Paragraph, RawCell, RawTable, Reading
from index.errors import ReadError
from index.model import Fact, LeftOut
from index.pdf.carried import carried_rows
from index.pdf.conserve import unplaced
from index.pdf.drafts import Draft
from index.pdf.flows import flows
from index.pdf.join import Joined, start, try_join
from index.pdf.lanes import NO_TEXT, OnPage, PictureLane, is_unread, no_text_warning, read_inks
from index.pdf.lines import lines_of
from index.pdf.marks import FILLER
from index.pdf.pictures import unread_pictures
from index.pdf.prose import Placed, block_text, body_size, heading_or_text, is_loose, prose_blocks, prose_size
from index.pdf.running import Running, find_running, masked
from index.pdf.seams import cells_of, goes_on
from index.pdf.source import PdfSource, open_pdf
from index.pdf.tables import PageTables, page_tables
from index.pdf.turning import turn_back
from index.pdf.values import Ink, inside
from index.text import fold

REPEATED = "encabezado o pie repetido en cada página"
REPEATED_HEAD = "encabezado de tabla repetido al cambiar de página"
LOOSE = "cifras sueltas, sin fila ni columna: rótulos de un gráfico o números de página"
FILLING = "puntos o rayas de relleno"
BLANK = "No hay nada impreso en ninguna página: el documento está en blanco."
DIRT = "rasgos de la imagen que no parecen escritura: firmas, sellos, manchas"
UNREAD = "marcas de la imagen que el OCR no pudo leer"
UNPLACED = "texto de una tabla que no se pudo colocar en ninguna celda"
SIDEWAYS = "texto girado, no se leyó como parte de la página"
_JUNK_TITLE = re.compile(r"\.(?:docx?|xlsx?|pdf|rpt|indd)$|^microsoft|^untitled|^sin t[ií]tulo|[\\/]", re.IGNORECASE)
_PAIR = re.compile(r"^([^\W\d][^:\d]{1,39}?)\s*:\s*(.+)$")


def read_pdf(
    path: Path,
    *,
    password: str | None = None,
    spool: Path | None = None,
    skip: Mapping[int, str] | None = None,
    at_page: OnPage | None = None,
) -> Reading:
    """All that a PDF prints. spool: folder of pages that are read already. skip: pages to leave out, with why.

    at_page: told each page when its turn comes. Raises ReadError when the file is encrypted, damaged or not a PDF.
    """
    skip = skip or {}
    with open_pdf(path, password) as source:
        numbers = [n for n in range(1, source.pages + 1) if n not in skip]
        kept = None if spool is None else Spool(spool)
        inks, broken = read_inks(source, numbers, PictureLane(path, password), kept, at_page)
        broken = sorted([*broken, *(LeftOut(text="", reason=why, page=n) for n, why in skip.items())], key=_page)
        if len(broken) == source.pages:
            reason = broken[0].reason
            raise ReadError(reason if path.name in reason else f"«{path.name}» no se pudo leer: {reason}.")
        title = _title(source, inks)
        return _reading(inks, broken, source.pages, title, at_page)


def spool_pages(
    path: Path, numbers: Sequence[int], spool: Spool, *, password: str | None = None, at_page: OnPage | None = None
) -> None:
    """Read some pages of a PDF and keep them. Raises as `read_pdf`."""
    with open_pdf(path, password) as source:
        read_inks(source, numbers, PictureLane(path, password), spool, at_page)


def read_pages(path: Path, pages: Sequence[int], *, password: str | None = None) -> list[RawTable]:
    """The tables of the given pages, joined where they follow each other."""
    with open_pdf(path, password) as source:
        inks, _ = read_inks(source, pages, PictureLane(path, password))
    reading = _reading(inks, [], len(pages), None)
    return [b for b in reading.blocks if isinstance(b, RawTable)]


def _page(left: LeftOut) -> int:
    return left.page or 0


def _reading(
    inks: list[Ink], broken: list[LeftOut], pages: int, title: str | None, at_page: OnPage | None = None
) -> Reading:
    left_out = list(broken)
    warnings = [b.reason if str(b.page) in b.reason else f"Página {b.page}: {b.reason}." for b in broken]
    empty = [ink for ink in inks if is_unread(ink)]
    left_out.extend(LeftOut(text="", reason=NO_TEXT, page=ink.number) for ink in empty)
    if empty:
        warnings.append(no_text_warning([e.number for e in empty], len(inks)))
    left_out.extend(LeftOut(text=" / ".join(i.dirt), reason=DIRT, page=i.number) for i in inks if i.dirt)
    left_out.extend(LeftOut(text=f"{i.unread} marcas", reason=UNREAD, page=i.number) for i in inks if i.unread)
    pictures, told = unread_pictures(inks)
    left_out.extend(pictures)
    warnings.extend(told)
    running = find_running(inks)
    facts, repeated = _running_facts(running)
    left_out.extend(repeated)
    blocks, dropped = _blocks(inks, running, at_page)
    left_out.extend(dropped)
    if not (blocks or facts or warnings or left_out):
        warnings.append(BLANK)
    return Reading(
        blocks=tuple(blocks),
        left_out=tuple(left_out),
        facts=tuple(facts),
        pages=pages,
        title=title,
        warnings=tuple(warnings),
        scanned=tuple(ink.number for ink in inks if (ink.pictured or ink.insets) and ink.words),
        unread=tuple(ink.number for ink in empty),
    )


def _running_facts(running: Running) -> tuple[list[Fact], list[LeftOut]]:
    """A running line is a fact where it first stands and where its value changes; repeats are listed as left out."""
    facts: list[Fact] = []
    repeated: list[LeftOut] = []
    seen: set[str] = set()
    for page, lines in running.lines.items():
        for line in lines:
            text = line.text
            if masked(text) in seen:
                repeated.append(LeftOut(text=text, reason=REPEATED, page=page))
                continue
            seen.add(masked(text))
            for chunk in line.chunks:
                pair = _PAIR.match(chunk.text)
                key, value = (fold(pair[1]), pair[2]) if pair else ("encabezado", chunk.text)
                facts.append(Fact(key=key, value=value, quote=chunk.text, page=page))
    return facts, repeated


def _blocks(inks: list[Ink], running: Running, at_page: OnPage | None = None) -> tuple[list[Block], list[LeftOut]]:
    size = prose_size(list(running.body.values()))
    order: list[Block | Joined] = []
    dropped: list[LeftOut] = []
    open_tables: list[Joined] = []
    previous: PageTables | None = None
    for ink in inks:
        if at_page is not None:
            at_page(ink.number, len(inks))
        words = running.body.get(ink.number)
        if not words:
            dropped.extend(_aside(ink, ()))
            previous = None
            continue
        filler = [w.text for w in words if FILLER.match(w.text)]
        if filler:
            dropped.append(LeftOut(text=" ".join(filler), reason=FILLING, page=ink.number))
            words = tuple(w for w in words if not FILLER.match(w.text))
        tables = page_tables(ink, words, led=bool(filler), contested=not ink.pictured)
        dropped.extend(_aside(ink, tables.drafts))
        lost = unplaced(words, tables.drafts, tables.rest)
        if lost:
            dropped.append(LeftOut(text=" ".join(w.text for w in lost), reason=UNPLACED, page=ink.number))
            for draft in tables.drafts:
                draft.lost = [w for w in lost if inside(w, draft.box, 2.0)]
        current: list[Joined] = []
        new: list[tuple[Draft, Joined]] = []
        carried = _carried(open_tables, previous, tables, ink)
        if carried is not None:
            current.append(carried[0])
            tables = carried[1]
        for index, draft in enumerate(tables.drafts):
            joined = _continued(open_tables, draft, previous, tables) if index == 0 or draft.beside else None
            if joined is None:
                joined = start(draft)
                new.append((draft, joined))
            current.append(joined)
        breaks = [d.box.top for d in tables.drafts]
        found = [item for flow in flows(tables.rest) for item in prose_blocks(ink.number, flow, size, breaks)]
        prose = [item for item in found if not is_loose(item.block)]
        dropped.extend(
            LeftOut(text=block_text(item.block), reason=LOOSE, page=ink.number)
            for item in found
            if is_loose(item.block)
        )
        order.extend(_in_order(prose, new))
        open_tables, previous = current, tables
    dropped.extend(
        LeftOut(text=" ".join(w.text for w in words), reason=REPEATED_HEAD, page=page)
        for item in order
        if isinstance(item, Joined)
        for page, words in item.dropped
    )
    turned = {ink.number: ink for ink in inks if ink.turned}
    blocks: list[Block] = []
    for item in _joined_lists(order):
        if isinstance(item, Joined):
            table = _raw(item, turned)
            blocks.extend([table, *(Paragraph(text=n, page=table.pages[0], note=True) for n in table.notes)])
        else:
            blocks.append(item)
    return blocks, dropped


def _aside(ink: Ink, drafts: Sequence[Draft]) -> list[LeftOut]:
    """Turned text of a page that heads no column."""
    said = " ".join(w.text for d in drafts for c in d.cells for w in c.words) if ink.upended and drafts else ""
    turned = [w.text for w in (*ink.sideways, *(p for p in ink.upended if p.text not in said))]
    return [LeftOut(text=" ".join(turned), reason=SIDEWAYS, page=ink.number)] if turned else []


def _joined_lists(order: list[Block | Joined]) -> list[Block | Joined]:
    """A lettered list that a page break cut ("c) …", and "d) …" on the next page) is one list."""
    found: list[Block | Joined] = []
    for item in order:
        last = found[-1] if found else None
        if isinstance(item, ListBlock) and isinstance(last, ListBlock) and _follows(last.items[-1], item.items[0]):
            found[-1] = ListBlock(items=last.items + item.items, page=last.page)
        else:
            found.append(item)
    return found


def _follows(before: str, after: str) -> bool:
    letters = [re.match(r"([a-z])\)\s", text) for text in (before, after)]
    return all(letters) and ord(letters[1][1]) == ord(letters[0][1]) + 1  # type: ignore[index]  # both matched


def _in_order(prose: list[Placed], tables: list[tuple[Draft, Joined]]) -> list[Block | Joined]:
    """Prose in the order of its flows; each table before the first text beneath it that it overlaps."""
    order: list[tuple[float, float, float, Block | Joined]] = [(p.top, p.x0, p.x1, p.block) for p in prose]
    for draft, joined in tables:
        top, box = _top(draft), draft.box
        place = next((i for i, o in enumerate(order) if o[0] > top and o[1] < box.x1 and o[2] > box.x0), len(order))
        order.insert(place, (top, box.x0, box.x1, joined))
    return [o[3] for o in order]


def _top(draft: Draft) -> float:
    return min([draft.box.top, *(w.top for line in draft.caption for w in line)])


def _continued(
    open_tables: list[Joined], draft: Draft, previous: PageTables | None, tables: PageTables
) -> Joined | None:
    """The table of the page before that this draft continues."""
    if not open_tables or previous is None:
        return None
    table = open_tables[-1]
    if draft.beside or table.parts[-1].beside:  # each copy of the header goes on with what stood at its place
        at = [t for t in open_tables if abs(t.parts[-1].edges[0] - draft.edges[0]) < draft.edges[1] - draft.edges[0]]
        if not at:
            return None
        table = at[-1]
    first = draft.box.top
    bottom = table.parts[-1].box.bottom
    below = any(w.top > bottom for w in previous.rest)
    above = any(w.bottom < first for w in tables.rest) or bool(draft.caption)
    if try_join(table, draft, adjacent=not below and not above) or goes_on(table, draft):
        if draft.caption:
            table.dropped.append((draft.page, [w for line in draft.caption for w in line]))
        return table
    return None


def _carried(
    open_tables: list[Joined], previous: PageTables | None, tables: PageTables, ink: Ink
) -> tuple[Joined, PageTables] | None:
    """The table of the page before with the rows on top of this one that end it, and the tables of this page."""
    if not open_tables or previous is None or not previous.drafts:
        return None
    above = min((d.box.top for d in tables.drafts), default=ink.height)
    draft = carried_rows(open_tables[-1].parts[-1], tables.rest, ink.number, above)
    if draft is None:
        return None
    taken = {id(w) for w in draft.words}
    rest = PageTables(drafts=tables.drafts, rest=tuple(w for w in tables.rest if id(w) not in taken))
    joined = _continued(open_tables, draft, previous, rest)
    return None if joined is None else (joined, rest)


def _raw(table: Joined, turned: dict[int, Ink]) -> RawTable:
    cells = cells_of(table)
    if turned:
        cells = [_on_page(cell, turned.get(cell.page or 0)) for cell in cells]
    first = table.parts[0]
    return RawTable(
        cells=tuple(cells),
        caption=heading_or_text(first.caption),
        header_rows=first.header_rows,
        pages=table.pages,
        notes=tuple(" ".join(w.text for w in line) for part in table.parts for line in part.notes),
        lost=tuple(w.text for part in table.parts for w in part.lost),
    )


def _on_page(cell: RawCell, ink: Ink | None) -> RawCell:
    """The cell with its box where it stands on the printed page."""
    if ink is None or cell.box is None:
        return cell
    return replace(cell, box=turn_back(cell.box, ink.turned, ink.width, ink.height))


def _title(source: PdfSource, inks: list[Ink]) -> str | None:
    """The metadata title when it is words, else the largest line in the upper part of the first page with text."""
    title = source.metadata.get("Title", "")
    if title and not _JUNK_TITLE.search(title) and len(title.split()) > 1:
        return title
    page = next((ink for ink in inks if ink.words), None)
    if page is None:
        return None
    lines = [
        line
        for line in lines_of(page.words)
        if line.middle < 0.4 * page.height and len(line.chunks) < 3 and sum(c.isalpha() for c in line.text) > 9
    ]
    usual = body_size(page.words)
    best = max(lines, key=lambda li: (round(li.size), all(w.bold for w in li.words), -li.top), default=None)
    if best is None or (best.size < 1.1 * usual and not all(w.bold for w in best.words)):
        return None
    worded = [c for c in best.chunks if sum(map(str.isalpha, c.text)) * 2 > len(c.text)]
    return max(worded or best.chunks, key=lambda c: (round(c.size), len(c.text))).text
