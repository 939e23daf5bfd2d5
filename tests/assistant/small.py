"""A question to one small table."""

from __future__ import annotations

from assistant.assistant import Assistant
from assistant.model import Answer
from index.memory_store import MemoryStore
from tests.building import report, table


def ask(grid: str, text: str) -> Answer:
    """The answer from a report that holds nothing but the table. grid: as `tests.building.table` takes it."""
    store = MemoryStore()
    store.add(report(table(grid)))
    return Assistant(store).ask(text)
