"""DOCX → blocks in document order. Pages are told only where Word noted them in the file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.blocks import Reading
from index.errors import ReadError
from index.model import Fact, LeftOut
from index.readers.docx_blocks import arrange
from index.readers.docx_styles import W, read_numbering, read_styles
from index.readers.docx_tables import WordTable, blocks_of, join, read_table
from index.readers.docx_text import Para, TextReader, joined
from index.readers.package import damaged
from index.report_head import page_mark, parse_head_line
from index.text import fold
from index.titles import goes_on, same_title


def read_docx(path: Path) -> Reading:
    """Read a Word document. Raises ReadError when it is damaged, holds macros or templates, or has no text."""
    from docx.opc.exceptions import OpcError, PackageNotFoundError  # noqa: PLC0415 - loaded when a document comes
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415 - lxml ships no types

    try:
        reading = _read(path)
    except (
        PackageNotFoundError,
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise damaged(path.name) from error
    except ValueError as error:  # python-docx opens no .docm and no .dotx
        raise ReadError(
            f"«{path.name}» no es un documento .docx corriente: ábralo en Word, guárdelo como .docx y cárguelo de nuevo."
        ) from error
    if not reading.blocks and not reading.facts:
        raise ReadError(f"«{path.name}» no tiene texto: si es un escaneo, cárguelo como PDF.")
    return reading


def _read(path: Path) -> Reading:
    import docx  # noqa: PLC0415 - loaded when a document comes

    with path.open("rb") as file:
        document = docx.Document(file)
    parts = _Parts(document)
    body = document.element.body
    styles = read_styles(parts.root("styles"))
    reader = TextReader(
        styles=styles,
        numbering=read_numbering(parts.root("numbering")),
        paged=next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None,
        default_style=next((k for k, s in styles.items() if s.name == "normal"), ""),
    )
    walker = _Walker(reader=reader, notes=parts.notes(reader))
    items = list(walker.items(body))
    arranged = arrange(items, walker.note_texts)
    facts, running = _running_heads(document, reader)
    comments = [LeftOut(text=t, reason="es un comentario al margen") for t in parts.comments()]
    joined = (
        [f"Se unieron {walker.joined} tablas que siguen una a otra sin repetir el encabezado."] if walker.joined else []
    )
    return Reading(
        blocks=arranged.blocks,
        left_out=(*reader.left_out, *arranged.left_out, *running, *comments),
        facts=(*arranged.facts, *facts),
        pages=reader.page if reader.paged else None,
        title=arranged.title or _title(document),
        warnings=tuple(joined),
    )


@dataclass
class _Walker:
    """The body as paragraphs and tables in order; boxes come after the paragraph that holds them."""

    reader: TextReader
    notes: dict[str, str]
    joined: int = 0
    _used: set[str] = field(default_factory=set)

    def items(self, element: Any) -> Iterator[Para | WordTable]:
        last: WordTable | None = None
        marks: list[Para] = []  # lines since the last table that say that it goes on
        title = ""
        for child in self._blocks(element):
            if isinstance(child, Para):
                if last is not None and not child.boxes and (not child.text or _goes_on(last, title, child.text)):
                    marks.extend([child] if child.text else [])
                    continue
                if last is not None:
                    yield from self._whole(last)
                    yield from marks
                    last, marks = None, []
                yield child
                title = child.text or title
                for box in child.boxes:
                    yield from self.items(box)
                continue
            if last is not None and not child.frame and self._joins(last, child):
                for mark in marks:
                    self.reader.leave(mark.text, "rótulo de una tabla que continúa")
                marks = []
                continue
            if last is not None:
                yield from self._whole(last)
                yield from marks
                title = marks[-1].text if marks else ""
            last, marks = child, []
        if last is not None:
            yield from self._whole(last)
            yield from marks

    def _blocks(self, element: Any) -> Iterator[Para | WordTable]:
        """Paragraphs and tables as read; a paragraph whose end was deleted is one with the next."""
        open_end: Para | None = None
        for child in blocks_of(element):
            if child.tag == f"{W}tbl":
                if open_end is not None:
                    yield open_end
                open_end = None
                yield read_table(child, self.reader, self.note_texts)
                continue
            para = self.reader.paragraph(child)
            if open_end is not None:
                para = joined(open_end, para)
            open_end = para if child.find(f"{W}pPr/{W}rPr/{W}del") is not None else None
            if open_end is None:
                yield para
        if open_end is not None:
            yield open_end

    def note_texts(self, ids: Sequence[str]) -> list[str]:
        """Texts of footnotes, each given once."""
        fresh = [i for i in ids if i in self.notes and i not in self._used]
        self._used.update(fresh)
        return [self.notes[i] for i in fresh]

    def _joins(self, first: WordTable, second: WordTable) -> bool:
        head = second.rows[:1]
        if not join(first, second):
            return False
        self.joined += head != first.rows[:1]
        return True

    def _whole(self, table: WordTable) -> Iterator[Para | WordTable]:
        lines = table.memo_lines()
        if lines is not None:
            yield from (Para(text=line, goes_on=i > 0) for i, line in enumerate(lines))
        elif table.frame:
            yield from table.paras
        else:
            yield table
        for inner in table.inner:
            yield from self._whole(inner)
        for box in table.boxes:
            yield from self.items(box)


def _goes_on(table: WordTable, title: str, text: str) -> bool:
    """Whether a line under a table leaves it open: a mark, a page number, its title again where no total closed it."""
    if goes_on(text) or page_mark(text) is not None:
        return True
    closed = bool(table.rows) and bool(table.rows[-1]) and fold(table.rows[-1][0].text).startswith("total")
    return bool(title) and same_title(title, text) and not (closed and fold(title) == fold(text))


class _Parts:
    """The side parts of a document: styles, numbering, footnotes, comments."""

    def __init__(self, document: Any) -> None:
        self._related = {r.reltype.rsplit("/", 1)[-1]: r for r in document.part.rels.values() if not r.is_external}

    def root(self, name: str) -> Any:
        """Root element of a side part, None when the document has none."""
        from docx.oxml import parse_xml  # noqa: PLC0415 - loaded when a document comes

        relation = self._related.get(name)
        return None if relation is None else parse_xml(relation.target_part.blob)

    def notes(self, reader: TextReader) -> dict[str, str]:
        """Footnotes and endnotes by "footnote:id"."""
        found: dict[str, str] = {}
        for kind in ("footnote", "endnote"):
            root = self.root(f"{kind}s")
            for note in root.findall(f"{W}{kind}") if root is not None else ():
                text = " ".join(p.text for p in map(reader.paragraph, note.iter(f"{W}p")) if p.text)
                if text and note.get(f"{W}type") is None:
                    found[f"{kind}:{note.get(f'{W}id')}"] = text
        return found

    def comments(self) -> list[str]:
        root = self.root("comments")
        if root is None:
            return []
        texts = ("".join(t.text or "" for t in c.iter(f"{W}t")).strip() for c in root.iter(f"{W}comment"))
        return [t for t in texts if t]


def _running_heads(document: Any, reader: TextReader) -> tuple[list[Fact], list[LeftOut]]:
    """Texts of page heads and feet, each once: "KEY: value" lines as such, page numbers left out."""
    facts: dict[tuple[str, str], Fact] = {}
    left_out: dict[str, LeftOut] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("header", "footer") or relation.is_external:
            continue
        key = "encabezado de pagina" if kind == "header" else "pie de pagina"
        for element in relation.target_part.element.iter(f"{W}p"):
            text = " ".join(reader.paragraph(element).text.split())
            parsed = parse_head_line(text) if text else None
            if not text:
                continue
            if page_mark(text) or (text.isdigit() and len(text) < 4):
                left_out[text] = LeftOut(text=text, reason="número de página")
            elif parsed is not None:
                facts.update({(f.key, f.value): f for f in parsed.facts if f.key != "pagina"})
            else:
                facts[key, text] = Fact(key=key, value=text, quote=text)
    return list(facts.values()), list(left_out.values())


def _title(document: Any) -> str | None:
    """The title kept in the file's properties, unless a program put it there."""
    title = str(document.core_properties.title or "").strip()
    return title if " " in title and not title.lower().startswith(("microsoft word", "word document")) else None
