"""A store of invented reports for testing the instrument itself: written as grids, typed by hand."""

from __future__ import annotations

from index.model import Cell, Column, Document, Period, Report, Role, Row, RowKind, Table

GOALS = """
producto|programa|meta física/programada|meta física/alcanzada|presupuesto/vigente|presupuesto/devengado
12-Canales de riego revestidos|03-01|40.00|52.00|1,250,000.00|1,000,500.25
14-Compuertas automáticas instaladas|03-01|8.00|3.00|310,400.50|12,000.00
15-Capacitaciones a juntas de usuarios|03-02|0.00|5.00|90,000.00|90,000.00
18-Padrones de regantes actualizados|03-02|120.00|120.00|75,250.00|0.00
21-Estudios hidrológicos elaborados|03-02|4.00|0.00|45,100.00|4,510.00
TOTAL||||1,770,750.50|1,107,010.25
"""
MONTHLY = """
mes|solicitada|asignada|ejecutada
Enero|100,000|90,000|45,500
Febrero|120,000|110,000|99,000
Marzo|150,500|150,500|120,250
Abril|80,000|60,000|60,000
"""
SUMMARY = """
obra|vigente|devengado
Canales de riego revestidos|1,250,000.00|998,000.00
Compuertas automáticas instaladas|310,400.50|12,000.00
"""
SPENDING = """
concepto|2022/devengado|2023/devengado|2023/% de avance
Canales de riego revestidos|1.100.000,5|1.000.500,25|81,2%
Personal permanente|310.000,00|350.000,75|99,0%
Servicios de terceros|42.000,00|39.500,00|75,5%
"""


def made_reports() -> tuple[Report, ...]:
    water = Document(
        id="agua",
        file="agua-2023.txt",
        title="Informe de riego",
        kind="txt",
        institution="Junta de Riego del Valle",
        aliases=("JRV",),
        country="HN",
        period=Period(year=2023, first=1, last=4),
    )
    spending = Document(
        id="gasto",
        file="gasto-2023.xlsx",
        title="Gasto municipal",
        kind="xlsx",
        institution="Municipio de Tres Cerros",
        country="AR",
        period=Period(year=2023),
    )
    return (
        Report(
            document=water,
            tables=(
                _table("agua", 1, "Cuadro 1: Metas por producto", GOALS),
                _table("agua", 2, "Cuadro 2: Cuotas", MONTHLY),
                _table("agua", 3, "Cuadro 3: Obras mayores", SUMMARY),
            ),
            chunks=(),
        ),
        Report(document=spending, tables=(_table("gasto", 1, "Gasto por concepto", SPENDING),), chunks=()),
    )


def _table(document: str, number: int, caption: str, grid: str) -> Table:
    header, *lines = [line.split("|") for line in grid.strip().split("\n")]
    roles = [Role.LABEL if i == 0 else Role.KEY if name == "programa" else Role.NUMBER for i, name in enumerate(header)]
    columns = tuple(Column(index=i, path=tuple(name.split("/")), role=roles[i]) for i, name in enumerate(header))
    return Table(
        id=f"{document}:t{number}",
        document=document,
        caption=caption,
        number=str(number) if caption.startswith("Cuadro") else None,
        columns=columns,
        rows=tuple(_row(i, texts) for i, texts in enumerate(lines)),
    )


def _row(index: int, texts: list[str]) -> Row:
    code, dash, name = texts[0].partition("-")
    return Row(
        index=index,
        kind=RowKind.TOTAL if texts[0] == "TOTAL" else RowKind.DATA,
        label=name if dash else texts[0],
        code=code if dash else None,
        cells=tuple(Cell(text=text) for text in texts),
    )
