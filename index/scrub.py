"""Characters that no database and no screen can take: halves of letters and zeros that broken PDFs bring along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from index.blocks import Heading, ListBlock, Paragraph, Reading

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_MARK = "\ufffd"
_T = TypeVar("_T")


def scrub(reading: Reading) -> Reading:
    """The reading with every unfit character shown as "\ufffd" and a warning about it; mostly the reading itself."""
    if not any(_UNFIT.search(text) for text in _texts(reading)):
        return reading
    warning = f"Hay letras que el archivo no dice cuáles son; se muestran como «{_MARK}»."
    clean = _scrubbed(reading)
    return replace(clean, warnings=(*clean.warnings, warning))


def _texts(reading: Reading) -> Iterator[str]:
    yield reading.title or ""
    yield from (part.text for part in reading.left_out)
    for block in reading.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, ListBlock):
            yield from block.items
        else:
            yield block.caption
            yield from block.notes
            yield from (cell.text for cell in block.cells)
            yield from (fact.quote for fact in block.facts)
    yield from (fact.quote for fact in reading.facts)


def _scrubbed(value: _T) -> _T:
    """The same value with all its texts scrubbed, however deep."""
    found: Any = value
    if isinstance(found, str):
        found = _UNFIT.sub(_MARK, found)
    elif isinstance(found, tuple):
        found = tuple(map(_scrubbed, found))
    elif is_dataclass(found) and not isinstance(found, type):
        found = replace(found, **{f.name: _scrubbed(getattr(found, f.name)) for f in fields(found)})
    result: _T = found
    return result
