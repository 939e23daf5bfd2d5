"""Lines of a text file, cleaned of the marks that word processors, OCR and Markdown leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.model import LeftOut

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_IMAGE = re.compile(r"\[image:\s*([^\]]*)\]|!\[([^\]]*)\]\([^)]*\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"), None)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\x0b": " ", "│": "|", "┃": "|"})

BULLET = re.compile(r"^\s*(?:[-–—*+]\s+)?(?:(?P<sign>[·•▪◦●○■□➢✓‣⁃])\s*|(?P<dash>[-–—*+])\s+|(?P<num>\d{1,3})[.)]\s*[-–]?\s+|"
                    r"(?P<letter>[a-zñ])[.)]\s+|(?P<roman>[ivx]{2,4})[.)]\s+)(?P<text>\S.*)$")  # fmt: skip
_MARKED_NUMBER = re.compile(r"^\s*[-–—*+]\s+(?P<num>\d{1,3})[.)]\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One printed line. `raw` keeps tabs and inner spacing (columns), `text` is trimmed with single spaces."""

    raw: str
    text: str
    bookmark: bool = False  # a word-processor bookmark stood here: a heading or a caption
    page: int | None = None  # file page, only when the file has page breaks

    @property
    def blank(self) -> bool:
        return not self.text and "\t" not in self.raw


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A list item's first line. `letter` marks a possible sub-item, `number` an ordered one."""

    text: str
    letter: str | None = None
    number: int | None = None


def clean_lines(text: str) -> tuple[list[Line], list[LeftOut]]:
    """All lines of a file without bookmarks, image marks, bold marks and invisible characters."""
    lines: list[Line] = []
    left_out: list[LeftOut] = []
    paged = "\f" in text
    for number, page in enumerate(text.split("\f"), 1):
        lines.extend(_clean(printed, number if paged else None, left_out) for printed in page.split("\n"))
    return lines, left_out


def _clean(printed: str, page: int | None, left_out: list[LeftOut]) -> Line:
    raw = printed.translate(_SPACES).translate(_INVISIBLE)
    for image in _IMAGE.finditer(raw):
        name = re.split(r"[\\/]", (image[1] or image[2] or "").strip())[-1]
        left_out.append(LeftOut(text=name or "imagen", reason="es una imagen: su contenido no es texto", page=page))
    raw = _IMAGE.sub("", raw)
    bookmark = bool(_BOOKMARK.search(raw))
    raw = _BOOKMARK.sub("", raw)
    raw = _BOLD.sub(lambda m: m[1] or m[2], raw)
    raw = re.sub(r"(?<!\*)\*\*(?!\*)", "", raw)  # "***" is a mark of "no value"
    raw = re.sub(r"^([ \t]+)o\s+(?=[A-ZÁÉÍÓÚÑ])", "\\1◦ ", raw)  # the second bullet of word processors, as text
    return Line(raw=raw.rstrip(" "), text=" ".join(raw.split()), bookmark=bookmark, page=page)


def list_item(text: str) -> Item | None:
    """The item of a bulleted or numbered line, without its bullet; None for another line.

    >>> list_item("- 1. Reporte mensual.")
    Item(text='Reporte mensual.', letter=None, number=1)
    """
    found = BULLET.match(text)
    if not found:
        return None
    marked = _MARKED_NUMBER.match(text)
    number = found["num"] or (marked["num"] if marked else None)
    letter = found["letter"] or found["roman"]
    return Item(text=found["text"].strip(), letter=letter, number=int(number) if number else None)


def glue(first: str, second: str) -> str:
    """Two printed lines of one text as one; a word divided by a hyphen at the line end is made whole."""
    if re.search(r"[a-záéíóúüñ]-$", first) and re.match(r"[a-záéíóúüñ]", second):
        return first[:-1] + second
    return f"{first} {second}".strip()


def ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.:;!?…][»”\")\]]*$", text.rstrip()))


def starts_lower(text: str) -> bool:
    return bool(re.match(r"[\"«(]?[a-záéíóúüñ]", text)) or text.startswith((",", ";", ")"))


def unit_line(text: str) -> str | None:
    """A line that says only the unit of a table, in parentheses: "(En Quetzales)"; None for another line."""
    bare = text.strip().strip("()[]").strip()
    if len(bare) <= 90 and re.match(
        r"(?:(?:cifras|valores|montos|importes|datos|expresad[oa]s?|cantidades)\s+(?:expresad[oa]s\s+)?)?en\s+"
        r"(?:miles|millones|moneda|unidades|porcentajes?|[A-Z]|quetzales|lempiras|pesos|soles|bol[ií]v|colones|d[oó]lares"
        r"|c[oó]rdobas|guaran[ií]|balboas|euros)\w*",
        bare,
        re.IGNORECASE,
    ) and not ends_sentence(bare.rstrip(".")):  # fmt: skip
        return f"({bare.rstrip('.')})"
    return None


_CAPTION = re.compile(
    r"^(?:cuadro|tabla|gr[aá]fic[oa]|figura|ilustraci[oó]n|matriz|anexo|formato|diagrama|mapa)\s+"
    r"(?:n[°ºo]?\.?\s*[°º]?\s*)?(?P<number>\d+(?:[.-]\d+)*[a-z]?|[IVX]+)\b\s*(?P<mark>[.:–—-])?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)


def caption_line(text: str) -> bool:
    """Whether a line is the caption of a table or figure ("Cuadro 3: …"), not a sentence that speaks of one."""
    found = _CAPTION.match(text)
    if not found or len(text) > 260:
        return False
    if found["mark"] or not found["rest"]:
        return True
    return found["rest"][:1].isupper() and not text.rstrip().endswith(".")
