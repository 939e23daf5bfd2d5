"""The numbers of a question: limits ("más del 90 %"), codes ("producto 22"), tables, how many and which place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from index.text import STOPWORDS

NUMBER_WORDS = {
    word: n
    for n, group in enumerate(
        "cero|un uno una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince".split("|")
    )
    for word in group.split()
} | {"veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100, "mitad": 50}
_TABLE_NOUNS = frozenset({"cuadro", "tabla", "grafico", "grafica"})
_SCALES = {"mil": 1_000, "miles": 1_000, "millon": 1_000_000, "millones": 1_000_000, "mdp": 1_000_000}
_THRESHOLD = re.compile(
    r"(?<!\S)(?P<cmp>(?:mas|menos|mayor(?:es)?|menor(?:es)?|arriba|encima|abajo|debajo|bajo|superior(?:es)?|inferior(?:es)?"
    r"|sobre|al menos|por lo menos|como minimo|como maximo|hasta|(?:no (?:se )?)?(?:super(?!v|i|av)\w+|exced\w+|pas\w+|lleg\w+|alcanz\w+))"
    r"(?: (?:de|del|a|al|que|el|los|las|la|un|ni|siquiera))*) "
    r"(?P<num>\d[\d.,]*%?|"
    + "|".join(NUMBER_WORDS)
    + r")(?![a-z])(?P<scale> (?:millones|millon|miles|mil|mdp)\b(?P<half> y medi[oa]\b)?)?"
    r"(?P<pct> ?%| por ?ciento| ?porciento)?"
)
WHOLE = 100  # per cent
_BETWEEN = re.compile(
    r"(?<!\S)entre (?:el )?(?P<low>\d[\d.,]*%?)(?: ?%| por ?ciento)? (?:y|a) (?:el )?(?P<high>\d[\d.,]*%?)(?: ?%| por ?ciento)(?!\S)"
    r"|(?<!\S)entre (?:el )?(?P<one>\d[\d.,]*%) (?:y|a) (?:el )?(?P<other>\d[\d.,]*%)(?!\S)"
)
_OR_MORE = re.compile(
    r"(?<!\S)(?:(?:un |el |del? |al? |con )*)(?P<num>\d[\d.,]*%?)(?P<pct> ?%| por ?ciento| ?porciento)? o (?P<way>mas|menos)(?!\S)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One word. `content` is False for stop words and courtesy."""

    position: int
    text: str
    stem: str
    content: bool
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Coded:
    """A code with the noun that announces it: ("producto", "22"). The noun is "" for a bare code."""

    noun: str
    code: str
    tokens: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """ "más del 90 %": comparison is one of > >= < <=."""

    comparison: str
    value: Decimal
    percent: bool
    tokens: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """ "Los tres programas", "(son 3 actividades)": how many of something the question takes there to be."""

    value: int
    noun: str
    tokens: frozenset[int]


def covered(match: re.Match[str], starts: list[int]) -> frozenset[int]:
    return frozenset(i for i, start in enumerate(starts) if match.start() <= start < match.end())


def thresholds_of(line: str, starts: list[int], blocked: frozenset[int]) -> tuple[Threshold, ...]:
    found = []
    for match in _THRESHOLD.finditer(line):
        used = covered(match, starts)
        if used & blocked:
            continue
        value = read_number(match["num"].rstrip("%"))
        if value is None:
            continue
        percent = bool(match["pct"]) or match["num"].endswith("%") or match["num"] == "mitad"
        scale = _SCALES.get((match["scale"] or "").removesuffix(match["half"] or "").strip(), 1)
        value += Decimal("0.5") if match["half"] else 0
        word = match["cmp"]
        reach = re.match(r"(?:no (?:se )?)?(?:lleg|alcanz)", word) is not None
        if reach and (not percent or value == WHOLE):
            continue  # "llegaron a 50 familias"; "no llegaron al 100 %" is of the goal
        denied = word.startswith("no ")
        low = word.startswith(("menos", "menor", "abajo", "debajo", "bajo", "inferior", "hasta", "como maximo"))
        low = low or denied
        equal = word.startswith(("al menos", "por lo menos", "como", "hasta")) or reach != denied
        found.append(
            Threshold(
                comparison=("<" if low else ">") + ("=" if equal else ""),
                value=value * scale,
                percent=percent,
                tokens=used,
            )
        )
    for match in _BETWEEN.finditer(line):
        used = covered(match, starts)
        ends = [read_number((match[k] or match[o]).rstrip("%")) for k, o in (("low", "one"), ("high", "other"))]
        if not used & (blocked | {i for t in found for i in t.tokens}) and None not in ends:
            found += [
                Threshold(comparison=way, value=value, percent=True, tokens=used)
                for way, value in zip((">=", "<="), ends, strict=True)
                if value is not None
            ]
    for match in _OR_MORE.finditer(line):
        used = covered(match, starts)
        value = read_number(match["num"].rstrip("%"))
        if value is not None and not used & (blocked | {i for t in found for i in t.tokens}):
            way = ">=" if match["way"] == "mas" else "<="
            percent = bool(match["pct"]) or match["num"].endswith("%")
            found.append(Threshold(comparison=way, value=value, percent=percent, tokens=used))
    return tuple(found)


def signed(limit: Threshold, text: str, tokens: tuple[Token, ...]) -> Threshold:
    """ "Más de -600000": the sign stands before the number, and between no words."""
    numbers = [tokens[i] for i in limit.tokens if tokens[i].text[:1].isdigit()]
    minus = any(re.search(r"(?:^|\s)[-−]$", text[: t.start]) for t in numbers)
    return replace(limit, value=-limit.value) if minus else limit


def read_number(text: str) -> Decimal | None:
    """A number as a person types it in a question: 90, 1,500, 1.500, 2.5, "cinco". None when it is none."""
    if text in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[text])
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return Decimal(re.sub(r"[.,]", "", text))
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def codes_of(
    tokens: tuple[Token, ...], blocked: frozenset[int], capitals: frozenset[int] = frozenset()
) -> tuple[tuple[Coded, ...], tuple[Coded, ...]]:
    codes: list[Coded] = []
    tables: list[Coded] = []
    noun, noun_at = "", -1
    for token in tokens:
        i = token.position
        digits = any(c.isdigit() for c in token.text)
        percent = "%" in token.text or (tokens[i + 1 : i + 2] and tokens[i + 1].text in ("%", "porciento", "por"))
        if not digits or i in blocked or percent:
            lettered = noun in _TABLE_NOUNS | _NUMBERED and noun_at == i - 1 and _is_letter(tokens, i, capitals)
            if not lettered and token.text in (
                "y",
                "e",
                "numero",
                "no",
                "nro",
                "num",
                "n",
                "codigo",
                "o",
                "en",
                "con",
                "el",
                "la",
                "al",
                "a",
            ):
                continue  # "producto número 22", "productos 22 y 23"
            roman = re.fullmatch(r"[ivx]+", token.text)
            named = roman or _is_letter(tokens, i, capitals)
            if named and noun in _NUMBERED and noun_at == i - 1:
                codes.append(Coded(noun=noun, code=token.text, tokens=frozenset({noun_at, i})))
            if named and noun in _TABLE_NOUNS and noun_at == i - 1:
                tables.append(Coded(noun=noun, code=token.text, tokens=frozenset({noun_at, i})))
            noun, noun_at = ("", -1) if token.text in STOPWORDS else (token.text, i)
            continue
        whole = _shortened(token.text, codes)
        if whole is not None and tokens[i - 1].position - max(codes[-1].tokens) <= 1:
            codes.append(Coded(noun=codes[-1].noun, code=whole, tokens=frozenset({i})))
            continue
        used = frozenset({i, noun_at} - {-1}) | frozenset(range(noun_at + 1, i) if noun_at >= 0 else ())
        singular = re.sub(r"s$", "", noun)
        if singular in _TABLE_NOUNS:
            tables.append(Coded(noun=singular, code=token.text, tokens=used))
        elif i > 0 and tokens[i - 1].text == "como":
            continue  # "categorías como 11-01-000-001": an example, not what is asked
        elif noun.startswith(("suma", "totaliza", "asciend", "cuadra")) and "-" not in token.text:
            continue  # "la tabla que suma 152": a total
        elif noun or re.search(r"\d-\d|\d\.\d+\.\d", token.text):
            codes.append(Coded(noun=noun, code=token.text, tokens=used))
    return tuple(codes), tuple(tables)


def _shortened(text: str, codes: Sequence[Coded]) -> str | None:
    """ "11-03-000-001, 002 y 003": the last segment of a code, after one told whole."""
    if not codes or not text.isdigit():
        return None
    whole = re.fullmatch(r"(.*)([-.])(\w+)", codes[-1].code)
    return f"{whole[1]}{whole[2]}{text}" if whole and len(whole[3]) == len(text) else None


_NUMBERED = frozenset({"concepto", "rubro", "numeral", "capitulo", "titulo", "inciso", "renglon", "fila"})
_PLACES = {"segund": 2, "tercer": 3, "cuart": 4, "quint": 5}
_SPANNED = re.compile(r"(bi|tri|cuatri)?mestre|semestre|nivel|informe|reporte|ano|mes|dia|piso|grado")


def place_of(tokens: tuple[Token, ...], blocked: frozenset[int], ranked: bool) -> tuple[int | None, frozenset[int]]:
    """The place asked for in a ranking ("el segundo producto con más presupuesto", "en tercer lugar")."""
    for token in tokens:
        if token.position in blocked or not (ranked or _as_place(tokens, token.position)):
            continue
        place = next((n for root, n in _PLACES.items() if re.fullmatch(root + "[oa]?s?", token.text)), None)
        after = tokens[token.position + 1].text if token.position + 1 < len(tokens) else ""
        if place is None or (_SPANNED.fullmatch(after) and not after.startswith("mes")):
            continue
        told = {token.position}
        if after in ("lugar", "puesto", "posicion", "sitio"):
            told.add(token.position + 1)
        if _as_place(tokens, token.position):
            told |= {p for p in (token.position - 1,) if tokens[p].text in ("de", "en")}
        return place, frozenset(told)
    return None, frozenset()


def _as_place(tokens: tuple[Token, ...], position: int) -> bool:
    """ "En tercer lugar", "queda de segundo": a place in an order, whatever else is said."""
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    before = [t.text for t in tokens[max(0, position - 2) : position]]
    return after in ("lugar", "puesto", "posicion") or (
        before[-1:] in (["de"], ["en"])
        and before[:1] in (["queda"], ["quedo"], ["quedan"], ["quedaron"], ["va"], ["esta"])
    )


def _is_letter(tokens: tuple[Token, ...], i: int, capitals: frozenset[int] = frozenset()) -> bool:
    """Whether a single letter is a table's ("cuadro B"): "a", "e", "o", "u", "y" only where they join nothing."""
    letter = tokens[i].text
    if len(letter) != 1 or not letter.isalpha():
        return False
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return (
        letter not in "aeouy"
        or i in capitals
        or after in ("", "y", "e", "o", "de", "del", "con", "en", "segun", "vs", "versus", "contra")
    )


_BEFORE_STATED = frozenset("los las sus son eran siendo estos estas esos esas seran suman".split())
_NOT_STATED = frozenset(
    "primeros primeras ultimos ultimas mayores menores mejores peores mas menos que de del por mil millones millon cientos "
    "reportes informes cuadros tablas documentos listados".split()
)
_MOST_STATED = 60


def stated_of(tokens: tuple[Token, ...], blocked: frozenset[int]) -> tuple[Stated, ...]:
    """The counts that a question states in passing ("los tres tipos", "son 3 actividades"), to be held against the rows.

    blocked: positions of the numbers that mean something else (a period, a limit, a code, a top n).
    """
    found = []
    for before, token in pairwise(tokens):
        value = int(token.text) if token.text.isdecimal() else NUMBER_WORDS.get(token.text, 0)
        after = tokens[token.position + 1].text if token.position + 1 < len(tokens) else ""
        asked = before.text in ("que", "cuales") and after.endswith("s")  # "¿en qué dos meses…?"
        if not (before.text in _BEFORE_STATED or asked) or token.position in blocked or not 1 < value <= _MOST_STATED:
            continue
        if after in _NOT_STATED or token.text in ("cien", "mitad") or any(c.isdigit() for c in after):
            continue
        found.append(Stated(value=value, noun=after, tokens=frozenset({token.position})))
    return tuple(found)


def _of_these(tokens: tuple[Token, ...], position: int) -> bool:
    """ "¿Cuál de los tres…?", "de los seis meses, ¿en cuál…?": one of them, and not those that come first."""
    before = [t.text for t in tokens[max(0, position - 3) : position]]
    rest = [t.text for t in tokens[position + 2 :]]
    if before[-1:] not in (["los"], ["las"]) or before[-2:-1] not in (["de"], ["entre"]):
        return False
    if position == len(before) == 2:  # "De las dos obras del río, ¿cuál va más lenta?"
        return any(t.text in ("cual", "cuales", "que", "quien") and t.position > position + 1 for t in tokens)
    return before[:1] in (["cual"], ["quien"]) or (rest[:1] not in (["con"], ["que"], ["de"]) and "cual" in rest)


def count_of(tokens: tuple[Token, ...], blocked: frozenset[int], ranked: bool) -> tuple[int | None, frozenset[int]]:
    """The n of "top 3", "los cinco productos", "las 3 mayores"."""
    if not ranked:
        return None, frozenset()
    for before, token in pairwise(tokens):
        value = NUMBER_WORDS.get(token.text) if token.text not in ("un", "una", "uno") else None
        if token.text.isdigit():
            value = int(token.text)
        if (
            value
            and value <= 100
            and before.text in ("top", "los", "las", "que", "primeros", "primeras", "ultimos", "ultimas")
            and not _of_these(tokens, token.position)
        ):
            return value, frozenset({token.position, before.position})
    first = tokens[0] if tokens else None
    if first is not None and (first.text.isdecimal() or NUMBER_WORDS.get(first.text, 0) > 1) and 0 not in blocked:
        value = int(first.text) if first.text.isdecimal() else NUMBER_WORDS[first.text]
        return (value, frozenset({0})) if value <= 100 else (None, frozenset())
    return None, frozenset()


_LIMITS = frozenset(("mas de", "menos de", "mayor a", "menor a", "superior a", "inferior a", "mayor de", "menor de"))
_CODED = frozenset("concepto capitulo partida cuenta codigo rubro renglon clave".split())


_PASSES = re.compile(r"(?:super(?!v|i)|exced|rebas|sobrepas)\w+$")


def numbers_row(tokens: tuple[Token, ...], used: frozenset[int]) -> bool:
    """ "El capítulo 2000" is a code of the budget, and no year."""
    at = min(used, default=0)
    before, after = [t.text for t in tokens[max(0, at - 2) : at]], tokens[at + 1 : at + 2]
    if len(used) == 1 and _PASSES.match(before[-1] if before else "") and after and after[0].text in ("de", "en"):
        return True  # "que superan 2000 de cantidad evaluada"
    if len(used) == 1 and " ".join(before) in _LIMITS and not (after and after[0].text in ("a", "que", "al", "y")):
        return True  # "más de 2000 de meta": an amount
    return len(used) == 1 and at > 0 and tokens[at - 1].text in _CODED and tokens[at].text.endswith("00")
