"""A thousand small reports of invented institutions, built in memory: as many names as a national office would hold.

Three tables of seventeen rows each: spending by object (names that every report shares), products (names of one
report alone) and programmes with codes. The same number always makes the same report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from random import Random

from index.model import Cell, Chunk, ChunkKind, Column, Document, Level, Period, Report, Role, Row, RowKind, Table

ROWS = 16  # data rows of a table; the seventeenth is the total
_KINDS = ("Dirección", "Instituto", "Consejo", "Oficina", "Comisión", "Centro", "Agencia", "Servicio")
_FIELDS = (
    "Faros", "Puentes", "Semillas", "Canales", "Museos", "Bosques", "Caminos", "Vacunas", "Correos", "Teatros",
    "Acueductos", "Catastro", "Bibliotecas", "Meteorología", "Aeropuertos", "Pesca", "Minería", "Deportes", "Turismo",
    "Ferrocarriles", "Abejas", "Cooperativas", "Patentes", "Mercados", "Parques",
)  # fmt: skip
_TOWNS = ("Lomaverde", "Arenaclara", "Puerto Hondo", "Valle Gris", "Tres Ceibas")
_COUNTRIES = (("GT", "GTQ"), ("HN", "HNL"), ("CR", "CRC"), ("PE", "PEN"), ("CO", "COP"))
_OBJECTS = (
    "Servicios personales", "Jornales", "Alimentos para personas", "Combustibles y lubricantes", "Papel y cartón",
    "Energía eléctrica", "Telefonía", "Arrendamiento de edificios", "Viáticos en el interior", "Equipo de cómputo",
    "Mobiliario", "Seguros", "Mantenimiento de vehículos", "Impresión y encuadernación", "Becas", "Cuotas a organismos",
)  # fmt: skip
_DEEDS = ("Inspección", "Reparación", "Capacitación", "Registro", "Limpieza", "Entrega", "Censo", "Diseño")
_THINGS = (
    "linternas", "andamios", "viveros", "expedientes", "vitrinas", "senderos", "cunetas", "jeringas", "buzones", "telones",
    "válvulas", "planos", "estantes", "pluviómetros", "pistas", "redes", "túneles", "canchas", "miradores", "durmientes",
    "colmenas", "balanzas", "marcas", "puestos", "fuentes",
)  # fmt: skip
_PLACES = ("la costa", "la sierra", "el delta", "la meseta", "el altiplano", "la ribera", "el istmo", "la llanura")


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A report with names that questions may use."""

    report: Report
    institution: str
    shared: str  # a row that every report has
    own: str  # a row that few reports have
    code: str


def made_library(count: int) -> Iterator[Made]:
    """The first reports of the library, at most 1,000."""
    names = product(_TOWNS, _KINDS, _FIELDS)
    for number, (town, kind, field) in zip(range(count), names, strict=False):
        yield _made(number, f"{kind} de {field} de {town}")


def _made(number: int, institution: str) -> Made:
    random = Random(number)
    country, currency = random.choice(_COUNTRIES)
    ident = f"{number:016x}"
    deeds = [f"{deed} de {thing} en {place}" for deed, thing, place in product(_DEEDS, _THINGS, _PLACES)]
    own = random.sample(deeds, ROWS)
    codes = [f"{random.randint(10, 99)}-{i:02d}" for i in range(1, ROWS + 1)]
    programmes = [f"Programa de {deed.lower()}" for deed in random.sample(deeds, ROWS)]
    money = ("Asignado", "asignado"), ("Vigente", "vigente"), ("Ejecutado", "ejecutado")
    goals = ("Meta programada", "programado"), ("Meta ejecutada", "ejecutado")
    place = {"ident": ident, "currency": currency}
    tables = (
        _table(random, list(_OBJECTS), money, number=1, title="Gasto por objeto", noun="Renglón", **place),
        _table(random, own, goals, number=2, title="Productos", noun="Producto", level=Level.PHYSICAL, **place),
        _table(random, programmes, money, number=3, title="Programas", noun="Programa", codes=codes, **place),
    )
    document = Document(
        id=ident,
        file=f"informe-{number:04d}.txt",
        title=f"Informe de {institution}",
        kind="txt",
        institution=institution,
        country=country,
        currency=currency,
        period=Period(year=random.randint(2018, 2024)),
    )
    report = Report(document=document, tables=tables, chunks=tuple(_chunks(ident, institution, own)))
    return Made(report=report, institution=institution, shared=random.choice(_OBJECTS), own=own[3], code=codes[5])


def _table(
    random: Random,
    labels: list[str],
    measures: tuple[tuple[str, str], ...],
    *,
    ident: str,
    number: int,
    title: str,
    noun: str,
    currency: str,
    level: Level = Level.FINANCIAL,
    codes: list[str] | None = None,
) -> Table:
    first = (("Código", Role.KEY),) if codes else ()
    heads = (*first, (noun, Role.LABEL))
    columns = [Column(index=i, path=(head,), role=role) for i, (head, role) in enumerate(heads)]
    for head, measure in measures:
        unit = currency if level is Level.FINANCIAL else None
        columns.append(
            Column(
                index=len(columns),
                path=(head,),
                role=Role.NUMBER,
                measure=measure,
                level=level,
                unit=unit,
                convention="1,234.56",
            )
        )
    rows: list[Row] = []
    sums = [Decimal(0)] * len(measures)
    for i, label in enumerate(labels):
        values = [Decimal(random.randint(1_000, 9_000_000)) for _ in measures]
        sums = [a + b for a, b in zip(sums, values, strict=True)]
        code = codes[i] if codes else None
        rows.append(_row(i, RowKind.DATA, label, values, code))
    rows.append(_row(len(labels), RowKind.TOTAL, "TOTAL", sums, "" if codes else None))
    return Table(
        id=f"{ident}:t{number}",
        document=ident,
        caption=f"Cuadro {number}: {title}",
        number=str(number),
        columns=tuple(columns),
        rows=tuple(rows),
        currency=currency,
        order=number,
    )


def _row(index: int, kind: RowKind, label: str, values: list[Decimal], code: str | None) -> Row:
    first = () if code is None else (Cell(text=code),)
    cells = (*first, Cell(text=label), *(Cell(text=f"{value:,}.00", value=value) for value in values))
    return Row(index=index, kind=kind, label=label, code=code or None, cells=cells)


def _chunks(ident: str, institution: str, own: list[str]) -> Iterator[Chunk]:
    for i, label in enumerate(own[:10]):
        yield Chunk(
            id=f"{ident}:c{i}",
            document=ident,
            kind=ChunkKind.PARAGRAPH,
            section=("Resultados", label),
            text=f"En el año, {institution} llevó a cabo la {label.lower()} con personal de la propia entidad.",
            order=10 + i,
        )
