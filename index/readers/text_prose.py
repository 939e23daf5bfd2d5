"""Prose of a text file: headings, paragraphs, lists, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.acronyms import stands_for
from index.blocks import Block, ListBlock, Paragraph
from index.letter import signatures_beside
from index.model import LeftOut
from index.readers.text_headings import heading_of
from index.readers.text_lines import BULLET, Item, Line, ends_sentence, glue, list_item, starts_lower
from index.report_head import page_mark

_CONTENTS = re.compile(r"^(?P<title>\S.*?)\s*(?:\.\s?){4,}\s*(?P<page>\d+|[ivxlc]+)\s*$")
_NOTE = re.compile(
    r"^(?:\*+\s*\S|fuentes?\s*:|notas?\s*:|elaboraci[oó]n\s*:|observaci[oó]n(?:es)?\s*:|\(?\d{1,2}[/)]\s)",
    re.IGNORECASE,
)
_WRAP = 130  # lines longer than this are whole paragraphs, not wrapped ones


_GLOSSED = re.compile(r"\s*(?P<term>[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ&./-]{1,11})(?:\s{2,}|\t)(?P<name>[A-ZÁÉÍÓÚÑ]\S*(?: \S+)*)\s*")


def _glossed(raw: str) -> str:
    """ "PNN         Prefectura Nacional Naval" as an item of a glossary; "" for another line."""
    found = _GLOSSED.fullmatch(raw)
    named = found is not None and stands_for(found["term"], re.findall(r"[^\W\d_]+", found["name"]))
    return f"{found['term']}: {found['name']}" if found is not None and named else ""


@dataclass(kw_only=True, slots=True)
class Prose:
    """What stands between two tables."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # notes of the table above


def read_prose(lines: Sequence[Line], span: Sequence[int], *, marked: bool, below_table: bool) -> Prose:
    """Blocks of the lines numbered in `span`. marked: the file marks its headings (bookmarks or Markdown).

    Levels below 1 are asked for by `index.readers.text_headings.assign_levels`.
    """
    parser = _Parser(lines=lines, marked=marked, below_table=below_table)
    skip = False
    for place, number in enumerate(span):
        if skip:  # the underline of a heading
            skip = False
            continue
        skip = parser.feed(number, span[place + 1 :][:6])
    parser.flush()
    return parser.prose


@dataclass(kw_only=True, slots=True)
class _Parser:
    lines: Sequence[Line]
    marked: bool
    below_table: bool
    prose: Prose = field(default_factory=Prose)
    paragraph: str = ""
    last: str = ""  # last line of the paragraph or item, as printed
    items: list[str] = field(default_factory=list)
    kind: str = ""  # bullet kind of the open list
    inner: str = ""  # bullet kind of the list inside its last item
    gap: bool = False
    page: int | None = None

    def feed(self, number: int, ahead: Sequence[int]) -> bool:
        """Takes one line; True when the next one is only its underline, or was taken with it."""
        line = self.lines[number]
        text = line.text
        if not text:
            self.gap = True
            self._end_paragraph()
            return False
        if self.page is None or not (self.items or self.paragraph):
            self.page = line.page
        if self._is_left_out(line) or not any(c.isalnum() for c in text):
            self.gap = True
            return False
        following = [self.lines[n] for n in ahead]
        note = self._note(text, following)
        heading = (
            None
            if note
            else heading_of(
                line,
                self._before(number),
                following,
                marked=self.marked,
                in_numbers=bool(self.items) and self.kind == "num",
            )
        )
        if heading is not None:
            self.flush()
            self.prose.blocks.append(heading)
            self.below_table = False
            self.gap = False
            return bool(following) and re.fullmatch(r"=+|-{3,}", following[0].text) is not None
        signed = signatures_beside(line.raw, following[0].raw) if following else ()
        if signed:
            self.flush()
            self.prose.blocks += [Paragraph(text=part, page=self.page) for pair in signed for part in pair]
            return True
        glossed = _glossed(line.raw)
        if glossed:
            self._end_paragraph()
            self.items.append(glossed)
            self.last, self.gap = glossed, False
            return False
        item = None if note else list_item(text)
        if item is not None and not (self.paragraph and self._wrapped_number(item)):
            self._add_item(text, item)
        else:
            self._add_text(text, note=note)
        self.gap = False
        self.last = text
        return False

    def _before(self, number: int) -> Line | None:
        return self.lines[number - 1] if number else None

    def _is_left_out(self, line: Line) -> bool:
        if page_mark(line.text):
            self.prose.left_out.append(LeftOut(text=line.text, reason="número de página", page=line.page))
            return True
        if _CONTENTS.match(line.text):
            self.flush()
            reason = "renglón del índice de contenidos"
            self.prose.left_out.append(LeftOut(text=line.text, reason=reason, page=line.page))
            return True
        return False

    def _note(self, text: str, following: Sequence[Line]) -> bool:
        """Whether the line starts a footnote of the table above."""
        if not self.below_table or self.paragraph or self.items or not _NOTE.match(text):
            return False
        if not text.startswith("* "):
            return True
        return not any(line.text.startswith("* ") for line in following)  # else it is a list

    def _wrapped_number(self, item: Item) -> bool:
        """Whether "2021. Además…" goes on with the sentence of the line above ("al 31 de diciembre de")."""
        return not self.gap and not ends_sentence(self.last) and item.number is not None and item.number > 31

    def _add_item(self, text: str, item: Item) -> None:
        self._end_paragraph()
        kind = _kind_of(text)
        opens = bool(self.items) and kind != self.kind and (self.inner == kind or self.items[-1].endswith(":"))
        if opens:
            self.inner = kind
            sign = f"{item.letter})" if item.letter else f"{item.number})" if item.number else "-"
            self.items[-1] += f"\n{sign} {item.text}"
            return
        if self.items and kind != self.kind and self.gap:
            self.flush()
        self.kind, self.inner = kind, ""
        self.items.append(item.text)

    def _add_text(self, text: str, *, note: bool) -> None:
        if self.items:
            broken = not ends_sentence(self.last) or starts_lower(text)
            if (not self.gap and broken) or (self.gap and starts_lower(text) and not ends_sentence(self.last)):
                self.items[-1] = glue(self.items[-1], text)
                return
            self.flush()
        if self.paragraph and not note and self._joins(text):
            self.paragraph = glue(self.paragraph, text)
            return
        self._end_paragraph()
        self.paragraph = text

    def _joins(self, text: str) -> bool:
        if not ends_sentence(self.last):
            return starts_lower(text) or len(self.last) >= 45
        wide = 60 <= len(self.last) <= _WRAP and len(text) <= _WRAP
        return wide and len(self.paragraph) > len(self.last) and not self.last.endswith(":")

    def _end_paragraph(self) -> None:
        if not self.paragraph:
            return
        note = self.below_table and not self.items and bool(_NOTE.match(self.paragraph))
        self.prose.blocks.append(Paragraph(text=self.paragraph, page=self.page, note=note))
        if note:
            self.prose.notes.append(self.paragraph)
        self.below_table = note
        self.paragraph = ""

    def flush(self) -> None:
        self._end_paragraph()
        if self.items:
            self.prose.blocks.append(ListBlock(items=tuple(self.items), page=self.page))
            self.below_table = False
        self.items, self.kind, self.inner = [], "", ""


def _kind_of(text: str) -> str:
    found = BULLET.match(text)
    if found is None:
        return ""
    kinds = ("num", "letter", "roman", "sign", "dash")
    return next(k for k in kinds if found[k]) if found["sign"] is None else found["sign"]
