"""What a question says, before any report is looked at: words, operation cues, measures, periods, codes, numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from assistant.clauses import Narrowing, without_clause
from assistant.named_measures import Mention, mentions_of
from assistant.numerals import (
    Coded,
    Stated,
    Threshold,
    Token,
    codes_of,
    count_of,
    covered,
    numbers_row,
    place_of,
    signed,
    stated_of,
    thresholds_of,
)
from assistant.rephrase import rephrased
from assistant.shorthand import spelled_out
from assistant.standings import Standing, standings_of, undone_of
from assistant.tokens import line_of, tokens_of
from index.frame import DOCUMENT_STEMS, strip_frame
from index.lexicon import Phrase, lexicon
from index.model import Level, Period
from index.periods import find_closings, find_periods
from index.text import fold, stem


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
    place: int | None = None  # "el segundo que más gastó"
    count_tokens: frozenset[int] = frozenset()
    stated: tuple[Stated, ...] = ()  # "los tres programas": how many rows the question takes there to be
    level: Level | None = None
    accumulated: bool = False
    generic: frozenset[int] = frozenset()  # words that name a report or institution in general
    narrowing: Narrowing | None = None  # "de los que tienen algo asignado"
    standings: tuple[Standing, ...] = ()  # "sin meta y con ejecución": what the rows asked for hold or lack
    content: frozenset[int] = field(init=False, repr=False, compare=False)  # words that carry meaning
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # `index.once`

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", frozenset(t.position for t in self.tokens if t.content))

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


def analyse(text: str) -> Analysis:
    """Read one question. Nothing here depends on what is loaded."""
    stripped = strip_frame(rephrased(spelled_out(_NOT_THAT.sub(" ", text)))) or text
    kept, narrowing = without_clause(stripped)
    read = _read(kept)
    if narrowing is None:
        return read
    if read.orders or read.has("average"):
        return replace(read, text=stripped, narrowing=narrowing)
    return _read(stripped)


def _read(stripped: str) -> Analysis:
    tokens = tokens_of(stripped)
    line, starts = line_of(tokens)
    periods = _periods(stripped, tokens)
    periods = tuple(p for p in periods if not numbers_row(tokens, p[1]))
    timed = frozenset(i for _, used in periods for i in used)
    thresholds = tuple(signed(t, stripped, tokens) for t in thresholds_of(line, starts, timed))
    limited = frozenset(i for t in thresholds for i in t.tokens)
    data = _data()
    cues = _find(data["cues"], line, starts, taken=limited)
    conditions = _find(data["condition"], line, starts, taken=limited)
    reaching = frozenset(i for name in ("met", "missed", "exceeded", "reached") for i in conditions.get(name, ()))
    if cues.get("percentage", reaching) <= reaching:  # "no llegaron al 100 %": the sign is part of the goal
        cues = {name: used for name, used in cues.items() if name != "percentage"}
    short = cues.get("difference", frozenset())
    if any(tokens[i].text.startswith(("falt", "rest")) for i in short):  # "¿cuántos faltaron para cumplir la meta?"
        conditions = {name: used for name, used in conditions.items() if name != "met" or not used & short}
    comparing = frozenset(i for name in ("difference",) for i in cues.get(name, ()))
    orders = _find(data["order"], line, starts, taken=limited | comparing | timed)
    count, count_tokens = count_of(tokens, timed | limited, bool(orders))
    place, place_tokens = place_of(tokens, timed | limited, bool(orders))
    count_tokens |= place_tokens
    if place is not None and not orders:
        orders = {"top": place_tokens}
    codes, tables = codes_of(tokens, timed | limited | count_tokens, _capitals(stripped, tokens))
    mentions = mentions_of(tokens, blocked=timed)
    if "share" in cues:  # "qué porcentaje del gasto de inversión es salud": the base is to be found, not waved through
        cues = {
            **cues,
            "share": frozenset(i for i in cues["share"] if not tokens[i].content or _SHARES.match(tokens[i].text)),
        }
        cues = {name: used for name, used in cues.items() if used}
    goals = conditions.keys() & {"greater", "less", "exceeded", "missed", "met", "reached", "equal"}
    passing = None if goals else _passing(tokens, mentions)
    if passing is not None:
        conditions = {**conditions, passing[0]: passing[1]}
        orders = {name: used - passing[1] for name, used in orders.items() if used - passing[1]}
        cues = {name: used - passing[1] if name == "difference" else used for name, used in cues.items()}
        cues = {name: used for name, used in cues.items() if used}
    less = _subtracted(tokens, mentions)
    if less:
        orders = {name: used - less for name, used in orders.items() if used - less}
        cues = {**cues, "difference": cues.get("difference", frozenset()) | less}
    mentions = _without_goal(mentions, orders, conditions)
    limited_by = any(t.value for t in thresholds)  # "mayor que cero" says that something is held, as "con" does
    standings = () if limited_by or orders else standings_of(tokens, line, starts)
    stood = frozenset(i for s in standings for i in s.words)
    if any(not used & stood for used in conditions.values()):
        standings = ()  # "tenían meta y la superaron": another condition stands beside, and both must hold
    if any(not t.tokens <= stood for t in thresholds):
        standings = ()
    if standings:
        thresholds = ()
        conditions = {name: used for name, used in conditions.items() if not used & stood} | {"standing": stood}
        cues = {name: used - stood for name, used in cues.items() if used - stood}
        mentions = tuple(m for m in mentions if not m.tokens & stood)
    undone = undone_of(tokens, line, starts) if not (conditions or orders or thresholds) else frozenset()
    if undone:
        conditions = {"none_done": undone}
        cues = {name: used - undone for name, used in cues.items() if used - undone}
        mentions = tuple(m for m in mentions if not m.tokens & undone)
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
        place=place,
        count_tokens=count_tokens,
        stated=stated_of(
            tokens, timed | limited | count_tokens | frozenset(i for c in (*codes, *tables) for i in c.tokens)
        ),
        level=level_of(stems),
        accumulated=any(_has(stems, p) for p in lexicon().accumulated),
        generic=frozenset(t.position for t in tokens if t.stem in DOCUMENT_STEMS),
        standings=standings,
    )


def _without_goal(
    mentions: tuple[Mention, ...],
    orders: Mapping[str, frozenset[int]],
    conditions: Mapping[str, frozenset[int]],
) -> tuple[Mention, ...]:
    """ "¿Cuál quedó más por debajo de su meta?": the goal and "quedó" are of the order, and nothing to be ordered by."""
    passed = frozenset(i for name in ("missed", "exceeded") for i in conditions.get(name, ()))
    if not orders or not passed:
        return mentions
    ordered = frozenset(i for used in orders.values() for i in used)

    def kept(mention: Mention) -> bool:
        if mention.measure == "programado":
            return not mention.tokens & passed
        if mention.measure != "saldo":
            return True
        after = max(mention.tokens) + 1
        while after in ordered - passed:
            after += 1
        return after not in passed

    return tuple(m for m in mentions if kept(m))


_NOT_THAT = re.compile(r"\(\s*no (?:el |la |los |las |lo |al? )?\w+\s*\)", re.IGNORECASE)  # "asignado (no vigente)"


def _find(
    patterns: Mapping[str, tuple[re.Pattern[str], ...]], line: str, starts: list[int], taken: frozenset[int]
) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for name, options in patterns.items():
        used: set[int] = set()
        for pattern in options:
            for match in pattern.finditer(line):
                words = covered(match, starts)
                if not words & taken:
                    used |= words
        if used:
            found[name] = frozenset(used)
    return found


def _periods(text: str, tokens: tuple[Token, ...]) -> tuple[tuple[Period, frozenset[int]], ...]:
    return tuple(
        (m.period, frozenset(t.position for t in tokens if m.start <= t.start < m.end)) for m in find_periods(text)
    )


def _capitals(text: str, tokens: tuple[Token, ...]) -> frozenset[int]:
    """The single letters typed as capitals ("el concepto A"), where not all is typed so."""
    if text.isupper() or len(fold(text)) != len(text):
        return frozenset()
    return frozenset(t.position for t in tokens if len(t.text) == 1 and text[t.start : t.end].isupper())


def closings(analysis: Analysis) -> tuple[tuple[Period, frozenset[int]], ...]:
    """ "al 30 de junio", "al cierre de agosto": what adds up from January, with the words that say so."""
    return tuple(
        (m.period, frozenset(t.position for t in analysis.tokens if m.start <= t.start < m.end))
        for m in find_closings(analysis.text)
    )


_SHARES = re.compile(
    r"porcentaje|cien|100|pesos|quetzales|lempiras|%|parte|propor|porcion|fraccion|tajada|participacion|peso|pesa|represent|correspond|destin|dedic|"
    r"equival|signific|concentr|total|aport|proven|provin|vino|llev|gasto$"
)


_MONEY_NOUNS = frozenset("cuota monto presupuesto cantidad suma importe credito".split())


def _passing(tokens: tuple[Token, ...], mentions: tuple[Mention, ...]) -> tuple[str, frozenset[int]] | None:
    """ "¿Qué meses gastaron más de lo que recaudaron?": which of two measures passes the other, row by row.

    The condition ("above", "below") and the words that make it; None where the rows are not what is asked for.
    """
    if len(mentions) != 2 or mentions[0].measure == mentions[1].measure:
        return None
    asks = {"que", "cual", "cuales", "cuantos", "cuantas"} & {t.text for t in tokens[: min(mentions[0].tokens) + 1]}
    first, second = max(mentions[0].tokens), min(mentions[1].tokens)
    more = [
        t.position
        for t in tokens[:second]
        if t.text in ("mas", "menos", "mayor", "menor")
        and (t.position <= first + 1 or tokens[t.position - 1].text in _MONEY_NOUNS)
    ]
    than = [
        t.position
        for t in tokens[first + 1 : second]
        if t.text in ("que", "a", "al")
        or (t.text == "de" and tokens[t.position + 1].text in ("lo", "la", "el", "las", "los"))
    ]  # "con mayor asignado de presupuesto" sets nothing against anything
    counted = tokens[more[-1] - 1].text if more and more[-1] else ""
    if not asks or not more or not than or counted in ("cuanto", "cuantos", "cuantas", "por"):
        return None
    if second - than[-1] > 3 or than[0] - max(more[-1], first) > 3:
        return None
    name = "above" if tokens[more[-1]].text in ("mas", "mayor") else "below"
    return name, frozenset({more[-1], *than})


def _subtracted(tokens: tuple[Token, ...], mentions: tuple[Mention, ...]) -> frozenset[int]:
    """ "La meta menos lo ejecutado": where "menos" takes one measure from another."""
    for one, other in pairwise(mentions):
        between = tokens[max(one.tokens) + 1 : min(other.tokens)]
        if between and between[0].text == "menos" and len(between) <= 2 and one.measure != other.measure:
            return frozenset({between[0].position})
    return frozenset()


def _has(stems: tuple[str, ...], part: Phrase) -> bool:
    return any(stems[i : i + len(part)] == part for i in range(len(stems) - len(part) + 1))


@lru_cache(maxsize=4096)  # asked of every table for the same few words
def level_of(stems: tuple[str, ...]) -> Level | None:
    """Money or goals, when words outside the rows' labels tell."""
    known = lexicon()
    financial = any(_has(stems, p) for p in known.financial)
    physical = any(_has(stems, p) for p in _PHYSICAL_WORDS)
    if financial == physical:
        return None
    return Level.FINANCIAL if financial else Level.PHYSICAL


_PHYSICAL_WORDS = tuple((stem(w),) for w in ("fisica", "fisico", "meta", "metas", "cantidad"))
