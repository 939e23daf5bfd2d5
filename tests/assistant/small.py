"""Assistants over one small report."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from assistant.model import Answer
from index.ingest import read_report
from index.memory_store import MemoryStore
from tests.building import report, table


def ask(grid: str, text: str) -> Answer:
    """The answer from a report that holds nothing but the table. grid: as `tests.building.table` takes it."""
    store = MemoryStore()
    store.add(report(table(grid)))
    return Assistant(store).ask(text)


def assistant_over(path: Path, text: str) -> Assistant:
    """An assistant over one report written as plain text, read from a file as people's are."""
    path.write_text(text, encoding="utf-8")
    store = MemoryStore()
    store.add(read_report(path))
    return Assistant(store)
