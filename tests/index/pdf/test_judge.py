"""What stands in a net of rulings is a table only when its cells are cells."""

from __future__ import annotations

import pytest

from index.pdf.drafts import Draft, DraftCell
from index.pdf.judge import is_table
from index.pdf.values import Word


def cell(row: int, column: int, *lines: str) -> DraftCell:
    words = [
        Word(text=text, x0=60 + 80 * column, x1=120 + 80 * column, top=100 + 40 * row + 12 * i, bottom=109 + 40 * row + 12 * i, size=9)
        for i, text in enumerate(lines)
    ]  # fmt: skip
    return DraftCell(row=row, column=column, words=words)


@pytest.mark.parametrize(("figures", "table"), [(("4.50",), True), (("4.50", "6.25", "7.00"), False)])
def test_a_form_whose_total_alone_is_filled_is_a_table_and_a_frame_around_open_lines_is_none(
    figures: tuple[str, ...], table: bool
) -> None:
    head = [cell(0, i, text) for i, text in enumerate(("Cuenta", "Vigente", "Pagado"))]
    labels = [cell(row, 0, name) for row, name in enumerate(("Obras", "Becas", "Rentas"), start=1)]
    total = [cell(4, 0, "Total"), cell(4, 1, *figures), cell(4, 2, *figures)]
    draft = Draft(page=1, edges=(55, 135, 215, 295), cells=[*head, *labels, *total], header_rows=1, ruled=True)
    assert is_table(draft) is table
