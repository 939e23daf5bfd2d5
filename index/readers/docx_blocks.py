"""Paragraphs and tables of a Word document → blocks: memo head, headings, captions, lists, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from index.blocks import Block, Heading, ListBlock, Paragraph, RawTable
from index.model import Fact, LeftOut
from index.readers.docx_tables import WordTable
from index.readers.docx_text import Para
from index.readers.memo import Memo, read_memo
from index.readers.sheet_rows import is_note, join_caption
from index.readers.text_headings import heading_of
from index.readers.text_lines import Item, Line, caption_line, ends_sentence, list_item, starts_lower, unit_line
from index.report_head import REPORT_KEYS, memo_pair, page_mark, parse_head_line

_CONTENTS = re.compile(r"(?:toc|tdc|tabla de ilustraciones|table of figures)\s*\d*|toc heading|título tdc")
_BOLD_HEADING = 110  # characters
_CAPTION_LINES = 4  # a caption, its wrapped title, the period, the unit


@dataclass(kw_only=True, slots=True)
class Arranged:
    """What `arrange` found. title: of the title style, or the number of the letter."""

    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    left_out: tuple[LeftOut, ...]
    title: str | None


def arrange(items: Sequence[Para | WordTable], note_texts: Callable[[Sequence[str]], list[str]]) -> Arranged:
    """Blocks of a document. `note_texts` gives the texts of footnotes by their ids."""
    work = _Arranger(items=_split_lines(items), note_texts=note_texts)
    work.run()
    return Arranged(
        blocks=tuple(work.blocks),
        facts=tuple({(f.key, f.value): f for f in (*work.memo.facts, *work.facts)}.values()),
        left_out=tuple(work.left_out),
        title=work.title or work.memo.title,
    )


def _split_lines(items: Sequence[Para | WordTable]) -> list[Para | WordTable]:
    """Memo heads and captions often hold several lines in one paragraph: each gets its own."""
    found: list[Para | WordTable] = []
    for item in items:
        lines = item.text.split("\n") if isinstance(item, Para) else []
        if isinstance(item, Para) and len(lines) > 1 and (memo_pair(lines[0]) or caption_line(lines[0])):
            found.extend(
                replace(item, text=line, goes_on=i > 0, notes=[] if i else item.notes) for i, line in enumerate(lines)
            )
        else:
            found.append(item)
    return found


@dataclass
class _Arranger:
    items: list[Para | WordTable]
    note_texts: Callable[[Sequence[str]], list[str]]
    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    title: str | None = None
    memo: Memo = field(default_factory=Memo)
    facts: list[Fact] = field(default_factory=list)  # of the heads that systems print above their tables
    _lines: list[Line] = field(default_factory=list)
    _captions: dict[int, list[int]] = field(default_factory=dict)  # table → its caption's paragraphs
    _heads: dict[int, list[Fact]] = field(default_factory=dict)  # table → facts printed above it
    _taken: set[int] = field(default_factory=set)
    _styled: bool = False
    _level: int = 0  # of the last heading by style
    _capitals: bool = False  # a bold heading in capitals stands below it
    _list: list[str] = field(default_factory=list)
    _list_page: int | None = None
    _list_depth: int = 0
    _list_kind: str = ""
    _notes: list[str] = field(default_factory=list)  # footnotes waiting for the end of the list

    def run(self) -> None:
        self._lines = [_line(item) for item in self.items]
        self.memo = _memo(self.items, self._lines)
        self._styled = any(isinstance(i, Para) and i.level and i.text for i in self.items)
        self._find_captions()
        for i, item in enumerate(self.items):
            if isinstance(item, WordTable):
                self._table(i, item)
            elif i not in self._taken and i not in self.memo.lines and item.text:
                self._para(i, item)
        self._end_list()

    def _find_captions(self) -> None:
        """For each table the paragraphs right above it that are its caption, title, unit or system head."""
        for i, item in enumerate(self.items):
            if isinstance(item, WordTable):
                self._captions[i] = self._trimmed(self._above(i), i)
                self._taken.update(self._captions[i])

    def _above(self, table: int) -> list[int]:
        """Paragraphs over a table that may be its caption, top down; facts of a system head are taken on the way."""
        above: list[int] = []
        gaps = 0
        named = False
        for n in range(table - 1, -1, -1):
            para = self.items[n]
            if isinstance(para, WordTable) or n in self.memo.lines or len(above) == _CAPTION_LINES or gaps > 2:
                break
            if not para.text:
                gaps += 1
                continue
            flat = self._lines[n].text
            head = parse_head_line(flat) if para.level is None else None
            if head is not None and (len(head.facts) > 1 or head.facts[0].key in REPORT_KEYS):
                self._heads.setdefault(table, [])[:0] = [replace(f, page=para.page) for f in head.facts]
                self._taken.add(n)
                continue
            captioned = _captioned(para, flat)
            if named or not (captioned or unit_line(flat) or _is_title(para)):
                break
            above.insert(0, n)
            named = captioned
            gaps = 0 if unit_line(flat) else gaps
        return above

    def _trimmed(self, above: list[int], table: int) -> list[int]:
        """Without a caption line, only the title that touches the table and the unit are its own."""
        if above and isinstance(top := self.items[above[0]], Para) and _captioned(top, self._lines[above[0]].text):
            return above
        kept: list[int] = []
        below = table
        for n in reversed(above):
            text = self._lines[n].text
            touches = all(not self._lines[k].text for k in range(n + 1, below)) and below - n <= 2
            if unit_line(text) or (touches and not any(not unit_line(self._lines[k].text) for k in kept)):
                kept.insert(0, n)
            else:
                break
            below = n
        return kept

    def _table(self, at: int, table: WordTable) -> None:
        self._end_list()
        raw = table.raw()
        caption = join_caption(self._unit_or_text(n) for n in self._captions.get(at, []))
        facts = self._heads.get(at, [])
        self.facts.extend(facts)
        self.blocks.append(replace(raw, caption=caption, facts=tuple(facts)))
        self.blocks.extend(Paragraph(text=t, note=True) for t in raw.notes)

    def _unit_or_text(self, number: int) -> str:
        text = self._lines[number].text
        return unit_line(text) or text

    def _para(self, at: int, para: Para) -> None:
        notes = self.note_texts(para.notes)
        flat = self._lines[at].text
        if _CONTENTS.match(para.style) or page_mark(flat):
            reason = "número de página" if page_mark(flat) else "renglón del índice de contenidos"
            self.left_out.append(LeftOut(text=flat, reason=reason, page=para.page))
        elif self._below_table(para, flat):
            pass
        elif (level := self._heading(at, para)) is not None:
            self._end_list()
            label = f"{para.label} " if para.label else ""
            self.blocks.append(Heading(text=label + flat.rstrip(":"), level=max(level, 1), page=para.page))
            if level == 0 and self.title is None:
                self.title = flat
        elif self._item(para):
            self._notes.extend(notes)
            return
        elif at == self.memo.title_line:
            self._end_list()
            self.blocks.append(Heading(text=flat, level=1, page=para.page))
        else:
            self._end_list()
            text = "\n".join(" ".join(x.split()) for x in para.text.split("\n") if x.strip())
            self.blocks.append(Paragraph(text=text, page=para.page))
        self._end_list()
        self.blocks.extend(Paragraph(text=t, page=para.page, note=True) for t in notes)

    def _below_table(self, para: Para, flat: str) -> bool:
        """Notes, a source or a caption printed under a table go to the table too."""
        last = next((k for k in range(len(self.blocks) - 1, -1, -1) if not _is_note_block(self.blocks[k])), None)
        table = self.blocks[last] if last is not None and not self._list else None
        if last is None or not isinstance(table, RawTable):
            return False
        if "caption" in para.style and not table.caption and caption_line(flat):
            self.blocks[last] = replace(table, caption=flat)
            return True
        if not is_note(flat) or para.level or para.listed:
            return False
        self.blocks[last] = replace(table, notes=(*table.notes, flat))
        self.blocks.append(Paragraph(text=flat, page=para.page, note=True))
        return True

    def _heading(self, at: int, para: Para) -> int | None:
        """Level of a paragraph that is a heading, by its style, its bold letters, or the way it is printed."""
        flat = self._lines[at].text
        if para.level is not None and len(flat) <= 300:
            self._level, self._capitals = para.level, False
            return para.level
        following = [self._lines[n] for n in range(at + 1, min(at + 6, len(self.items)))]
        if para.bold and self._bold_heading(at, para, flat):
            return self._below_styled(capitals=flat == flat.upper())
        if self._styled or para.listed or at == self.memo.title_line:
            return None
        before = self._lines[at - 1] if at else None
        found = heading_of(self._lines[at], before, following, marked=False)
        if found is None or (found.level < -1 and not following):
            return None
        return found.level if found.level > 0 else self._below_styled(capitals=found.level == -1)

    def _bold_heading(self, at: int, para: Para, flat: str) -> bool:
        if (
            len(flat) > _BOLD_HEADING
            or re.search(r"[.,;]$", flat)
            or "\n" in para.text
            or not re.search(r"[^\W\d_]{3}", flat)
        ):
            return False
        if memo_pair(flat) or parse_head_line(flat) or caption_line(flat):
            return False
        nearby = next((i for i in self.items[at + 1 :] if isinstance(i, WordTable) or i.text), None)
        if nearby is None:
            return False
        return not (para.listed and isinstance(nearby, Para) and nearby.listed)

    def _below_styled(self, *, capitals: bool) -> int:
        if capitals:
            self._capitals = True
            return self._level + 1
        return self._level + (2 if self._capitals else 1)

    def _item(self, para: Para) -> bool:
        """Takes a paragraph that is an item of a list, automatic or with its bullet typed."""
        flat = " ".join(para.text.split())
        typed = list_item(flat)
        if not para.listed and typed is None:
            return False
        text = flat if para.listed or typed is None else typed.text
        letter = typed.letter if typed else None
        inner = bool(self._list) and (
            para.depth > self._list_depth or (letter is not None and self._list[-1].split("\n", 1)[0].endswith(":"))
        )
        if inner:
            sign = para.label or (f"{letter})" if letter else "-")
            self._list[-1] += f"\n{sign} {text}"
            return True
        kind = "auto" if para.listed else _typed_kind(typed)
        if self._list and kind != self._list_kind:
            self._end_list()
        if not self._list:
            self._list_page, self._list_depth, self._list_kind = para.page, para.depth, kind
        self._list.append(text)
        return True

    def _end_list(self) -> None:
        if self._list:
            self.blocks.append(ListBlock(items=tuple(self._list), page=self._list_page))
            self._list = []
        self.blocks.extend(Paragraph(text=t, note=True) for t in self._notes)
        self._notes = []


def _typed_kind(item: Item | None) -> str:
    return "letter" if item and item.letter else "number" if item and item.number else "sign"


def _memo(items: Sequence[Para | WordTable], lines: Sequence[Line]) -> Memo:
    """The memo head. Word's paragraphs do not touch each other as printed lines do: a blank line goes between."""
    spaced: list[Line] = []
    owner: list[int] = []
    free: list[int] = []
    for i, item in enumerate(items):
        if isinstance(item, WordTable):
            continue
        if not item.goes_on:
            spaced.append(Line(raw="", text=""))
            owner.append(i)
            free.append(len(spaced) - 1)
        spaced.append(replace(lines[i], bookmark=item.level is not None))
        owner.append(i)
        free.append(len(spaced) - 1)
    memo = read_memo(spaced, free)
    return replace(
        memo,
        lines={owner[n] for n in memo.lines if spaced[n].text},
        title_line=None if memo.title_line is None else owner[memo.title_line],
    )


def _is_note_block(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.note


def _captioned(para: Para, flat: str) -> bool:
    return caption_line(flat) or "caption" in para.style or para.style.startswith(("descripci", "epígrafe"))


def _is_title(para: Para) -> bool:
    """A short line that may name the table below it: no sentence, no item, no heading by style."""
    text = " ".join(para.text.split())
    if para.level is not None or para.listed or ends_sentence(text) or starts_lower(text) or list_item(text):
        return False
    return len(text.split()) <= 22 and memo_pair(text) is None and parse_head_line(text) is None


def _line(item: Para | WordTable) -> Line:
    if isinstance(item, WordTable):
        return Line(raw="", text="")
    return Line(raw=item.text, text=" ".join(item.text.split()), page=item.page)
