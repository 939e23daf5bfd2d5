"""What a question says, before any report is looked at: words, operation cues, measures, periods, codes, numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from index.frame import DOCUMENT_STEMS, is_frame, strip_frame
from index.lexicon import Phrase, lexicon
from index.model import Level, Period
from index.periods import find_closings, find_periods
from index.text import STOPWORDS, spans, stem

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
    r"(?<!\S)(?P<cmp>(?:mas|menos|mayor(?:es)?|menor(?:es)?|arriba|encima|abajo|debajo|superior(?:es)?|inferior(?:es)?"
    r"|sobre|al menos|por lo menos|como minimo|como maximo|hasta|super(?!v|i|av)\w+|exced\w+|pas\w+)"
    r"(?: (?:de|del|a|al|que|el|los|las|la|un))*) "
    r"(?P<num>\d[\d.,]*%?|" + "|".join(NUMBER_WORDS) + r")(?P<scale> (?:millones|millon|miles|mil|mdp)\b)?"
    r"(?P<pct> ?%| por ?ciento| ?porciento)?"
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
class Mention:
    """Words that name a measure of the lexicon."""

    measure: str
    tokens: frozenset[int]


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
class Analysis:
    """Everything read off the words of one question. Sets hold token positions."""

    text: str
    tokens: tuple[Token, ...]
    cues: Mapping[str, frozenset[int]] = field(default_factory=dict)
    orders: Mapping[str, frozenset[int]] = field(default_factory=dict)
    conditions: Mapping[str, frozenset[int]] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    periods: tuple[tuple[Period, frozenset[int]], ...] = ()
    codes: tuple[Coded, ...] = ()
    tables: tuple[Coded, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    count: int | None = None  # top n
    count_tokens: frozenset[int] = frozenset()
    level: Level | None = None
    accumulated: bool = False
    generic: frozenset[int] = frozenset()  # words that name a report or institution in general

    @property
    def content(self) -> frozenset[int]:
        return frozenset(t.position for t in self.tokens if t.content)

    def has(self, *names: str) -> bool:
        return any(name in self.cues for name in names)

    def words(self, positions: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.tokens[i].text for i in sorted(positions))


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    raw = tomllib.loads(files("assistant").joinpath("data/operations.toml").read_text("utf-8"))
    return {
        group: {
            name: tuple(re.compile(rf"(?<!\S)(?:{p})(?!\S)") for p in patterns) for name, patterns in raw[group].items()
        }
        for group in ("cues", "order", "condition")
    }


@lru_cache(maxsize=1)
def light_words() -> frozenset[str]:
    """Verbs and adverbs that say nothing of what is asked about."""
    raw = tomllib.loads(files("assistant").joinpath("data/operations.toml").read_text("utf-8"))
    return frozenset(raw["light"]["words"])


def analyse(text: str) -> Analysis:
    """Read one question. Nothing here depends on what is loaded."""
    stripped = strip_frame(text) or text
    tokens = _tokens(stripped)
    line, starts = _line(tokens)
    periods = _periods(stripped, tokens)
    timed = frozenset(i for _, used in periods for i in used)
    thresholds = _thresholds(line, starts, timed)
    limited = frozenset(i for t in thresholds for i in t.tokens)
    data = _data()
    cues = _find(data["cues"], line, starts, taken=limited)
    comparing = frozenset(i for name in ("difference",) for i in cues.get(name, ()))
    orders = _find(data["order"], line, starts, taken=limited | comparing)
    conditions = _find(data["condition"], line, starts, taken=limited)
    count, count_tokens = _count(tokens, timed | limited, bool(orders))
    codes, tables = _codes(tokens, timed | limited | count_tokens)
    mentions = _mentions(tokens, blocked=timed)
    stems = tuple(t.stem for t in tokens)
    return Analysis(
        text=stripped,
        tokens=tokens,
        cues=cues,
        orders=orders,
        conditions=conditions,
        mentions=mentions,
        periods=periods,
        codes=codes,
        tables=tables,
        thresholds=thresholds,
        count=count,
        count_tokens=count_tokens,
        level=level_of(stems),
        accumulated=any(_has(stems, p) for p in lexicon().accumulated),
        generic=frozenset(t.position for t in tokens if t.stem in DOCUMENT_STEMS),
    )


def _tokens(text: str) -> tuple[Token, ...]:
    found = spans(text)
    return tuple(
        Token(
            position=i,
            text=word,
            stem=stem(word),
            content=_counted(found, i) or _says_something(word),
            start=start,
            end=end,
        )
        for i, (word, start, end) in enumerate(found)
    )


def _says_something(word: str) -> bool:
    letter = len(word) == 1 and word.isalpha()
    return word not in STOPWORDS and not is_frame(word) and word not in light_words() and word != "%" and not letter


def _counted(found: list[tuple[str, int, int]], i: int) -> bool:
    """Whether a word is what "cuántos" counts: that one is never waved through ("¿cuántos años…?")."""
    return i > 0 and found[i - 1][0] in ("cuantos", "cuantas") and found[i][0] in ("anos", "cuentas", "numeros")


def _line(tokens: tuple[Token, ...]) -> tuple[str, list[int]]:
    starts, position = [], 0
    for token in tokens:
        starts.append(position)
        position += len(token.text) + 1
    return " ".join(t.text for t in tokens), starts


def _covered(match: re.Match[str], starts: list[int]) -> frozenset[int]:
    return frozenset(i for i, start in enumerate(starts) if match.start() <= start < match.end())


def _find(
    patterns: Mapping[str, tuple[re.Pattern[str], ...]], line: str, starts: list[int], taken: frozenset[int]
) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for name, options in patterns.items():
        used: set[int] = set()
        for pattern in options:
            for match in pattern.finditer(line):
                covered = _covered(match, starts)
                if not covered & taken:
                    used |= covered
        if used:
            found[name] = frozenset(used)
    return found


def _periods(text: str, tokens: tuple[Token, ...]) -> tuple[tuple[Period, frozenset[int]], ...]:
    return tuple(
        (m.period, frozenset(t.position for t in tokens if m.start <= t.start < m.end)) for m in find_periods(text)
    )


def closings(analysis: Analysis) -> tuple[tuple[Period, frozenset[int]], ...]:
    """ "al 30 de junio", "al cierre de agosto": what adds up from January, with the words that say so."""
    return tuple(
        (m.period, frozenset(t.position for t in analysis.tokens if m.start <= t.start < m.end))
        for m in find_closings(analysis.text)
    )


def _thresholds(line: str, starts: list[int], blocked: frozenset[int]) -> tuple[Threshold, ...]:
    found = []
    for match in _THRESHOLD.finditer(line):
        covered = _covered(match, starts)
        if covered & blocked:
            continue
        value = read_number(match["num"].rstrip("%"))
        if value is None:
            continue
        percent = bool(match["pct"]) or match["num"].endswith("%") or match["num"] == "mitad"
        scale = _SCALES.get((match["scale"] or "").strip(), 1)
        word = match["cmp"]
        low = word.startswith(("menos", "menor", "abajo", "debajo", "inferior", "hasta", "como maximo"))
        equal = word.startswith(("al menos", "por lo menos", "como", "hasta"))
        found.append(
            Threshold(
                comparison=("<" if low else ">") + ("=" if equal else ""),
                value=value * scale,
                percent=percent,
                tokens=covered,
            )
        )
    return tuple(found)


def read_number(text: str) -> Decimal | None:
    """A number as a person types it in a question: 90, 1,500, 1.500, 2.5, "cinco". None when it is none."""
    if text in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[text])
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return Decimal(re.sub(r"[.,]", "", text))
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _codes(tokens: tuple[Token, ...], blocked: frozenset[int]) -> tuple[tuple[Coded, ...], tuple[Coded, ...]]:
    codes: list[Coded] = []
    tables: list[Coded] = []
    noun, noun_at = "", -1
    for token in tokens:
        i = token.position
        digits = any(c.isdigit() for c in token.text)
        if not digits or i in blocked or "%" in token.text:
            if token.text in ("y", "e", "numero", "no", "nro", "num", "n", "codigo", "o", "con", "el", "la", "al", "a"):
                continue  # "producto número 22", "productos 22 y 23"
            roman = re.fullmatch(r"[ivx]+", token.text)
            if roman and noun in _TABLE_NOUNS and noun_at == i - 1:
                tables.append(Coded(noun=noun, code=token.text, tokens=frozenset({noun_at, i})))
            noun, noun_at = ("", -1) if token.text in STOPWORDS else (token.text, i)
            continue
        used = frozenset({i, noun_at} - {-1}) | frozenset(range(noun_at + 1, i) if noun_at >= 0 else ())
        singular = re.sub(r"s$", "", noun)
        if singular in _TABLE_NOUNS:
            tables.append(Coded(noun=singular, code=token.text, tokens=used))
        elif i > 0 and tokens[i - 1].text == "como":
            continue  # "categorías como 11-01-000-001": an example, not what is asked
        elif noun or re.search(r"\d-\d", token.text):
            codes.append(Coded(noun=noun, code=token.text, tokens=used))
    return tuple(codes), tuple(tables)


def _count(tokens: tuple[Token, ...], blocked: frozenset[int], ranked: bool) -> tuple[int | None, frozenset[int]]:
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
            and before.text in ("top", "los", "las", "primeros", "primeras", "ultimos", "ultimas")
        ):
            return value, frozenset({token.position, before.position})
    first = tokens[0] if tokens else None
    if first is not None and (first.text.isdigit() or NUMBER_WORDS.get(first.text, 0) > 1) and 0 not in blocked:
        value = int(first.text) if first.text.isdigit() else NUMBER_WORDS[first.text]
        return (value, frozenset({0})) if value <= 100 else (None, frozenset())
    return None, frozenset()


def _mentions(tokens: tuple[Token, ...], blocked: frozenset[int]) -> tuple[Mention, ...]:
    """Measures named, longest phrase first. Small words between the words of a phrase do not matter."""
    kept = [t for t in tokens if t.text not in _SMALL and t.position not in blocked]
    found: list[Mention] = []
    taken: set[int] = set()
    for size in range(4, 0, -1):
        for start in range(len(kept) - size + 1):
            window = kept[start : start + size]
            positions = frozenset(t.position for t in window)
            if positions & taken or window[-1].position - window[0].position > size + 2:
                continue
            measure = _ask_table().get(tuple(t.stem for t in window))
            if measure == "modificacion" and size == 1 and window[0].text.startswith("modificad"):
                measure = "vigente"  # "el modificado" is the budget after its changes, where the table has no other
            if measure == "alcanzado" and size == 1 and not _is_deed(tokens, window[0]):
                continue  # "registro de puestos", "entrega de becas": names of things
            if measure is not None:
                found.append(Mention(measure=measure, tokens=positions))
                taken |= positions
    return tuple(sorted(found, key=lambda m: min(m.tokens)))


_DEED = re.compile(r"(aron|ieron|[ai]d[oa]s?|io|jo|zo|ech[oa]s?|adas|to)$")


def _is_deed(tokens: tuple[Token, ...], token: Token) -> bool:
    """Whether a word for something done is a verb or participle, or a header word, rather than the name of a thing."""
    if _DEED.search(token.text) or token.text in ("avance", "avances", "logro", "logros", "resultado", "resultados"):
        return True
    before = tokens[token.position - 1].text if token.position else ""
    after = tokens[token.position + 1].text if token.position + 1 < len(tokens) else ""
    return before in ("se", "lo") or (token.text.endswith("o") and after in ("la", "el", "los", "las"))


_SMALL = frozenset("de del la el los las a al por en su para se".split())


@lru_cache(maxsize=1)
def _ask_table() -> dict[Phrase, str]:
    table: dict[Phrase, str] = {}
    for measure in lexicon().measures.values():
        for option in measure.ask:
            table.setdefault(option, measure.id)
    return table


def _has(stems: tuple[str, ...], part: Phrase) -> bool:
    return any(stems[i : i + len(part)] == part for i in range(len(stems) - len(part) + 1))


def level_of(stems: tuple[str, ...]) -> Level | None:
    """Money or goals, when words outside the rows' labels tell."""
    known = lexicon()
    financial = any(_has(stems, p) for p in known.financial)
    physical = any(_has(stems, p) for p in _PHYSICAL_WORDS)
    if financial == physical:
        return None
    return Level.FINANCIAL if financial else Level.PHYSICAL


_PHYSICAL_WORDS = tuple((stem(w),) for w in ("fisica", "fisico", "meta", "metas", "cantidad"))
