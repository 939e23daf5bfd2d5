"""Render a report as plain text (tabs, or columns aligned with spaces) or as a semicolon-separated file."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from corpus.model import BlockKind, ReportSpec, TableSpec, printed_cells

_GAP = "   "


def write_txt(report: ReportSpec, path: Path) -> None:
    """Write the report to `path` in UTF-8."""
    lines = [report.running_head, "", report.title.upper(), ""]
    for block in report.blocks:
        if lines[-1].startswith("  ") and block.kind not in (BlockKind.BULLET, BlockKind.LETTER):
            lines.append("")
        if block.kind is BlockKind.TABLE:
            lines += ["", *_table(report.tables[block.text], report.convention), ""]
        elif block.kind is BlockKind.HEADING:
            lines += ["", block.text.upper() if block.level == 1 else block.text, ""]
        elif block.kind is BlockKind.BULLET:
            lines.append(f"  - {block.text}")
        elif block.kind is BlockKind.LETTER:
            lines.append(f"     {block.text}")
        elif block.kind is BlockKind.PAGE_BREAK:
            lines.append("\f")
        else:
            lines += [block.text, ""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _table(table: TableSpec, convention: str) -> list[str]:
    head = [line for line in (table.caption, table.unit) if line]
    header = [tuple("" if cell in ("<", "^") else cell for cell in line) for line in table.header]
    body = [printed_cells(table, row, convention=convention) for row in table.rows]
    if table.style == "tabs":
        return head + ["\t".join(line) for line in (*header, *body)]
    widths = [max(len(line[place]) for line in (*header, *body)) for place in range(len(table.keys))]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))

    def aligned(cells: tuple[str, ...]) -> str:
        return _GAP.join(
            cell.ljust(width) if place < table.texts else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()

    return [*head, rule, *map(aligned, header), rule, *map(aligned, body), rule]


def write_csv(report: ReportSpec, path: Path) -> None:
    """Write the report to `path`: title and note lines of one cell, then the tables; separator ";"."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([report.title])
    for block in report.blocks:
        if block.kind is not BlockKind.TABLE:
            writer.writerow([block.text])
            continue
        table = report.tables[block.text]
        writer.writerows([[line] for line in (table.caption, table.unit) if line])
        writer.writerows([["" if cell in ("<", "^") else cell for cell in line] for line in table.header])
        writer.writerows(printed_cells(table, row, convention=report.convention) for row in table.rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")
