"""From a passage to the words that answer: its sentences and list items, and what type of thing each holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.asking import Asked, Kind
from assistant.matching import explains
from index.acronyms import passages
from index.model import Chunk, ChunkKind
from index.sentences import sentences
from index.text import STOPWORDS, fold, stem, words

_TOKEN = re.compile(r"[^\W\d_]+")
_MONTH = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
_DATE = re.compile(
    rf"\b\d{{1,2}}\s+(?:de\s+)?(?:{_MONTH})\b|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b|\b(?:{_MONTH})\s+(?:de|del)\s+(?:año\s+)?\d{{4}}|\ben\s+(?:el\s+año\s+)?(?:19|20)\d\d\b|\b(?:en|desde|hasta|para|de|a (?:fines|finales|inicios|mediados) de|antes de|despues de)\s+(?:{_MONTH})\b|\bdías?\s+(?:lunes|martes|miercoles|jueves|viernes)|\b(?:lunes|martes|miercoles|jueves|viernes)\b"
)
_CONDITION = re.compile(
    r"\b(?:cuando (?:se |este |quede |haya |sea |termine )|una vez que|antes de que|despues de que|en cuanto)"
)
_FREQUENCY = re.compile(
    r"\b(?:diari|seman|quincen|mensual|bimestr|trimestr|cuatrimestr|semestr|anual|bienal)\w*|\bcada (?:\w+ )?(?:dia|semana|mes|ano|hora)"
)
_HOUR = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s?(?:horas?|hrs?|[ap]\.?\s?m\b)|\b(?:mediodia|medianoche)\b|\ba las? (?:\d{1,2}|una|dos|tres|"
    r"cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b"
)
_PLACE = re.compile(  # of the text as written: a name after a preposition, or a word for a place
    r"\b(?:en|de|desde|hasta|hacia|a|al|del|por|entre)\s+(?:(?:el|la|los|las|su|sus)\s+)?(?:\w+\s+de\s+)?[A-ZÁÉÍÓÚÑ][a-záéíóúñ]"
    r"|\b(?:en|hacia|hasta|desde)\s+(?:el|la|los|las|su|sus|un|una|cada|todos|todas|tres|dos|cuatro|cinco)\s+\w+"
)
_LAW = re.compile(
    r"\b(?:ley(?:es)?|decretos?|acuerdo (?:gubernativo|ministerial|legislativo|ejecutivo)|reglamento|constitucion|codigo (?:civil|penal|tributario|de trabajo)|articulos?|resolucion|ordenanza|convenio \d+)\b"
)
_SOURCE = re.compile(  # of money, given in so many words; what did not come is none
    r"\b(?:fuentes?|ingresos (?:corrientes|propios|tributarios)|recursos (?:propios|del tesoro|fiscales|ordinarios|corrientes)|tesoro|fisco"
    r"|impuestos?|tasas|tarifas|regalias|donaciones|prestamos?|creditos?|aportes?|transferencias?|participaciones|financia\w*|venta de)\b"
)
_DENIED = re.compile(r"\bno se\b")
_PERCENT = re.compile(r"\d\s*(?:%|por\s?ciento)")
_PERSON = re.compile(
    r"\b(?:Lic(?:da|enciad[oa])?|Ing(?:enier[oa])?|Dra?|Doctora?|Sra?|Señora?|Don|Doña|Abog(?:ad[oa])?|Ab|Ec|Econ|CPA|Arq|Msc|MSc|Mtr[oa]|Gral|General|Cnel|Coronel|Prof(?:a)?|LIC|ING|DRA?|ABOG|LICDA|SRA?)\b\.?,?\s+"
    r"(?:[A-ZÁÉÍÓÚÑ][\w.áéíóúñ]*\s+){1,4}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+"
)
_CAUSE = re.compile(
    r"\b(?:porque|debido a|(?:ya|puesto|dado) que|dad[oa]s? (?:el|la|los|las)|en (?:virtud|vista|razon) de|gracias a|a (?:causa|raiz|fin) de"
    r"|con (?:motivo|el fin|el objeto|el proposito|la finalidad|objeto) de|(?:como )?(?:consecuencia|resultado) de|obedec\w+|se (?:debe|deben|debio|debieron) a"
    r"|por (?:cuanto|eso|ello|esto|tanto|consiguiente|lo (?:que|cual))|de (?:modo|manera|forma) que|asi que|depend\w+ de|motiv\w+|pues|para (?:que|\w+[aei]r(?:l[aoe]s?)?))\b"
    r"|(?<![aei]d[oa] )(?<![aei]d[oa]s )\bpor (?!ciento|cada|encima|debajo|parte|medio|dia|mes|semana|ano|hora|ejemplo)(?:(?:el|la|los|las|un|una|su|sus) )?[a-z]{4,}"
    r"|(?:\w+ ){3}\w+: \w+(?: \w+){2}|\bn/d: "
)
_LABEL = re.compile(r"\s*(?:\w+ ){0,2}\w+:\s+")
_ENUMERATES = re.compile(r"[;:]|,(?!\d)|\b[ye] \w")
_PASSIVE = re.compile(r"\b(?:fue|fueron|es|son|sido|ser) (\w+[aei]d[oa]s?) por (?:el|la|los|las)\b")
_COPULA = re.compile(
    r"\b(?:es|son|consiste|consisten|significa|se define|se definen|se refiere|se entiende|constituye|constituyen)\b"
)
_WITH_POST = re.compile(
    r"[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?:\s+(?:de |del |la )?[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){1,4},\s+(?:el |la )?"
    r"(?:vice|sub)?(?:jef|director|titular|president|ministr|secretari|encargad|gerent|responsabl|alcald|"
    r"contador|auditor|administrador|tesorer|rector|comisionad|intendent|gobernador|superintendent|coordinador|asesor)"
)
_POST_OF = re.compile(  # "Encargada de la Oficina de Acceso (OAI): Yesenia Florentino"
    r"\b(?i:(?:vice|sub)?(?:jef|director|titular|president|ministr|secretari|encargad|gerent|responsabl|alcald|contador|auditor|"
    r"administrador|tesorer|rector|comisionad|intendent|gobernador|superintendent|coordinador|asesor)\w*)[^.;:\n]{0,90}:\s+"
    r"(?:[A-Z][\wáéíóúñ]{0,5}\.\s*){0,3}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?:\s+(?:de |del |la )?[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){1,4}"
)
_PROPER = re.compile(
    r"[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñ]+(?:\s+(?:de|del|la|las|los|y)\s+(?=[A-ZÁÉÍÓÚÑ])|\s+)(?:[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñ]+)"
)


_WHICH_BODY = re.compile(
    r"\b(?:que|cual|cuales) (?:(?:es|fue|son|fueron) )?(?:(?:el|la|los|las) )?"
    r"((?:empresa|contratista|proveedor|consorcio|cooperativa|fundacion|asociacion|ministerio|institucion|entidad|organismo|"
    r"organizacion|universidad|banco|laboratorio|constructora|sindicato|partido|funcionari[oa]|colegio|escuela|clinica|hospital|barrio|vereda|medic[oa]|abogad[oa]|candidat[oa]|alcalde|ministr[oa])(?:s|es)?)\b"
)
BODIES = frozenset(
    map(
        stem,
        (
            "empresa", "contratista", "proveedor", "consorcio", "cooperativa", "fundacion", "asociacion", "comite",
            "comision", "consejo", "concejo", "ministerio", "secretaria", "direccion", "departamento", "oficina",
            "unidad", "gerencia", "jefatura", "instituto", "universidad", "municipalidad", "alcaldia", "congreso",
            "gobierno", "contraloria", "procuraduria", "fiscalia", "junta", "equipo", "brigada", "personal", "presidenta",
            "presidente", "presidencia", "director", "directora", "jefe", "jefa", "ministro", "ministra", "alcalde",
            "alcaldesa", "auditor", "auditora", "auditoria", "comunidad", "ciudadania", "poblacion", "familia", "usuario",
            "productor", "docente", "estudiante", "medico", "funcionario", "trabajador", "vecino", "beneficiario",
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A sentence or a list item of a passage, as printed, with its stems."""

    text: str
    place: int  # among the units of its passage; -1 for the lead of a list
    stems: frozenset[str]


def units(chunk: Chunk) -> tuple[Unit, ...]:
    """The sentences of a paragraph, or the lead and items of a list."""
    if chunk.items and chunk.kind is not ChunkKind.PARAGRAPH:
        lead = (_unit(chunk.lead, -1),) if chunk.lead else ()
        return lead + tuple(_unit(item, i) for i, item in enumerate(chunk.items))
    return tuple(_unit(s, i) for text in passages(chunk) for i, s in enumerate(sentences(text)))


def _unit(text: str, place: int) -> Unit:
    return Unit(text=text, place=place, stems=frozenset(stem(w) for w in words(text) if w not in STOPWORDS))


def holds(asked: Asked, text: str) -> bool:
    """Whether a text holds the type of thing that a question asks for."""
    folded = fold(text)
    kind = asked.kind
    if kind is Kind.DATE:
        # "cuando quede aprobada" answers a "cuándo", but not a "¿qué fecha?"
        return bool(_DATE.search(folded) or ("cuando" in asked.line and _CONDITION.search(folded)))
    if kind is Kind.FREQUENCY:
        return bool(_FREQUENCY.search(folded))
    if kind is Kind.SOURCE:
        return any(_SOURCE.search(s) and not _DENIED.search(s) for s in map(fold, sentences(text)))
    if kind is Kind.PLACE:
        return bool(_PLACE.search(text))
    if kind is Kind.HOUR:
        return bool(_HOUR.search(folded))
    if kind is Kind.CAUSE:
        return bool(_CAUSE.search(folded))
    if kind is Kind.LAW:
        return bool(_LAW.search(folded)) and any(c.isdigit() or c.isupper() for c in text[1:])
    if kind is Kind.PERCENTAGE:
        return bool(_PERCENT.search(folded))
    if kind is Kind.ACRONYM:
        return False  # only definitions answer
    if kind is Kind.DEFINITION:
        return _defines(folded, [t.stem for t in asked.terms])
    if kind is Kind.AGENT:
        return has_person(text, asked.stems) or _has_agent(text, asked)
    if kind is Kind.PERSON:
        return has_person(text, asked.stems)
    return True


def enumerates(text: str) -> bool:
    """Whether a sentence names several things one after the other, its label aside."""
    return bool(_ENUMERATES.search(_LABEL.sub("", fold(text), count=1)))


def _has_agent(text: str, asked: Asked) -> bool:
    """Whether a body stands before the verb, or after its passive: "El Congreso aprobó…", "fue creado por la Ley…"."""
    for passive in _PASSIVE.finditer(fold(text)):
        if explains(stem(passive[1]), asked_verbs(asked)):
            return True
    tokens = list(_TOKEN.finditer(text))
    verb = next((i for i, t in enumerate(tokens) if i and explains(stem(fold(t.group())), asked_verbs(asked))), 0)
    before = [t.group() for t in tokens[:verb]]
    return any(t.isupper() and len(t) > 1 for t in before) or any(
        t[0].isupper() and len(t) > 3 for t in before[1:] + before[: 1 if len(before) == 1 else 0]
    )


def names_somebody(text: str, asked: Asked) -> bool:
    """Whether a text names a person or a body that the question does not: by a capital inside it, or as what it is.

    "La licitación se apeló dos veces" tells nobody who did.
    """
    tokens = list(_TOKEN.finditer(text))
    said = frozenset(asked.stems)
    for before, token in zip([None, *tokens], tokens, strict=False):
        word = token.group()
        inside = before is not None and not re.search(r"[.:;¿¡!?\n]", text[before.end() : token.start()])
        own = stem(fold(word)) not in said
        if own and ((inside and word[0].isupper()) or (word.isupper() and len(word) > 1) or stem(fold(word)) in BODIES):
            return True
    return has_person(text, asked.stems) or _has_agent(text, asked)


def body_asked_for(asked: Asked) -> str:
    """The sort of body whose name is asked for ("¿qué empresa ganó…?"), a folded word; "" when none is."""
    match = _WHICH_BODY.search(asked.line)
    return match[1] if match else ""


def asked_verbs(asked: Asked) -> frozenset[str]:
    """The stem of the verb after "quién"."""
    match = re.search(r"\bquien(?:es)?(?: (?:se|lo|la|le|los|las|no))* ([a-z]+)", asked.line)
    return frozenset({stem(match[1])}) if match else frozenset()


_CLAUSES = re.compile(r"[;,]\s+")


def _defines(folded: str, subject: list[str]) -> bool:
    """Whether a sentence says what its subject is: all words of the subject stand before "es", "son", "consiste en"."""
    for clause in (folded, *_CLAUSES.split(folded)):  # "la programada es la meta; la evaluada es lo que se hizo"
        copula = _COPULA.search(clause)
        before = frozenset(stem(w) for w in words(clause[: copula.start()])) if copula else frozenset()
        if before and len(before) <= len(subject) + 6 and all(explains(s, before) for s in subject):
            return True
    return False


def has_person(text: str, asked_stems: Iterable[str] = ()) -> bool:
    """Whether a text names a person: a title before capitals, or a given name before a surname not in the question."""
    asked = frozenset(asked_stems)
    if _WITH_POST.search(text) or _POST_OF.search(text):
        return True
    if any(not all(stem(w) in asked for w in words(m.group())) for m in _PERSON.finditer(text)):
        return True
    return any(fold(m.group().split()[0]) in _given_names() for m in _PROPER.finditer(text))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(fold((files("assistant") / "data" / "given_names.txt").read_text(encoding="utf-8")).split())
