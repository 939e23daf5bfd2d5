"""What sort of answer a question looks for, by its words alone."""

from __future__ import annotations

import re

from assistant.question import Analysis, analyse
from index.text import fold

_FIGURE_CUES = ("percentage", "share", "difference", "total", "average", "growth", "compare", "audit", "count_only")
_PROSE = ("quien", "quienes", "cuando", "donde", "como", "por")
_MEANING = re.compile(
    r"\b(?:que|q) (?:es|son|significan?|quieren? decir|se entiende por)\b|\b(?:significado|definicion) de"
)
_DEFINE = re.compile(  # said of a word, whatever column it heads
    r"\b(?:que|q) (?:significan?|quieren? decir|(?:es|son) eso de|se entiende por)\b|\ba que (?:le|les|se) (?:llaman?|dicen?)\b"
    r"|\b(?:significado|definicion) de"
)
_TO_DO = re.compile(
    r"\b(?:queda|quedan|falta|faltan) (?:por|pendientes? (?:de|por)) (?:hacer|cumplir|realizar|terminar)\b"
)
_TOLD = re.compile(  # what a report tells in sentences, even where a column is headed "Logro"
    r"\b(?:que|cuales|principales|mencion\w+|enumer\w+|list\w+|describ\w+) (?:\w+ ){0,3}?"
    r"(?:logros|objetivos|funciones|dificultades|retos|desafios|limitaciones|compromisos|obstaculos|"
    r"prioridades|lineamientos|recomendaciones|conclusiones)\b"
    r"|^(?:y )?que (?:\w+ ){0,2}?(?:pas(?:o|aron)|ocurri(?:o|eron)|sucedi(?:o|eron))\b(?! con\b| de\b| a\b)"
)
_SOURCE = re.compile(  # where money comes from: no amount tells
    r"^(?:y )?(?:de donde|con que (?:\w+ ){0,3}?(?:financi|sosti|manti|sosten|manten|costea)\w+|de que (?:fuentes?|fondos?)\b)"
)
_AMOUNTS = frozenset({"monto", "valor", "suma", "precio", "cantidad", "importe", "cifra"})
_WEAK = frozenset({"alcanzado"})


_NUMBER_OF_LETTER = re.compile(
    r"(?:cual es )?(?:el )?(?:numero|nro|no|codigo|correlativo|identificacion) (?:de |del |de la )(?:\w+ )?"
    r"(?:informe|reporte|oficio|memorand\w+|memo|nota|circular|radicado|expediente|folio|cite|documento|rendicion|memoria)\b"
)

# Whoever came to a meeting is no figure of its row: "¿cuáles instituciones asistieron a las reuniones?".
_WHO_CAME = re.compile(
    r"(?:a |de |con )?(?:que|cuales) (?:otr[oa]s )?[a-z]{4,}s (?:se )?(?:asist|particip|integra|acudi|concurr|conforma|compone|estuvier|vinier|reunier)\w*"
)


def asks_for_figure(analysis: Analysis) -> bool:
    """Whether the tables are asked first: a measure, an operation, an order, a limit or a code is named."""
    if asks_for_prose(analysis):
        return False
    strong = [m for m in analysis.mentions if m.measure not in _WEAK or _told(analysis, min(m.tokens))]
    return bool(
        strong
        or analysis.has(*_FIGURE_CUES)
        or analysis.orders
        or analysis.conditions
        or analysis.thresholds
        or analysis.codes
        or analysis.tables
        or analysis.periods
    )


_CAUSE = re.compile(
    r"(?:y |pero )?(?:por que(?! (?:monto|valor|suma|precio|cantidad|importe|cifra|concepto|rubro|fuente|medio|via|programa|partida|periodo|mes)\b)"
    r"|a que se (?:debe|debio|deben|debieron)|(?:cual|cuales) (?:es|fue|fueron|son) (?:la|las|el|los) (?:causas?|motivos?|razon(?:es)?)"
    r"|(?:explique |diga |indique |expliquen? |(?:las?|los?|el) )*(?:causas?|motivos?|razon(?:es)?) (?:por (?:las?|los?|el) (?:que|cual(?:es)?)|de que)\b"
    r"|que (?:explica|motivo|causo|origino|provoco|ocasiono)\b)"
)


def asks_for_cause(analysis: Analysis) -> bool:
    """Whether the question asks why: what a cell holds is that which is to be explained, and never why.

    >>> asks_for_cause(analyse("¿A qué se debió que el programa 2 tenga la menor ejecución?"))
    True
    """
    return _CAUSE.match(" ".join(t.text for t in analysis.tokens)) is not None


def asks_for_prose(analysis: Analysis) -> bool:
    """Whether the question asks who, when, where, how or why: no cell of a table is the answer."""
    if asks_for_cause(analysis):
        return True
    if not analysis.tokens or analysis.orders or analysis.has("growth", "compare"):
        return False
    line = " ".join(t.text for t in analysis.tokens)
    named = analysis.codes or analysis.thresholds or analysis.conditions
    if (_NUMBER_OF_LETTER.match(line) or _WHO_CAME.match(line)) and not named:
        return True
    if _TO_DO.search(line) or _SOURCE.match(line) or (_TOLD.search(line) and not named):
        return True
    first = analysis.tokens[0].text
    if first == "por":
        second, third = ([t.text for t in analysis.tokens[1:3]] + ["", ""])[:2]
        return second == "que" and third not in _AMOUNTS  # "por qué monto"
    return first in _PROSE


def asks_for_who(analysis: Analysis) -> bool:
    """Whether a person, a date, a place or a reason is asked for, though the thing has a row: "¿quiénes asistieron?"."""
    if not asks_for_prose(analysis):
        return False
    first = analysis.tokens[0].text
    return (
        first in ("quien", "quienes", "cuando", "donde", "de", "por")
        or _WHO_CAME.match(" ".join(t.text for t in analysis.tokens)) is not None
    )


def asks_for_meaning(text: str) -> bool:
    """Whether a question asks what something is or means: "¿qué es devengado?"."""
    return bool(_MEANING.search(fold(text))) or asks_to_define(text)


def asks_to_define(text: str) -> bool:
    """Whether what a word means is asked, so that no figure answers, not even of the column it heads: "¿qué quiere decir obligado?"."""
    return bool(_DEFINE.search(fold(text)))


def _told(analysis: Analysis, position: int) -> bool:
    """ "lo alcanzado", "lo realizado"."""
    return position > 0 and analysis.tokens[position - 1].text == "lo"


_ABOUT_US = frozenset(
    "ayuda informes informe reportes documentos cargados cargado disponibles puedo preguntar hola".split()
)


_WHAT_IS_LOADED = re.compile(
    r"\b(?:que|cuales|cuantos|lista\w*|enumer\w+)\b.*\b(?:informes|reportes|documentos|archivos|instituciones)\b"
)


def asks_what_is_loaded(text: str) -> bool:
    """Whether a message that asks for no figure asks which reports there are.

    >>> asks_what_is_loaded("¿Qué informes están cargados?"), asks_what_is_loaded("hola")
    (True, False)
    """
    return says_nothing(text) and _WHAT_IS_LOADED.search(fold(text)) is not None


def says_nothing(text: str) -> bool:
    """Whether a message only greets, thanks or asks what there is to ask about ("hola", "¿qué informes tenés?")."""
    read = analyse(text)
    asked = read.mentions or read.orders or read.periods or read.codes or read.has("percentage", "audit", "share")
    return not asked and all(t.text in _ABOUT_US or not t.content for t in read.tokens)
