"""The institution that a report is from, and its acronyms, from what is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.acronyms import stands_for
from index.countries import is_country
from index.periods import find_periods
from index.text import fold

_KINDS = (
    "Secretaría Ministerio Municipalidad Alcaldía Intendencia Instituto Administración Superintendencia Contraloría "
    "Gobierno Gobernación Universidad Empresa Comisión Corte Tribunal Procuraduría Fiscalía Defensoría Agencia Autoridad "
    "Hospital Ayuntamiento Registro Junta Prefectura Diputación Concejo Congreso Asamblea Vicepresidencia Presidencia "
    "Corporación Servicio Oficina Fondo Banco Comité Consejo Centro Municipio Provincia Cabildo Patronato Academia GAD "
    "Auditoría Tesorería Policía Dirección"
)
# Kinds that are as often a part of an institution or a word of prose: they need a word of rank after them.
_RANKED = {"Dirección": r"\s+(?:General|Nacional|Provincial|Departamental)", "Servicio": r"\s+(?:Nacional|de\s+Salud|Autónomo)", "Oficina": r"\s+Nacional",
           "Registro": r"\s+(?:Nacional|Civil|de\s+la\s+Propiedad)", "Centro": r"\s+Nacional", "Consejo": r"\s+(?:Nacional|Superior)",
           "Policía": r"\s+Nacional", "Presidencia": r"\s+de\s+la\s+República", "Empresa": r"\s+(?:Nacional|Pública|Municipal|Estatal|Social)",
           "Administración": r"\s+(?:[A-ZÁÉÍÓÚ][a-záéíóúñ]+a|Nacional|General|Tributaria|Aduanera)\b",
           "Gobierno": r"\s+(?:Aut[oó]nomo|Regional|Departamental|Municipal|de(?:l)?\s+(?:la\s+)?(?:Provincia|Estado|Ciudad))"}  # fmt: skip
_START = "|".join(kind + (f"(?={_RANKED[kind]})" if kind in _RANKED else "") for kind in _KINDS.split())
_WORD = r"(?!(?:Del?|Al?|En|Por|Para|Con|Y)\b)[A-ZÁÉÍÓÚÑ][\wÁÉÍÓÚÑáéíóúñü]*"  # never "Municipalidad de Del 02/01"
_LINK = r"(?:\s+(?:de|del|la|las|los|el|y|e|para|en|a|al|contra|sobre|por))"
_NAME = re.compile(rf"\b(?:{_START})(?:{_LINK}{{0,3}}\s+{_WORD})+")
_ACRONYM_AFTER = re.compile(r"^\s*[,]?\s*(?:[–—-]\s?(?P<a>[A-Z][A-Z0-9]{1,9})\s?[–—-]|\((?P<b>[A-Z][A-Z0-9]{1,9})\))")
_CODE = re.compile(r"^(?P<first>[A-ZÑ]{2,12})[-/](?:[A-ZÑ]{2,10}[-/])*\d+[-/]?\d*")
_GENERIC = frozenset(
    ("memo", "memorando", "oficio", "of", "inf", "informe", "no", "nro", "ref", "res", "circular", "nota", "exp")
)
_CUT = re.compile(r"\s+(?:Decreto|Acuerdo|Ley|Artículo|Resolución|Año|Ejercicio|Período|Periodo)\b.*$")
_INSIDE = re.compile(  # the words before a name that make it a part of another one
    rf"\b(?:Sistema|Ley|Plan|Política|Programa|Reglamento|Estrategia|Manual)(?:{_LINK}{{0,3}}\s+{_WORD}){{0,5}}{_LINK}{{1,3}}\s+$"
)
_DECLARED = re.compile(
    r"(?:ente p[uú]blico|entidad|instituci[oó]n|organismo|raz[oó]n social|nombre de la (?:entidad|instituci[oó]n))\s*:\s*"
    r"(?:\d[\d.-]*\s*[-–]?\s+)?(?P<value>\S.*)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:Aduanas?|Aeropuertos|Acueductos|Bomberos|Caminos|Correos|Ferrocarriles|Impuestos|Loter[ií]as?|Migraci[oó]n|Parques|"
    r"Petr[oó]leos|Puertos|Rentas)(?:\s+Nacionales)?(?:\s+del?)?\s+(?P<country>[A-ZÁÉÍÓÚ]\w+(?:\s\w+){0,2})"
)
# What governs a place: the rest of its name is how people call it ("Municipalidad Distrital de X" → "X").
_TERRITORY = re.compile(
    r"(?:municipalidad|municipio|alcaldia|ayuntamiento|intendencia|gad|gobierno|gobernacion|prefectura|provincia|"
    r"cabildo|junta parroquial|diputacion|departamento|ciudad|canton|distrito|estado|region|parroquia)\b"
)
_NO_PLACE = frozenset(
    ("estado", "republica", "nacion", "provincia", "ciudad", "pais", "canton", "distrito", "region", "departamento")
)
_RANKS = frozenset(("general", "nacional", "superior", "municipal", "estatal", "publica", "social", "provincial"))
_NEEDED = 3.0
_ADDRESSED = re.compile(  # to whom a report is sent, and not whose it is: "Al señor Presidente del Tribunal de Cuentas"
    r"\s*(?:al?\s+(?:l[ao]s?\s+)?(?:señor(?:es|as?)?|sr(?:es|as?)?\.?|presidente|ministr[oa]|honorable|ciudadan[oa])|señor(?:es|as?)?|sres?\.)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Institution:
    """name: as printed, None when no institution stands out. aliases: its acronyms, other names, its place last."""

    name: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mention:
    name: str  # with capitals at word starts only
    printed: str
    acronym: str | None  # printed right after it
    alone: bool  # the text is nothing else


@dataclass(kw_only=True, slots=True)
class _Tally:
    """What was found of each name, by its folded form."""

    scores: Counter[str] = field(default_factory=Counter)
    printed: dict[str, Counter[str]] = field(default_factory=dict)
    marked: dict[str, Counter[str]] = field(default_factory=dict)  # acronyms printed beside it
    others: dict[str, list[str]] = field(default_factory=dict)  # other names of the same institution

    def add(self, mention: _Mention, weight: float) -> None:
        key = fold(mention.name)
        self.scores[key] += weight  # type: ignore[assignment]  # Counter holds floats
        self.printed.setdefault(key, Counter())[mention.printed] += 1
        if mention.acronym:
            self.marked.setdefault(key, Counter())[mention.acronym] += 1

    def name(self, key: str) -> str:
        """The form printed most, one that is not all capitals if there is any."""
        forms = self.printed[key]
        return max(forms, key=lambda form: (not form.isupper(), forms[form]))


def find_institution(
    head: Sequence[str], body: Iterable[str], declared: Sequence[str], codes: Sequence[str], acronyms: Mapping[str, str]
) -> Institution:
    """The institution of a report.

    head: title, letterhead, captions and headings (weigh more). declared: values of facts such as INSTITUCION.
    codes: numbers of letters ("ABC-DGA-012-2021"). acronyms: the acronym table.
    """
    texts = list(body)
    said = [*declared, *(d for text in (*head, *texts) for d in _declarations(text))]
    tally = _Tally()
    for weight, group in ((3.0, [*head, *said]), (1.0, texts)):
        for text in group:
            if _ADDRESSED.match(text):
                continue
            for mention in _mentions(text):
                titled = mention.alone and mention.acronym is not None and text in head  # a letterhead
                tally.add(mention, 6.0 if titled else 3.0 if mention.alone else weight)
    for text in head:
        for mention in [*_agencies(text), *_torn(text, head)]:
            tally.add(mention, 3.0)
    everything = [*head, *texts]
    for place, mention in enumerate(m for text in everything for m in _with_acronym(text)):
        tally.add(mention, 3.0 if place else 9.0)  # the first is the title of the report itself
    _add_acronym_evidence(tally, acronyms, everything)
    _merge_shorter(tally.scores)
    _merge_acronym_names(tally)
    stated = {fold(value): value for value in said}
    if len(stated) == 1:
        name = said[0]
        return Institution(name=name, aliases=_aliases(name, tally, acronyms, codes, everything))
    ranking = tally.scores.most_common(2)
    clear = ranking and ranking[0][1] >= _NEEDED and (len(ranking) == 1 or ranking[0][1] >= 1.25 * ranking[1][1])
    if clear:
        name = tally.name(ranking[0][0])
        return Institution(name=name, aliases=_aliases(name, tally, acronyms, codes, everything))
    prefix = _prefix(codes, everything)
    return Institution(name=prefix, aliases=(prefix,) if prefix else ())


def mentions(text: str) -> list[tuple[str, str | None]]:
    """Institutions named in a text, each with the acronym printed right after it.

    >>> mentions("La Secretaría de Aguas –SDA- informa")
    [('Secretaría de Aguas', 'SDA')]
    """
    return [(m.name, m.acronym) for m in _mentions(text)]


def _mentions(text: str) -> list[_Mention]:
    found: list[_Mention] = []
    for piece in _pieces(text):
        plain = _from_capitals(piece)
        for match in _NAME.finditer(plain):
            name = _CUT.sub("", match.group())
            if not _is_whole(name) or _INSIDE.search(plain[: match.start()]):
                continue
            after = _ACRONYM_AFTER.match(plain[match.end() :])
            acronym = (after["a"] or after["b"]) if after else None
            printed = " ".join(piece[match.start() : match.start() + len(name)].split())
            own, last = printed.split()[:-1], printed.split()[-1]
            if acronym is None and last.isupper() and stands_for(last, own):  # in capitals, on the line below it
                name, printed, acronym = name.rstrip()[: -len(last)], " ".join(own), last
            found.append(
                _Mention(
                    name=" ".join(name.split()),
                    printed=printed,
                    acronym=acronym,
                    alone=len(text) - len(name) <= (14 if acronym else 2),
                )
            )
    return found


def _is_whole(name: str) -> bool:
    """Whether a name says more than a kind and its rank: "Administración General" is a part of any of them."""
    kind, *rest = name.split()
    return bool(rest) and (kind == "Policía" or not {fold(word) for word in rest} <= _RANKS)


def _pieces(text: str) -> list[str]:
    """A text cut where a run of words in capitals begins or ends: a name in capitals stops where the case changes."""
    edges = [0, *(edge for m in _CAPITALS.finditer(text) for edge in (m.start(), m.end())), len(text)]
    return [piece for a, b in pairwise(edges) if (piece := text[a:b]).strip()]


def _from_capitals(text: str) -> str:
    """A piece in capitals with capitals at word starts only, letter by letter, so that names in it are found."""
    if not _CAPITALS.match(text):
        return text
    return re.sub(r"(?<![\w(])(?!\w+\))[^\W\d_]+", lambda m: _as_word(m.group()), text)


def _as_word(word: str) -> str:
    if word.lower() in _SMALL:
        return word.lower()
    capital = word.capitalize()
    return word if word in _KINDS.split() else _ACCENTS.get(capital, capital)


_CAPITALS = re.compile(
    r"(?<![\w/-])[A-ZÁÉÍÓÚÑ]{3,}(?:[ \t]+(?:[A-ZÁÉÍÓÚÑ]+(?![a-záéíóúñ])\.?|\([A-Z0-9]{2,10}\)))+(?![\w/-])"
)
_SMALL = frozenset(("de", "del", "la", "las", "los", "el", "y", "e", "para", "en", "a", "al"))
_ACCENTS = {
    plain.translate(str.maketrans("áéíóú", "aeiou")): plain for plain in _KINDS.split() if plain.lower() != fold(plain)
}


def _declarations(text: str) -> list[str]:
    """Values of "Entidad: …" lines that name an institution."""
    found = (_DECLARED.match(line.strip()) for line in text.splitlines())
    values = (" ".join(match["value"].split()) for match in found if match)
    return [value for value in values if len(value.split()) <= 14 and _mentions(value)]


def _agencies(text: str) -> list[_Mention]:
    """Agencies called by what they run, in a head that says nothing else: "Correos de Chile · memoria"."""
    found = []
    for part in re.split(r"\s+[·•|–—-]\s+|[,;:]\s", text):
        match = _AGENCY.fullmatch(part.strip())
        if match and is_country(match["country"]):
            found.append(_Mention(name=part.strip(), printed=part.strip(), acronym=None, alone=True))
    return found


_TITLED = re.compile(r"\s*(?P<name>[A-ZÁÉÍÓÚÑ][^()\d:.;]{8,110}?)\s*[,–-]?\s*\((?P<acronym>[A-ZÑ]{3,12})\)\s*")


def _with_acronym(text: str) -> list[_Mention]:
    """Lines that begin with a name and its acronym: "SERVICIO DE RIEGO Y SEMILLAS (SERISE)".

    Its kind need no word of rank then; a name of no known kind must have the letters of its acronym.
    """
    found = []
    for line in text.splitlines():
        match = _TITLED.match(line)
        if match is None or (match.end() < len(line) and not match["name"].isupper()):
            continue  # in capitals it may stand before the title of the report: "JUNTA DE RIEGO (JR) INFORME ANUAL…"
        printed = " ".join(match["name"].split())
        name = " ".join(_as_word(w) for w in printed.split()) if printed.isupper() else printed
        if name.split()[0] not in _KINDS.split() and not stands_for(match["acronym"], name.split()):
            continue
        found.append(_Mention(name=name, printed=printed, acronym=match["acronym"], alone=True))
    return found


_LEFT_OPEN = re.compile(rf"(?P<kind>(?:{_START})(?:\s+{_WORD})?)\s+(?:del?)(?=\s*$|\s+(?:Del?|Al?)\s+\d)")
_BARE_NAME = re.compile(rf"{_WORD}(?:{_LINK}{{0,2}}\s+{_WORD}){{0,3}}")
_PLAIN_LINES = 3  # lines of a letterhead between the two halves of a name


def _torn(text: str, head: Sequence[str]) -> list[_Mention]:
    """A name whose second half stands on a line below: "Municipalidad de", "Ejercicio 2024", "Villa Alta"."""
    match = _LEFT_OPEN.search(text)
    if match is None:
        return []
    after = head[list(head).index(text) + 1 :][:_PLAIN_LINES]
    found = [line for line in after if _BARE_NAME.fullmatch(line.strip()) and not line.isupper()]
    if len(found) != 1 or find_periods(found[0]):
        return []
    name = f"{match['kind']} de {found[0].strip()}"
    return [_Mention(name=name, printed=name, acronym=None, alone=True)]


def _merge_shorter(scores: Counter[str]) -> None:
    """A name that another one begins with ("Secretaría X" in "Secretaría X del Estado") lends it its mentions."""
    for short in sorted(scores, key=len):
        longer = [k for k in scores if k != short and k.startswith(short + " ")]
        if longer and len(short.split()) > 2:
            best = max(longer, key=lambda k: scores[k])
            if scores[best] * 2 >= scores[short]:
                scores[best] += scores.pop(short)


def _merge_acronym_names(tally: _Tally) -> None:
    """A name that begins with the initials of another one's first words is that one: "GAD de X" is its full form."""
    for short in sorted(tally.scores, key=len):
        lead, *rest = short.split()
        for full in tally.scores:
            parts = full.split()
            size = len(parts) - len(rest)
            initials = "".join(word[0] for word in parts[:size] if word not in _SMALL)
            if size >= 2 and parts[size:] == rest and initials == lead:
                tally.scores[full] += tally.scores.pop(short)
                tally.others.setdefault(full, []).append(tally.name(short))
                tally.marked.setdefault(full, Counter()).update(tally.marked.get(short, Counter()))
                break


def _add_acronym_evidence(tally: _Tally, acronyms: Mapping[str, str], texts: Sequence[str]) -> None:
    """Mentions by acronym count for the name: "la SIE alcanza…"."""
    table = {fold(meaning): acronym for acronym, meaning in acronyms.items()}
    for key in list(tally.scores):
        acronym = next(iter(tally.marked.get(key, ())), None) or table.get(key)
        if acronym is None:
            continue
        times = sum(len(re.findall(rf"\b{re.escape(acronym)}\b", t)) for t in texts)
        tally.scores[key] += min(times, 10)


def _aliases(
    name: str, tally: _Tally, acronyms: Mapping[str, str], codes: Sequence[str], texts: Sequence[str]
) -> tuple[str, ...]:
    key = fold(name)
    found = [a for a, _ in tally.marked.get(key, Counter()).most_common(2)]
    found += [a for a, meaning in acronyms.items() if _is_same(meaning, name)]
    declared = re.search(r"\(([A-Z][A-Z0-9]{1,9})\)", name)
    if declared:
        found.append(declared[1])
    prefix = _prefix(codes, texts)
    if prefix and (prefix in found or fold(prefix) in key.split() or _initials(name).startswith(prefix[:2])):
        found.append(prefix)
    found += [a for a in _tokens(texts) if a not in acronyms and stands_for(a, name.split())]
    found += tally.others.get(key, [])
    place = _place(name)
    found += [place] if place else []
    return tuple(dict.fromkeys(a for a in found if fold(a) != key))


def _is_same(meaning: str, name: str) -> bool:
    """Whether the meaning of an acronym is the institution: the same kind, and one has all words of the other."""
    one, other = ([w for w in fold(text).split() if w not in _SMALL] for text in (meaning, name))
    return bool(one) and one[0] == other[0] and len(one) > 1 and (set(one) <= set(other) or set(other) <= set(one))


def _tokens(texts: Sequence[str]) -> list[str]:
    """Words in capitals amid other words, those said most first."""
    said: Counter[str] = Counter()
    for text in texts:
        said.update(token for piece in _pieces(text) if not _CAPITALS.match(piece) for token in _TOKEN.findall(piece))
    return [token for token, _ in said.most_common()]


_TOKEN = re.compile(r"(?<![\w/.-])[A-ZÁÉÍÓÚÑ]{3,10}(?![\w/-])")


def _place(name: str) -> str | None:
    """What a local government is called for short: "Municipalidad de Valle Hondo" → "Valle Hondo"."""
    words = [_as_word(w) if name.isupper() else w for w in re.sub(r"\([^)]*\)", " ", name).split()]
    while words and _TERRITORY.match(fold(" ".join(words))):
        cut = next((i for i, w in enumerate(words) if w.lower() in ("de", "del")), None)
        if cut is None:
            return None
        words = words[cut + 1 :]
        if words and words[0].lower() in ("la", "el", "los", "las") and _TERRITORY.match(fold(" ".join(words[1:]))):
            words = words[1:]
    short = " ".join(words)
    known = not short or short == name or fold(short) in _NO_PLACE or _NAME.search(short)
    return None if known or not words[0][0].isupper() else short


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[:1].isupper())


def _prefix(codes: Sequence[str], texts: Sequence[str]) -> str | None:
    """The first part of the numbers of letters, unless it is a unit's own acronym ("(UPE)" after a post)."""
    for code in codes:
        found = _CODE.match(code)
        if found and fold(found["first"]) not in _GENERIC and not any(f"({found['first']})" in t for t in texts):
            return found["first"]
    return None
