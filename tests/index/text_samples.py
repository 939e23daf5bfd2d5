"""Invented reports in the dresses that text files come in."""

from __future__ import annotations

from index.blocks import RawTable, Reading


def tables(reading: Reading) -> list[RawTable]:
    return [b for b in reading.blocks if isinstance(b, RawTable)]


def rows(table: RawTable) -> list[list[str]]:
    height, width = table.shape
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def path(table: RawTable, column: int) -> tuple[str, ...]:
    """Header texts over a column, outermost first."""
    over = [c for c in table.cells if c.row < (table.header_rows or 0) and c.column <= column < c.column + c.columns]
    return tuple(c.text for c in sorted(over, key=lambda c: c.row) if c.text)


MEMO = """



Despacho

OFICIO DIPESCA-UPE-041-2022

PARA: ING. ROSA MARÍA TZUL

Encargada de la Oficina de Acceso
a la Información

DE: LIC. PEDRO COC ICAL

Jefe de Planificación

del Despacho (UPE)

FECHA: 03 de marzo de 2022

ASUNTO: ENTREGA DE REPORTES DE
FEBRERO

En respuesta a su **OFICIO DIPESCA-OAI-007-2022** se entregan los reportes del mes. Los documentos son los siguientes:

- 1. Reporte de producción.
- 2. Comparativo por actividad, febrero 2022.

Atentamente,

CC. Archivo
"""

HEADER = "CODIGO\tACTIVIDAD\tUE\tPROGRAMADO\tEVALUADO\tDIFERENCIA"
PAGED = f"""{MEMO}


REP:F00120 GESTION:2022 03/03/2022 09:15:00 a.m.

PERIODO: FEBRERO

{HEADER}
07-01\t1-Lanchas inspeccionadas.\t3\t1,200.00\t1,150.50\t49.50
07-01\t2-Carnés de pesca, emitidos.\t3\t10.00\t12.00\t-2.00


PESC

REP:F00120

GESTION:2022 03/03/2022 09:15:00 a.m.

PERIODO: FEBRERO EJERCICIO: 2022

{HEADER}
\t3-Vedas vigiladas, realizadas.\t3\t4.00\t4.00\t0.00
\t\t\tтот\tAL:\t51.50

USUARIO:PCOC Pagina 2 de 2



PESC

REP:F00120 GESTION:2022 03/03/2022 09:20:31 a.m.

PERIODO: FEBRERO

{HEADER}
07-02\t9-Talleres impartidos.\t3\t2.00\t2.00\t0.00
\t\t\tTOT\tAL:\t0.00

USUARIO:PCOC Pagina 1 de 1
"""


def cells(*rows: list[str]) -> str:
    """A table as a word-processor extraction prints it: a cell a line after a tab, a blank line after each row."""
    return "\n".join("".join(f"\t{c}\n" for c in row) for row in rows)


MERGED = [
    ["Obra", "Unidad", "Año 2024", "I Semestre 2024", "II Semestre 2024", "Total anual"],
    ["", "", "Meta", "Meta", "Meta", ""],
    ["", "", "Absoluta", "Relativa", "Absoluta", "Relativa", "Avance", "Absoluta", "Relativa", "Avance", ""],
    ["Puentes", "Metros", "90", "100 %", "40", "44 %", "38", "50", "56 %", "*52", "90"],
    ["Caminos\nvecinales", "Km", "7", "100 %", "3", "43%", "3", "4", "57%", "", "3"],
]

EXTRACTED = (
    """ [bookmark: _Toc1]Siglas
[image: C:\\fotos\\logo institucional.png]

"""
    + cells(["Sigla", "Significado"], ["DVH", "Dirección de Vialidad y Obras"], ["PVR", "Plan Vial Rural"])
    + """



[bookmark: _Toc2]Marco institucional
MISIÓN
Construir y cuidar los caminos del país con transparencia.
 VISIÓN
Ser en 2030 la red vial más segura de la región.
[bookmark: _Toc3]Objetivos


[bookmark: _Toc4]Caminos
· Abrir caminos en las aldeas.
· Mantener los puentes durante la época de
lluvias.
[bookmark: _Toc5]Población
La población atendida vive en 40 aldeas. Las principales tareas son:
a. Limpiar cunetas
b. Pintar señales

[bookmark: _Toc6]Cuadro 1: Avance de obras 2024
(En miles de quetzales)
"""
    + cells(*MERGED)
    + """


*Incluye los metros del puente peatonal.

[bookmark: _Toc7]Gestión
· Se firmaron convenios con tres entidades, que son:
a. Municipalidad de
Las Flores
b. Comité de riego
· El plan alcanzó un 64% de avance.
"""
)

ALIGNED = """INFORME DE GASTOS

1.2 Ejecución

Cuadro 2. Gasto por programa
En miles de pesos
---------------------------------------------------------
Código   Programa                  Vigente      Ejecutado
---------------------------------------------------------
01       Dirección superior      12,500.00       3,100.50
02       Obras y caminos         40,000.00       8,250.00
         vecinales
         TOTAL                   52,500.00      11,350.50
Fuente: contabilidad.

Después del cuadro sigue un párrafo que lo comenta con calma.
"""

MARKDOWN = """# Informe anual 2023

## Gastos

Tabla 4. Gasto por mes

| Mes | Ingreso **propio** | Ejecutado |
|:----|------:|----:|
| Enero | 1.200,00 | 80 % |
| Febrero | 900,00 | N/D |

- uno
- dos
"""
