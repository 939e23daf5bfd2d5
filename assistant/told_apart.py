"""Whether a text tells the thing asked for, or one that lies beside it: when, how many there are, who and which by name.

"Se remitirá cuando quede aprobada" does not tell when it will be approved, "prestó 5.640 libros" not how many there
are, "abarca cinco distritos" not how they are called. The rules read the form of the sentence, as in `assistant.told`.
"""

from __future__ import annotations

import re

from assistant.asking import Asked, Kind
from assistant.extract import enumerates, has_person, names_somebody
from assistant.matching import explains
from index.periods import MONTHS
from index.sentences import sentences
from index.text import STOPWORDS, fold, stem, words

_MONTHS = "|".join([*MONTHS, "setiembre"])
_MONTH = re.compile(rf"\b(?:{_MONTHS})\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b")
_WHAT_MONTH = re.compile(r"\b(?:en|de|desde|hasta|a) que mes\b")
_DAY = re.compile(
    rf"\b\d{{1,2}}(?: de)? (?:{_MONTHS})\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b|\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)\b"
    r"|\bprimer(?:o)? de\b|\bultimo dia\b"
)
_WHAT_DAY = re.compile(r"\b(?:que|cual) (?:es |fue )?(?:el )?dia\b")
_ONCE = re.compile(r"\b(?:cuando|una vez que|antes de que|despues de que|en cuanto)\b(?P<clause>[^,.;:]*)")
_WHEN = re.compile(
    r"\bcuando (?:se |lo |la |los |las |le |les |va a |van a |ha sido |han sido |fue |sera )*(?P<verb>[a-z]{4,})"
)

_THERE_ARE = re.compile(
    r"\bcuant[oa]s (?P<thing>[a-z]{4,})(?: [a-z]+){0,3}? (?:tiene|tienen|tenia|hay|habia|posee|poseen|existen|son|dispone|disponen)\b"
)
# What happened to some of them is not how many there are: "prestó 5.640 libros", "se entregaron 45 becas".
_DEED = re.compile(
    r"\b(?:se )?(?P<verb>[a-z]{2,}(?:o|io|aron|ieron)|perdi[oa]\w*) (?:unos |unas )?(?:\d[\d.,]*|[a-z]+) $"
)
_HAVING = frozenset(
    "tuvo tuvieron hubo conto contaron alcanzo sumo sumaron llego llegaron quedo quedaron poseyo dispuso como unos solo registro registraron".split()
)

_NAMES_OF = re.compile(
    r"\b(?:como se llaman?|nombres? del?)(?: (?:el|la|los|las|esos|esas|\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince"
    r"|veinte))* (?!quien)(?P<thing>[a-z]{4,})"
)
_WHO_ARE = re.compile(
    r"\bquienes (?:son|eran|fueron|integran|conforman|componen|forman)(?: (?:el|la|los|las))* (?P<thing>[a-z]{4,})"
)
_WHICH = re.compile(
    r"^(?:y |a |de |con |en |por |para )*(?:que|cuales)(?: (?:son|fueron))?(?: (?:los|las))? (?P<thing>[a-z]{4,}s) "
)


def beside(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """What is asked for and only lies beside what a text tells, as words for the refusal; empty when it tells it.

    place: stems of the headings that the text stands under and of what introduces it.
    """
    checks = (_month, _once, _there_are, _names_of, _who_are, _which_ones)
    return next((missing for check in checks if (missing := check(asked, text, place))), ())


def _month(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    folded = fold(text)
    if _WHAT_DAY.search(asked.line) and not _DAY.search(folded):
        return ("qué día",)
    return ("qué mes",) if _WHAT_MONTH.search(asked.line) and not _MONTH.search(folded) else ()


def _once(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Cuándo se aprobará?" is not told by "cuando quede aprobada"."""
    verb = _WHEN.search(asked.line)
    if asked.kind is not Kind.DATE or verb is None:
        return ()
    folded = fold(text)
    clauses = [frozenset(stem(w) for w in words(m["clause"])) for m in _ONCE.finditer(folded)]
    rest = _ONCE.sub(" ", folded)
    if not clauses or _MONTH.search(rest):
        return ()
    outside = frozenset(stem(w) for w in words(rest))
    own = stem(verb["verb"])
    circular = any(_kin(own, c) for c in clauses) and not _kin(own, outside)
    return (verb["verb"],) if circular else ()


def _kin(own: str, stems: frozenset[str]) -> bool:
    """Whether one of some stems is of the same verb: "aprobará", "aprobada"."""
    return explains(own, stems) or any(len(own) > 4 and s[:5] == own[:5] for s in stems)


def _there_are(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Cuántos libros tienen?" is not told by "prestó 5.640 libros"."""
    match = _THERE_ARE.search(asked.line)
    if match is None:
        return ()
    own = stem(match["thing"])
    said = [(s, m) for s in map(fold, sentences(text)) for m in re.finditer(r"[a-z]{4,}", s) if stem(m.group()) == own]
    deeds = [d for s, m in said if (d := _DEED.search(s[: m.start()])) is not None]
    if not said or len(deeds) < len(said):
        return ()
    others = [d["verb"] for d in deeds if d["verb"] not in _HAVING and stem(d["verb"]) not in asked.stems]
    return (f"cuántos {match['thing']} hay",) if len(others) == len(said) else ()


def _names_of(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    match = _NAMES_OF.search(asked.line)
    if match is None:
        return ()
    told = [s for s in sentences(text) if explains(stem(match["thing"]), frozenset(map(stem, words(s))) | place)]
    return () if any(_names(s, asked) for s in told) else (f"nombres de {match['thing']}",)


def _names(text: str, asked: Asked) -> bool:
    """Whether a sentence holds names that the question does not say, by their capitals."""
    found = re.finditer(r"(?<=[^.:;¿¡«\n] )[A-ZÁÉÍÓÚÑ]\w+", text)
    return any(stem(fold(m.group())) not in asked.stems for m in found)


def _who_are(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """ "¿Quiénes son los concejales?" is told by names, or where that very word stands; not by what "el Concejo" got."""
    match = _WHO_ARE.search(asked.line)
    if match is None:
        return ()
    own = stem(match["thing"])
    here = frozenset(stem(w) for w in words(text)) | place
    return () if own in here or explains(own, place) or has_person(text, asked.stems) else ("quiénes",)


def _which_ones(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """ "¿Qué colegios recibieron…?" is not told by one sentence that names none and lists nothing."""
    match = _WHICH.search(asked.line)
    if match is None or asked.kind not in {Kind.LIST, Kind.OPEN} or "\n" in text.strip():
        return ()
    thing = stem(match["thing"])
    said = frozenset(stem(w) for w in words(text) if w not in STOPWORDS)
    if thing in said or explains(thing, place) or enumerates(text) or len(sentences(text)) > 1:
        return ()
    return () if names_somebody(text, asked) else (f"qué {match['thing']}",)
