"""Letters that answer letters: which one is answered, of what date it is, what was sent with the answer.

"¿A qué memorando responde?", "¿de qué fecha es la solicitud?", "¿qué documentos se adjuntaron?". Only a report that is a
letter itself (its head bears a number of one) is looked into, and only its sentence that takes up the other letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.asking import Asked
from assistant.extract import units
from assistant.found import KINDS_OF_REPORT, Found, account, citation, periods_fit
from assistant.model import Evidence
from index.headings import content_stems
from index.model import ChunkKind
from index.periods import find_periods
from index.search import PassageIndex
from index.shelves import Passage, Shelf
from index.text import fold, stem, words

_LETTER = r"(?:memor\w+|memo|oficios?|nota|circular|carta|solicitud|solicitudes|requerimiento|pedido|correspondencia|escrito|comunicacion)"
_TAKES_UP = re.compile(
    r"\b(?:en (?:atencion|respuesta|contestacion|relacion|referencia|cumplimiento|alcance)|con (?:relacion|referencia)|atendiendo|dando (?:respuesta|contestacion|cumplimiento)"
    rf"|(?:doy|damos) (?:respuesta|contestacion|cumplimiento)|me refiero|nos referimos|acus\w+ recibo|recib\w+ su)\b.{{0,40}}?\b{_LETTER}\b"
)
_ANSWERING = r"(?:respond\w*|respuesta|contest\w+|atiende\w*|atend\w+|refier\w+|referencia|alud\w+)"
_ASKED_BY = r"(?:pidi\w+|pide|solicit\w+|requiri\w+|requier\w+)"
_OTHER = re.compile(
    rf"\b(?:que|cual)(?: (?:es|fue) (?:el|la))? (?:\w+ o )?{_LETTER}\b(?!.*\bfirm).*\b{_ANSWERING}|\b(?:a|con|en) (?:que|cual) (?:\w+ o )?{_LETTER}\b.*\b(?:{_ANSWERING}|{_ASKED_BY})"
    rf"|\b{_LETTER}\b.*\b(?:al?|con|en)(?: el| la| los| las)? (?:que|cual)\b.*\b(?:{_ANSWERING}|{_ASKED_BY})|\b{_LETTER} (?:que |al que |a la que )?(?:se )?(?:esta )?(?:respond|contest|atiend)\w+"
    rf"|\b{_LETTER} (?:previ[oa]|anterior|recibid[oa]|de origen|original)\b|\b(?:fecha|numero|dia|fechad[oa])\b.*\bsolicitud\b|\bsolicitud\b.*\b(?:fecha|numero|dia|fechad[oa])\b"
    # "solicitud" is a word of courtesy too, and may be taken off before: "de qué fecha es la que se contesta"
    rf"|\b(?:fecha|numero|dia)\b.*\bla (?:de informacion )?(?:a la )?que (?:se )?(?:{_ANSWERING}|origin\w+|motiv\w+)"
)
_PAPERS = r"(?:documentos?|anexos?|archivos?|papeles|informes|reportes|soportes|informacion|material(?:es)?)"
_SENT = re.compile(
    rf"\b(?:que|cuales|cual|los|las|cuantos|cuantas)(?: (?:son|fueron|es))?(?: los| las)? (?:otros )?{_PAPERS}\b.*\b(?:adjunt|anex|acompan|incluy)\w+"
    r"|\bque (?:mas )?(?:se )?(?:les? )?(?:adjunt|anex|acompan)\w+|\b(?:adjuntos|anexos) (?:de|del|a|al|en)\b"
)
_OF_ITS_HEAD = re.compile(r"\b(?:numero|codigo|clave|rep|hora|usuario|fecha)\b")
_SENDS = re.compile(r"\b(?:(?:se )?adjunt\w+|anex\w+|acompan\w+|(?:se )?(?:remit\w+|envi\w+))\b")
_DESK = frozenset(
    stem(w)
    for w in "responde responder respondio respuesta contesta contesto contestando contestar contestacion dando dar da atiende atender refiere referirse alude "
    "pidio pide pidieron pedir pedia solicito solicita solicitaron solicitar solicitud requirio adjunta adjunto adjuntan adjuntaron adjuntado adjuntos anexa anexaron anexo anexos "
    "acompana acompanan acompanaron incluye incluyeron envia envio enviaron enviado enviada enviados remite remitio remitieron mando mandaron mandado presento presentaron presentado "
    "trae traia llego previo anterior recibido recibida fecha fechado fechada numero dia origen documento documentos archivo archivos papel papeles listado memorando memorandum memo oficio nota carta "
    "circular escrito comunicacion requerimiento correspondencia recibio dio dieron hizo esta".split()
)


def of_the_cited(text: str, before: str) -> str | None:
    """ "¿De qué fecha es ese memorando?" after "¿a qué memorando responde?": the one answered, not the report itself.

    >>> of_the_cited("¿Y de qué fecha es?", "¿A qué oficio responde?")
    '¿de qué fecha es el oficio al que responde?'
    """
    asked = _OTHER.search(fold(before))
    own = _OTHER.search(fold(text))
    if asked is None or own is not None or re.search(r"\b(?:fecha\w*|cuando|dia)\b", fold(text)) is None:
        return None
    letter = re.search(_LETTER, asked[0])
    return f"¿de qué fecha es el {letter[0] if letter else 'memorando'} al que responde?"


def asks_for_another(line: str) -> bool:
    """Whether the letter that is answered is asked about, so that the head of the answer tells nothing of it."""
    return _OTHER.search(line) is not None


def from_letters(asked: Asked, index: PassageIndex, shelves: Iterable[Shelf]) -> Iterator[Found]:
    """Candidates: the sentence that takes up the other letter, or the list of what goes with the answer."""
    other = asks_for_another(asked.line)
    sent = _SENT.search(asked.line) is not None and _OF_ITS_HEAD.search(asked.line) is None
    if not (other or sent):
        return
    for shelf in shelves:
        if not any(f.key in LETTERS for f in shelf.facts):
            continue
        for passage in shelf.passages:
            text = _taking_up(passage) if other else _sending(passage, shelf)
            if text:
                yield _found(asked, index, shelf, passage, text)
                break


def desk_words(shelf: Shelf) -> frozenset[str]:
    """Stems of who writes to whom, and of writing: every sentence of a letter is said by the one to the other."""
    if not any(f.key in LETTERS for f in shelf.facts):
        return frozenset()
    head = [t for f in shelf.facts for t in (f.key, f.value, f.detail)]
    return _DESK | {s for t in head for s in content_stems(t)} | {stem(w) for t in head for w in words(t)}


def sent_with(shelf: Shelf) -> tuple[str, ...]:
    """What a letter says was sent with it, item by item; nothing for a report that is none."""
    if not any(f.key in LETTERS for f in shelf.facts):
        return ()
    return tuple(item for p in shelf.passages if _sending(p, shelf) for item in p.chunk.items)


def _taking_up(passage: Passage) -> str:
    return next((u.text for u in units(passage.chunk) if _TAKES_UP.search(fold(u.text))), "")


def _sending(passage: Passage, shelf: Shelf) -> str:
    """The list that a sentence of the letter announces as sent with it."""
    chunk = passage.chunk
    if not chunk.items or chunk.kind is ChunkKind.HEAD:
        return ""
    earlier = [p.chunk for p in shelf.passages if p.place == passage.place - 1 and p.chunk.section == chunk.section]
    if not any(_SENDS.search(fold(t)) for t in (chunk.lead or "", *(e.text for e in earlier))):
        return ""
    return "\n".join(f"- {item}" for item in chunk.items)


def _counted(asked: Asked, text: str) -> str:
    """The list with how many there are, where that is asked."""
    return f"Son {len(text.splitlines())}:\n{text}" if re.match(r"cuant[oa]s\b", asked.line) else text


def _found(asked: Asked, index: PassageIndex, shelf: Shelf, passage: Passage, text: str) -> Found:
    head = [t for f in shelf.facts for t in (f.key, f.value, f.detail)]
    known = frozenset(s for t in (text, passage.chunk.lead, *passage.chunk.section) for s in content_stems(t))
    known |= desk_words(shelf) | KINDS_OF_REPORT | shelf.names | shelf.acronyms.keys()
    dated = any(m.period.first == m.period.last for m in find_periods(text))
    wants_date = re.search(r"\b(?:fecha\w*|cuando)\b", asked.line) is not None
    result = account(asked, known, index, periods_ok=periods_fit(asked, shelf.document, text + " " + " ".join(head)))
    left = result.unexplained or (("fecha",) if wants_date and not dated else ())
    place = citation(
        shelf.document,
        text,
        section=" › ".join(passage.chunk.section) or None,
        page=passage.chunk.pages[0] if passage.chunk.pages else None,
    )
    return Found(
        evidence=Evidence(text=_counted(asked, text), citations=(place,), explained=result.share, unexplained=left),
        document=shelf.document.id,
        value=result.share + 1.0,
        by_key=True,
    )


LETTERS = frozenset(
    "memorando oficio circular nota resolucion acuerdo dictamen providencia acta expediente radicado folio cite".split()
)
