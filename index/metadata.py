"""What a report is: title, institution, country, currency and period, each from printed evidence or unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from index.blocks import Heading, ListBlock, Paragraph, RawTable, Reading
from index.chunks import definitions
from index.countries import country_of, currency_of
from index.institutions import find_institution
from index.model import Fact, Period, Role, RowKind, Table
from index.periods import MONTHS, describe, find_closings, find_periods
from index.text import fold

_YEAR_KEYS = frozenset(("gestion", "ejercicio", "ejercicio fiscal", "ano", "ano fiscal", "vigencia"))
_PERIOD_KEYS = frozenset(
    ("periodo", "mes", "trimestre", "cuatrimestre", "semestre", "periodo del", "corte", "fecha de corte")
)
_OWN_KEYS = frozenset(
    ("ente publico", "institucion", "entidad", "dependencia", "organismo", "municipalidad", "ente", "razon social")
)
_CODE_KEYS = frozenset(("memorando", "oficio", "circular", "nota", "informe", "no", "radicado"))
_MONTH = "|".join([*MONTHS, "setiembre"])
_DAY = re.compile(
    rf"\b\d{{1,2}}\s+(?:de\s+)?(?:{_MONTH})\s+(?:de\s+|del\s+)?(?:19|20)\d\d|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
)
_RANGE = re.compile(
    rf"\b(?:del?|entre|desde)\b[^.]{{0,20}}(?:{_MONTH})[^.]{{0,20}}\b(?:al?|y|hasta)\b[^.]{{0,20}}(?:{_MONTH})"
)
_ANNOUNCED = re.compile(r"\bperiodo (?:que va|que abarca|comprendido|reportado|informado|de(?:l)? (?:informe|reporte))")
_OPEN = re.compile(r"\b(?:del?|al?|la|los|las|y)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentMeta:
    """What is known of a report. Unknown fields are None; a person may correct each."""

    title: str
    institution: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None  # ISO 3166 alpha-2
    currency: str | None = None  # ISO 4217
    period: Period | None = None


@dataclass(kw_only=True, slots=True)
class _Texts:
    """The texts of a reading by how much they say of the whole report."""

    head: list[str] = field(default_factory=list)  # title, letterhead, memo head
    captions: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)

    def all(self) -> list[str]:
        return [*self.head, *self.captions, *self.headings, *self.prose, *self.cells]


def infer(reading: Reading, tables: Sequence[Table], file_name: str) -> DocumentMeta:
    """Title, institution, country, currency and period of a report.

    file_name serves only as the title of a report that prints none. Nothing is guessed: what the text does not show
    clearly stays None.
    """
    texts = _collect(reading, tables)
    institution = find_institution(
        [*texts.head, *(line for c in texts.captions for line in _joined(c.splitlines())), *texts.headings],
        texts.prose,
        _values(reading.facts, _OWN_KEYS),
        _values(reading.facts, _CODE_KEYS),
        texts.acronyms,
    )
    country = country_of(texts.all())
    period = _period(reading, texts, tables)
    return DocumentMeta(
        title=reading.title or _title(institution.name, period, file_name),
        institution=institution.name,
        aliases=institution.aliases,
        country=country,
        currency=currency_of([*texts.captions, *_headers(reading)], [*texts.head, *texts.prose, *texts.cells], country),
        period=period,
    )


def _title(institution: str | None, period: Period | None, file_name: str) -> str:
    if institution and period:
        return f"{institution}: {describe(period)}"
    stem = PurePath(file_name).stem
    return " ".join(re.sub(r"[_\-]+", " ", stem).split()) or file_name


def _values(facts: Iterable[Fact], keys: frozenset[str]) -> list[str]:
    return [f.value for f in facts if f.key in keys and f.value]


def _collect(reading: Reading, tables: Sequence[Table]) -> _Texts:
    texts = _Texts()
    if reading.title:
        texts.head.append(reading.title)
    values = [f"{f.value} {f.detail}".strip() for f in reading.facts if f.key not in _PERIOD_KEYS | _YEAR_KEYS]
    texts.head.extend(_joined(values))
    opening = True
    for block in reading.blocks:
        if isinstance(block, Heading):
            texts.headings.append(block.text)
        elif isinstance(block, Paragraph):
            opening = opening and len(block.text) <= 160
            (texts.head if opening else texts.prose).append(block.text)
        elif isinstance(block, ListBlock):
            opening = False
            texts.prose.extend(block.items)
        else:
            opening = False
            texts.captions.append(block.caption)
            texts.cells.extend(c.text for c in block.cells if any(ch.isalpha() for ch in c.text))
            texts.acronyms |= {a: b for a, b in definitions(block) if a and b}
    known = {" ".join(caption.split()) for caption in texts.captions}
    texts.captions.extend(t.caption for t in tables if " ".join(t.caption.split()) not in known)
    return texts


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines with one that ends in "de" or "al" glued to the next: "Municipalidad de" over "Valle Hondo".

    What "de" waits for is no date: a head in two columns may print "Del 02/01/2024…" in between.
    """
    found: list[str] = []
    waiting: int | None = None
    for line in lines:
        if waiting is not None and (fold(found[waiting]).endswith(("al", " a")) or not any(map(str.isdigit, line))):
            found[waiting] = f"{found[waiting]} {line}"
        else:
            found.append(line)
        if waiting is None or waiting == len(found) - 1 or not any(map(str.isdigit, line)):
            waiting = len(found) - 1 if _OPEN.search(fold(found[-1])) else None
    return found


def _headers(reading: Reading) -> list[str]:
    return [
        c.text
        for b in reading.blocks
        if isinstance(b, RawTable)
        for c in b.cells
        if c.row < (b.header_rows or 1) and c.text
    ]


def _period(reading: Reading, texts: _Texts, tables: Sequence[Table]) -> Period | None:
    """From the head of system reports; else the period most spoken of in title, captions and headings; else prose."""
    stated = _stated(reading)
    if stated is not None:
        return stated
    votes: Counter[Period] = Counter()
    titles = [reading.title] if reading.title else []
    for weight, group in ((3, titles), (2, texts.captions), (1, texts.headings)):
        for text in group:
            for period in periods_told(text):
                votes[period] += weight
    for text in _prose_head(texts):
        for period in periods_told(text):
            votes[period] += 1
    told: Counter[Period] = Counter()
    for text in texts.prose:
        for period in periods_told(text):
            told[period] += 2 if _ANNOUNCED.search(fold(text)) else 1
    return _winner(votes) or _winner(told, least=2) or _year_of_rows(tables)


def _year_of_rows(tables: Sequence[Table]) -> Period | None:
    """The one year that a column of years repeats on every row of every table that has one."""
    years = {
        row.cells[column.index].text.strip()
        for table in tables
        for column in table.columns
        if column.role is not Role.NUMBER and column.path and fold(column.path[-1]).strip(" .") in _YEAR_KEYS
        for row in table.rows
        if row.kind is RowKind.DATA
    }
    found = years.pop() if len(years) == 1 else ""
    return Period(year=int(found)) if re.fullmatch(r"(?:19|20)\d\d", found) else None


def _prose_head(texts: _Texts) -> list[str]:
    return [t for t in texts.head if len(t) <= 160]


def _winner(votes: Counter[Period], least: int = 1) -> Period | None:
    """The period with most votes that names its year; ties go to one that lies within the other, else to none."""
    dated = Counter({p: n for p, n in votes.items() if p.year is not None})
    ranking = dated.most_common(2)
    if not ranking or ranking[0][1] < least:
        return None
    if len(ranking) > 1 and ranking[0][1] == ranking[1][1]:
        first, second = ranking[0][0], ranking[1][0]
        if first.year != second.year:
            return None
        return min(first, second, key=lambda p: p.last - p.first)
    return ranking[0][0]


def periods_told(text: str) -> list[Period]:
    """Periods that a text speaks of. A plain date is none; "al 30 de junio de 2023" is the year up to June.

    >>> [describe(p) for p in periods_told("Ejecución al 30 de junio de 2023")]
    ['primer semestre de 2023']
    """
    folded = fold(text)
    if _RANGE.search(folded):
        return [m.period for m in find_periods(text)]
    closings = [m for m in find_closings(folded) if m.period.year is not None]
    for mention in reversed(closings):
        folded = folded[: mention.start] + " ; " + folded[mention.end :]
    rest = _DAY.sub(" ; ", folded)
    return [*(m.period for m in closings), *(m.period for m in find_periods(rest))]


def _stated(reading: Reading) -> Period | None:
    """The period of facts like GESTION: 2021 and PERIODO: ENERO; over several tables, the one most of them state."""
    votes: Counter[Period] = Counter()
    groups = [b.facts for b in reading.blocks if isinstance(b, RawTable) and b.facts] or [reading.facts]
    for facts in groups:
        years = {m.period.year for v in _values(facts, _YEAR_KEYS) for m in find_periods(v)} - {None}
        year = years.pop() if len(years) == 1 else None
        told = [p for v in _values(facts, _PERIOD_KEYS) for p in periods_told(v)]
        for period in told[:1]:
            known = period if period.year is not None else Period(year=year, first=period.first, last=period.last)
            votes[known] += 1
        if not told and year is not None:
            votes[Period(year=year)] += 1
    return _winner(votes)
