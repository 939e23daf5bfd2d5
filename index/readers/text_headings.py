"""Which lines of a text are headings, and how deep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.blocks import Block, Heading, ListBlock
from index.readers.text_lines import Line, caption_line, ends_sentence, list_item, starts_lower
from index.report_head import memo_pair
from index.text import fold

# Levels to be assigned once all headings of the file are known.
_BOOKMARKED, _CAPITALS, _PLAIN, _SECTION = 0, -1, -2, -3
_MARKDOWN = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_NUMBERED = re.compile(
    r"^(?P<number>\d{1,2}(?:\.\d{1,2})+|\d{1,2}\.|[IVX]{1,5}\.)[.)]?\s+[-–]?\s*(?P<text>[«\"A-ZÁÉÍÓÚÑ].*)$"
)
# Sections that reports call by one name: a heading even with one short sentence below.
_KNOWN = re.compile(
    r"(?:nuestra )?(?:mision|vision|mision y vision|valores|objetivos?(?: (?:general|generales|especificos|estrategicos))?|"
    r"antecedentes|introduccion|presentacion|conclusiones|recomendaciones|funciones|atribuciones|base legal|"
    r"marco (?:legal|juridico|normativo|estrategico|institucional)|siglas(?: y acronimos)?)(?: institucional(?:es)?)?"
)
_ALWAYS_TOP = re.compile(
    r"(?:introduccion|presentacion|resumen|conclusion|recomendacion|anexo|bibliografia|antecedente|siglas|glosario)"
)


def heading_of(
    line: Line, before: Line | None, following: Sequence[Line], *, marked: bool, in_numbers: bool = False
) -> Heading | None:
    """The heading of a line, with a provisional level; None when the line is no heading.

    in_numbers: an open numbered list stands above, so that "3. …" goes on with it.
    """
    text = line.text
    markdown = _MARKDOWN.match(text)
    if markdown:
        return Heading(text=markdown[2], level=len(markdown[1]), page=line.page)
    if following and not list_item(text) and re.fullmatch(r"={3,}|-{3,}", following[0].text) and len(text) < 120:
        return Heading(text=text, level=1 if following[0].text.startswith("=") else 2, page=line.page)
    if len(text) > 160 or memo_pair(text) or (caption_line(text) and not line.bookmark):
        return None
    numbered = _numbered(text, before, following, in_numbers=in_numbers)
    if numbered is not None:
        return Heading(text=text, level=numbered, page=line.page)
    if line.bookmark:
        return Heading(text=text, level=_BOOKMARKED, page=line.page)
    if _is_known(text, before, following):
        return Heading(text=text.rstrip(":"), level=_CAPITALS if text.isupper() else _SECTION, page=line.page)
    if _in_capitals(text):
        near = [x for x in (before, following[0] if following else None) if x is not None and x.text]
        if not any(_in_capitals(x.text) for x in near):
            return Heading(text=text.rstrip(":"), level=_CAPITALS, page=line.page)
        return None
    if not marked and _stands_alone(text, before, following):
        return Heading(text=text, level=_PLAIN, page=line.page)
    return None


def _is_known(text: str, before: Line | None, following: Sequence[Line]) -> bool:
    """A section's usual name alone on its line, with something below; in lower case only between blank lines."""
    if not _KNOWN.fullmatch(fold(text).rstrip(" :.")):
        return False
    after = next((x.text for x in following if x.text), "")
    above = before.text if before is not None else ""
    if text[:1].islower():
        return not above and bool(after) and not following[0].text
    return bool(after) and not starts_lower(after) and (not above or ends_sentence(above) or _in_capitals(above))


def _numbered(text: str, before: Line | None, following: Sequence[Line], *, in_numbers: bool) -> int | None:
    found = _NUMBERED.match(text)
    if not found or len(found["text"].split()) > 14 or ends_sentence(text):
        return None
    number = found["number"].rstrip(".")
    if "." in number:
        return number.count(".") + 1
    if in_numbers and not text.isupper():
        return None
    after = next((x.text for x in following if x.text), "")
    if not after and before is not None and before.text:
        return None
    if starts_lower(after) or (list_item(after) and not _bulleted_otherwise(after)):
        return None
    return 1 if len(found["text"].split()) <= 10 or text.isupper() else None


def _bulleted_otherwise(text: str) -> bool:
    item = list_item(text)
    return item is not None and item.number is None and item.letter is None


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and text == text.upper() and len(text.split()) <= 14 and len(letters) * 2 > len(text) * 0.9


def _stands_alone(text: str, before: Line | None, following: Sequence[Line]) -> bool:
    """A short title between blank lines, with prose or a list below, in a file that marks no headings."""
    if len(text.split()) > 8 or not text[:1].isupper() or re.search(r"[.,:;!?]$", text) or list_item(text):
        return False
    if before is not None and before.text:
        return False
    after = next((x.text for x in following if x.text), "")
    return len(after) >= 60 or list_item(after) is not None


def assign_levels(blocks: Sequence[Block]) -> list[Block]:
    """Headings with their final levels, 1 outermost.

    Bookmarks say nothing of depth: a bookmarked heading with nothing below it but another heading heads those that
    follow, until one whose content is of another kind, or that heads others itself. Capitals stand below bookmarks.
    """
    explicit = any(isinstance(b, Heading) and b.level >= 1 for b in blocks)
    bookmarks = any(isinstance(b, Heading) and b.level == _BOOKMARKED for b in blocks)
    capitals = any(isinstance(b, Heading) and b.level == _CAPITALS for b in blocks)
    done: list[Block] = []
    group: type | None = None  # kind of content of the first heading of the open group
    opened = False
    current = 0
    for i, block in enumerate(blocks):
        if not isinstance(block, Heading):
            done.append(block)
            continue
        level = block.level
        if level == _BOOKMARKED:
            content = blocks[i + 1] if i + 1 < len(blocks) else None
            empty = isinstance(content, Heading) and content.level == _BOOKMARKED
            kind = ListBlock if isinstance(content, ListBlock) else Heading
            if empty:
                level, opened, group = 1, True, None
            else:
                group = group or (kind if opened else None)
                if opened and ((group is ListBlock and kind is not ListBlock) or _ALWAYS_TOP.match(fold(block.text))):
                    opened = False
                level = 2 if opened else 1
            current = level
        elif level == _CAPITALS:
            level = current + 1 if bookmarks or explicit else 1
        elif level == _SECTION and (bookmarks or explicit):
            level = current + 1
        elif level in (_PLAIN, _SECTION):
            level = 2 if capitals else 1
        else:
            current = level
        done.append(replace(block, level=max(level, 1)))
    return done
