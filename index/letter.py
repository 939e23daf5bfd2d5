"""What a report prints like a letter, at its head and at its foot: its number, its place and date, who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.blocks import Block, Heading, ListBlock, Paragraph
from index.model import Fact
from index.periods import MONTHS
from index.text import fold

_HEAD, _FOOT = 15, 16  # blocks at either end that such lines are looked for in
_NAME_WORDS = 8
_SHORT = 16  # words of such a line, at most
_KINDS = r"memor[aá]nd(?:um|o)|oficio|circular|informe|nota|resoluci[oó]n|acuerdo|dictamen|providencia|expediente|documento|radica(?:do|ci[oó]n)|folio|cite|hoja de ruta"
_NUMBERED = re.compile(
    rf"(?P<kind>{_KINDS})(?-i:\s+(?:de\s+)?[a-záéíóú]+)?\s*(?:n[uú]m(?:ero|\.)?|n[°º.o]+|nro\.?)?\s*:?\s*"
    r"(?P<value>[A-Z][\w./-]*\s+n[°º.o]+\s*\d[\w./-]*|[A-Z0-9][\w.°]*(?:[-/.][\w.]+)*[-/]\d[\w./-]*|\d{1,5}[-/]\d{2,4}|\d{8,20})",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?:n[°º.o]+|nro\.?|n[uú]m\.?|ref\.?|c[oó]digo)\s*:?\s*(?P<value>[A-Z][\w.]*(?:[-/][\w.]+)*[-/]\d[\w./-]*)\.?",
    re.IGNORECASE,
)
_MONTH = "|".join([*MONTHS, "setiembre"])
_DATED = re.compile(
    rf"(?P<value>(?:[A-ZÁÉÍÓÚÑ][\w. ]{{2,40}},\s+)?(?:a\s+|el\s+)?\d{{1,2}}\s+de\s+(?:{_MONTH})\s+(?:de|del)\s+(?:19|20)\d\d)\.?$",
    re.IGNORECASE,
)
_TITLE = r"(?:(?:[A-ZÁÉÍÓÚÑ][A-Za-záéíóúñ]{0,5}\.){1,3}\s+|(?:Dra?|Lic|Ing|Arq|Sra?|Cra?|MSc|PhD|My|Cap)\s+)*"  # "Lic.", "Cra.", "M.Sc."
_WORD = r"[A-ZÁÉÍÓÚÑ](?:[a-záéíóúñü]+|[A-ZÁÉÍÓÚÑÜ]+|\.)"
_PERSON = rf"{_TITLE}{_WORD}(?:\s+(?:(?:de|del|la|las|los|y)\s+)*{_WORD}){{1,4}}"
_POSTS = (
    r"(?i:(?:sub|vice)?director[a]?|(?:vice)?ministr[oa]|(?:sub)?secretari[oa]|(?:sub)?gerente|jef[ea]|(?:vice)?president[ea]|coordinador[a]?|"
    r"(?:vice)?alcald(?:e|esa)|intendente|superintendente|tesorer[oa]|contador[a]?|rector[a]?|responsable|encargad[oa]|comisionad[oa]|"
    r"administrador[a]?|titular|(?:vice)?gobernador[a]?|prefect[oa]|s[ií]ndic[oa]|auditor[a]?|asesor[a]?|representante|fiscal|contralor[a]?|"
    r"oficial|delegad[oa]|regidor[a]?|liquidador[a]?|interventor[a]?|especialista|profesional|t[eé]cnic[oa])"
)
_POST = rf"(?P<post>{_POSTS}\b[^:;]{{0,110}})"
_SIGNED = re.compile(
    rf"(?:\(?[Ff]\)?\.?[:\s_]*|(?i:vo\.?\s?bo\.?|visto bueno)[:\s]*)?(?P<name>{_PERSON}?)(?:\s*[,–—-]\s*|\s+(?=[A-ZÁÉÍÓÚÑ])){_POST}"
)
_NAME = re.compile(_PERSON)
_POST_ALONE = re.compile(_POST, re.IGNORECASE)
_DID = {
    "elaborado por": r"elabor(?:[oó]|ado por)|proyect(?:[oó]|ado por)|prepar(?:[oó]|ado por)|redact(?:[oó]|ado por)",
    "revisado por": r"revis(?:[oó]|ado por)",
    "aprobado por": r"aprob(?:[oó]|ado por)|autoriz(?:[oó]|ado por)|vo\.?\s?bo\.?|visto bueno",
    "firma": r"firm(?:a|ado por|an)|suscribe",
}
_BY = tuple(
    (key, re.compile(rf"(?:{pattern})\s*:\s*(?P<name>[^:;]{{5,120}})", re.IGNORECASE)) for key, pattern in _DID.items()
)


def signatures_beside(names: str, posts: str) -> tuple[tuple[str, str], ...]:
    """Who signs side by side, names in one printed line over posts in the next; empty where the lines are not that.

    >>> signatures_beside("Ana Vega Ruiz      Luis Paz Gil", "Directora General   Contador")
    (('Ana Vega Ruiz', 'Directora General'), ('Luis Paz Gil', 'Contador'))
    """
    above, below = (re.split(r"\s{3,}", line.strip()) for line in (names, posts))
    if len(above) < 2 or len(above) != len(below):
        return ()
    signed = all(_NAME.fullmatch(n) and _POST_ALONE.fullmatch(p) for n, p in zip(above, below, strict=True))
    return tuple(zip(above, below, strict=True)) if signed else ()


def letter_facts(blocks: Sequence[Block]) -> tuple[Fact, ...]:
    """Facts of the lines at both ends of a report that are worded as those of a letter; each once.

    Keys: the kind of letter for its number ("oficio"), "fecha", and "firma", "elaborado por", "revisado por" or
    "aprobado por" for people, whose post is the detail.
    """
    lines = [line for block in blocks for line in _lines(block)]
    head, foot = lines[:_HEAD], lines[max(_HEAD, len(lines) - _FOOT) :] if len(lines) > _HEAD else []
    found = [*_head(head), *_signed_apart(lines[: max(0, len(lines) - len(foot))]), *_foot(foot)]
    return tuple(dict.fromkeys(found))


_Line = tuple[str, int | None]  # text and page


def _lines(block: Block) -> Iterator[_Line]:
    if isinstance(block, Heading | Paragraph):
        yield " ".join(block.text.split()), block.page
    elif isinstance(block, ListBlock):
        yield from ((" ".join(item.split()), block.page) for item in block.items)
    else:
        yield "", None  # a table between two lines keeps them apart


def _head(lines: Sequence[_Line]) -> Iterator[Fact]:
    for text, page in lines:
        if not text or len(text.split()) > 2 * _SHORT:
            continue
        number = _NUMBERED.match(text)
        rest = text[number.end() :] if number else text
        if number is not None and (not rest.strip(" .") or rest.strip()[:1] in "–—-,;(" or _DATED.search(rest)):
            kind = fold(number["kind"]).replace("memorandum", "memorando").replace("radicacion", "radicado")
            yield Fact(key=kind, value=number["value"], quote=text, page=page)
        bare = _BARE_NUMBER.fullmatch(text)
        if bare is not None:
            yield Fact(key="informe", value=bare["value"], quote=text, page=page)
        dated = _DATED.match(rest.strip(" .,;–-"))
        if dated is not None:
            yield Fact(key="fecha", value=dated["value"], quote=text, page=page)


def _signed_apart(lines: Sequence[_Line]) -> Iterator[Fact]:
    """A letter inside the report ("Carta de la directora"): a name alone in its line over a post alone in its own."""
    for (text, page), (after, _) in pairwise(lines):
        if len(text.split()) > _NAME_WORDS or len(after.split()) > _NAME_WORDS or _POST_ALONE.match(text):
            continue
        if _NAME.fullmatch(text) and after[:1].isupper() and _POST_ALONE.fullmatch(after):
            yield Fact(key="firma", value=text, detail=after.strip(" ."), quote=f"{text}, {after}", page=page)


def _foot(lines: Sequence[_Line]) -> Iterator[Fact]:
    for place, (text, page) in enumerate(lines):
        if not text or len(text.split()) > 2 * _SHORT:
            continue
        told = next(((key, m) for key, pattern in _BY if (m := pattern.match(text))), None)
        if told is not None:
            key, match = told
            name, _, post = re.sub(r"\s+[–—-]\s+|,\s+", "\n", match["name"], count=1).partition("\n")
            if _NAME.fullmatch(name.strip()):
                yield Fact(key=key, value=name.strip(), detail=post.strip(" ."), quote=text, page=page)
            continue
        signed = _SIGNED.fullmatch(text) if len(text.split()) <= _SHORT else None
        if signed is not None:
            yield Fact(
                key="firma", value=signed["name"].strip(), detail=signed["post"].strip(" ."), quote=text, page=page
            )
            continue
        after = lines[place + 1][0] if place + 1 < len(lines) else ""
        alone = _NAME.fullmatch(text) is not None and not _POST_ALONE.match(text)
        if alone and len(after.split()) <= _SHORT and after[:1].isupper() and _POST_ALONE.fullmatch(after):
            yield Fact(key="firma", value=text, detail=after.strip(" ."), quote=f"{text}, {after}", page=page)
            continue
        dated = _DATED.match(text) if len(text.split()) <= _SHORT else None
        if dated is not None:
            yield Fact(key="fecha", value=dated["value"], quote=text, page=page)
