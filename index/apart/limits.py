"""How much time and memory reading may take."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """page_seconds: the longest a page may keep its process silent (a scan takes 5 to 15, more on a busy machine).

    file_seconds: the longest for a file that is read in one go. memory: bytes of address space of one process.
    skipped: pages that may fail before the file is given up.
    """

    page_seconds: float = 150.0
    file_seconds: float = 300.0
    memory: int = 2048 * MEGABYTE
    skipped: int = 5
    workers: int = 0  # processes side by side; 0: as many as there are cores, four at most

    @property
    def crew(self) -> int:
        return self.workers or max(1, min(os.cpu_count() or 1, 4))


DEFAULT = Limits()
