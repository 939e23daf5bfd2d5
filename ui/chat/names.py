"""Short names for buttons and titles."""

from __future__ import annotations

import re

from index.model import Document
from index.periods import describe

_NUMBERED = re.compile(
    r"\W*((?:cuadro|tabla|gr[aá]fic[oa]|anexo|formato)\s+(?:n[°ºo.]+\s*)?(?:[\w.-]*\d[\w.-]*|[a-z]\b))", re.IGNORECASE
)
_SMALL = frozenset("a al de del e el en la las los o para por u y".split())


def table_short(name: str) -> str:
    """ "Cuadro 3" of a caption that numbers its table, else the caption cut to the length of a button."""
    match = _NUMBERED.match(name)
    return " ".join(match[1].split()).rstrip(".") if match else cut(name)


def cut(text: str, most: int = 46) -> str:
    """A text on one line, cut at a word with an ellipsis when it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:.") + "…"


def _calmer(name: str) -> str:
    """A name in capitals as names are written: "Municipalidad de Río Verde"."""
    words = [word.lower() if word.lower() in _SMALL else word.capitalize() for word in name.split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def document_name(document: Document) -> str:
    """How a person calls a report: institution and period, else its title."""
    who = document.institution or document.title
    if who.isupper() and len(who) > 12:
        who = _calmer(who) if document.aliases == () else f"{document.aliases[0]} · {_calmer(who)}"
    return f"{who} ({describe(document.period)})" if document.period else who
