"""Questions to one table of the Junta de Caminos, 2023: its budget by stage, its goals, its months of two years."""

from __future__ import annotations

from assistant.assistant import Assistant
from assistant.model import Answer
from index.memory_store import MemoryStore
from index.model import Period
from tests.building import report, table

STAGES = """
Grupo               | Aprobado =asignado,PYG | Vigente =vigente,PYG | Obligado =devengado,PYG | Pagado =pagado,PYG
[100] Servicios     | 50.00                  | 60.00                | 40.00                   | 25.00
[200] Obras viales  | 80.00                  | 70.00                | 66.00                   | 60.00
T: TOTAL            | 130.00                 | 130.00               | 106.00                  | 85.00
"""
GOALS = """
Producto                     | Programado =programado | Evaluado =alcanzado
Talleres de vados            | 4.00                   | 5.00
Reportes de puentes          | 8.00                   | 6.00
Visitas a escuelas           | 9.00                   | 9.00
"""
YEARS = """
Mes      | Incendios/2022 =,,2022 | Incendios/2023 =,,2023
Marzo    | 62.00                  | 88.00
Abril    | 97.00                  | 121.00
T: Total | 159.00                 | 209.00
"""


def ask(grid: str, text: str, *history: str) -> Answer:
    """The answer from a report that holds nothing but the table. history: earlier questions, oldest first."""
    store = MemoryStore()
    store.add(report(table(grid), institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    return Assistant(store).ask(text, history=history)
