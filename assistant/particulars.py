"""Particulars of a letter or report asked for as nouns: "número del oficio, su fecha y el funcionario que lo firma"."""

from __future__ import annotations

import re

from assistant.letters import LETTERS
from index.frame import DOCUMENT_STEMS
from index.text import stem

_NOUN = r"(?:num\.?|fechas?|nombres?|usuari[oa]|hora|asunto|remitente|destinatari[oa]|cargo|firmante|n[uú]mero|nro\.?|n[°º]\.?|no\.|c[oó]digo|per[ií]odo)"
_THE = r"(?:(?:el|la|los|las|su|sus)\s+)?"
_HOLDER = r"(?:funcionari[oa]|servidora?|persona|emplead[oa]|autoridad|responsable|titular)"
_DOES = r"(?:firm|suscrib|remit|env[ií]|emit|elabor|dirig|recib)\w+"
_NAMED = re.compile(
    rf"[¿\s]*{_THE}(?P<noun>{_NOUN})(?:\s+(?P<of>(?:del?|de\s+la|que|q|a\s+qui[eé]n)\s.+))?", re.IGNORECASE | re.DOTALL
)
_PERSON = re.compile(
    rf"[¿\s]*(?:{_THE}{_HOLDER}\s+(?:que|quien)|qui[eé]n)\s+(?:(?:lo|la|los|las|le|se)\s+)*(?P<does>{_DOES})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_APART = re.compile(r"\s*,\s*(?:(?:y|e)\s+)?|\s+(?:y|e)\s+", re.IGNORECASE)
_TWO = re.compile(
    rf"^(?P<first>[¿\s]*{_THE}{_NOUN}\s(?!y\b).{{0,80}}?)\s+y\s+{_THE}(?P<second>{_NOUN}\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHARED = re.compile(
    rf"^[¿\s]*{_THE}(?P<first>{_NOUN})\s+y\s+{_THE}(?P<second>{_NOUN})\s+(?P<of>(?:del?|de la)\s[^,?]+?)"
    r"(?:,\s*(?:y\s+)?(?P<more>(?:qui[eé]n|cu[aá]ndo|cu[aá]l|d[oó]nde)\b.*))?[?.\s]*$",
    re.IGNORECASE | re.DOTALL,
)
_AND_ITS = re.compile(
    rf"^(?P<first>[^,]*\bqui[eé]n\b[^,]*?),?\s+y\s+(?:(?:en|con)\s+)?(?:qu[eé]\s+)?{_THE}(?P<second>fecha|hora|asunto|cargo|usuari[oa])[?.\s]*$",
    re.IGNORECASE | re.DOTALL,
)
_ASKED_AS_NOUN = re.compile(rf"[¿\s]*(?:el |la )?{_NOUN}\s", re.IGNORECASE)


def asked_as_noun(piece: str) -> bool:
    """Whether a piece begins with a particular: "nro de expediente y quién firma"."""
    return _ASKED_AS_NOUN.match(piece) is not None


def particulars(piece: str) -> list[str]:
    """The particulars that a piece asks for as nouns, each as a question; the piece alone where it asks for no several.

    >>> particulars("asunto, fecha y destinatario del memo")
    ['asunto del memo', 'fecha del memo', 'destinatario del memo']
    >>> particulars("número de oficio, su fecha y el funcionario que lo remite")
    ['número de oficio', 'fecha de oficio', 'quién remite']
    """
    shared = _SHARED.match(piece)
    if shared is not None:
        first, second = (f"{shared[k]} {shared['of']}" for k in ("first", "second"))
        return [first, second, *([shared["more"]] if shared["more"] else [])]
    listed = _listed(piece)
    two = None if listed else _AND_ITS.match(piece) or _TWO.match(piece)
    return listed or ([two["first"], two["second"]] if two is not None else [piece])


def _listed(piece: str) -> list[str]:
    """Each of a list of particulars, of the letter or report that one of them names; none where another thing is listed."""
    parts = [p for p in _APART.split(piece.strip(" ¿?.\n")) if p]
    read = [(_NAMED.fullmatch(p), _PERSON.fullmatch(p)) for p in parts]
    if len(parts) < 2 or not all(named or person for named, person in read):
        return []
    of = next((n["of"] for n, _ in read if n and n["of"] and _of_a_document(n["of"])), "")
    if not of and len(parts) == 2:
        return []
    told = []
    for named, person in read:
        if named is not None:
            told.append(f"{named['noun']} {named['of'] or of}".strip())
        elif person is not None:
            told.append(f"quién {person['does']}{person['rest']}")
    return told


def _of_a_document(of: str) -> bool:
    return any(word in LETTERS or stem(word) in DOCUMENT_STEMS for word in re.findall(r"\w+", of.lower()))
