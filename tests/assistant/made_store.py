"""A store in memory with one small report of an invented institution, read from text as a load reads it."""

from __future__ import annotations

from pathlib import Path

from index.ingest import read_report
from index.memory_store import MemoryStore

FILE = "faros.txt"
REPORT = """INSTITUTO DE FAROS DE GUATEMALA

Informe de faros, segundo cuatrimestre de 2023

Misión

Mantener encendidos los faros de la costa para que ninguna nave se pierda.

Cuadro 1: Gasto por faro (En quetzales)

Faro\tVigente\tEjecutado
Punta Alta\t1,200.00\t600.00
Punta Baja\t800.00\t400.00
Isla Negra\t500.00\t125.00
"""
QUESTIONS = (
    "¿Cuánto ejecutó Punta Alta?",
    "porcentaje de ejecución de Isla Negra",
    "total vigente",
    "los 2 faros con mayor ejecutado",
    "¿Cuál es la misión?",
    "¿Cuánto ejecutó Punta Media?",
    "ejecutado de punta",
    "cuanto ejecuto punat baja",
)


def made_store(folder: Path) -> MemoryStore:
    """The store; the folder is for the file that is read."""
    path = folder / FILE
    path.write_text(REPORT, encoding="utf-8")
    store = MemoryStore()
    store.add(read_report(path))
    return store
