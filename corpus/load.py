"""Read a report from its data files: one TOML (`data/<stem>.toml`) and one CSV a table.

The body is light markup, one block a line: `# heading`, `- bullet`, `a) item`, `> note`, `! PARA: someone`,
`@tabla name`, `@hoja name`, `@salto`; any other line is a paragraph.
"""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

from corpus.model import Block, BlockKind, ReportSpec, RowMark, TableRow, TableSpec

DATA = Path(__file__).parent / "data"
_LETTER = re.compile(r"[a-z]\) ")


def report_stems(folder: Path = DATA) -> tuple[str, ...]:
    """The reports there are data for, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_report(stem: str, folder: Path = DATA) -> ReportSpec:
    """One report, ready to be rendered. Raises KeyError or ValueError where the data is incomplete."""
    raw = tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8"))
    tables = {name: _table(name, spec, folder / stem) for name, spec in raw["tabla"].items()}
    blocks = tuple(_block(line) for line in raw["cuerpo"].splitlines() if line.strip())
    for block in blocks:
        if block.kind is BlockKind.TABLE and block.text not in tables:
            raise KeyError(f"{stem}: the body names the table {block.text!r}, which has no data")
    return ReportSpec(
        stem=stem,
        kind=raw["formato"],
        title=raw["titulo"],
        institution=raw["institucion"],
        country=raw["pais"],
        running_head=raw["encabezado"],
        convention=raw["convencion"],
        landscape=raw.get("apaisado", False),
        blocks=blocks,
        tables=tables,
    )


def _table(name: str, spec: dict[str, Any], folder: Path) -> TableSpec:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        head, *body = list(csv.reader(lines))
    rows = tuple(TableRow(mark=RowMark(line[0]), cells=tuple(line[1:])) for line in body)
    header = tuple(tuple(line) for line in spec["cabecera"])
    keys = tuple(head[1:])
    for line in (*header, *(row.cells for row in rows)):
        if len(line) != len(keys):
            raise ValueError(f"{folder.name}/{name}: {line} does not have {len(keys)} cells")
    return TableSpec(
        name=name,
        caption=spec.get("titulo", ""),
        unit=spec.get("unidad", ""),
        keys=keys,
        header=header,
        rows=rows,
        texts=spec.get("textos", 1),
        widths=tuple(spec.get("anchos", ())),
        style=spec.get("estilo", "grid"),
        negatives=spec.get("negativos", "-"),
    )


def _block(line: str) -> Block:
    line = line.strip()
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        return Block(kind=BlockKind.HEADING, text=line[level:].strip(), level=level)
    for prefix, kind in (
        ("- ", BlockKind.BULLET),
        ("> ", BlockKind.NOTE),
        ("! ", BlockKind.HEAD),
        ("@tabla ", BlockKind.TABLE),
        ("@hoja ", BlockKind.SHEET),
        ("@salto", BlockKind.PAGE_BREAK),
    ):
        if line.startswith(prefix):
            return Block(kind=kind, text=line.removeprefix(prefix).strip())
    if _LETTER.match(line):
        return Block(kind=BlockKind.LETTER, text=line)
    return Block(kind=BlockKind.PARAGRAPH, text=line)
