"""The evidence in a real browser: the boxes lie on the figures, each answer keeps its own, tables are sorted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.chat.browser.asking import MAY, PERCENT, Open, Tried, ask, boxed, boxes, words_under


def test_the_boxes_on_the_screen_lie_on_the_figures(visit: Open, demo_folder: Path) -> None:
    """Each box is read back through the words of the page: under it stands the figure of its cell, and nothing else."""
    page = visit()
    assert "44,12 %" in ask(page, PERCENT)
    found = boxes(page)
    assert sorted(b["text"] for b in found) == ["2.704.315", "41,1", "6.130.000"]
    assert len({b["colour"] for b in found}) == 3
    for box in found:
        assert words_under(demo_folder, "piedraclara-colombia-2024-demo.pdf", 3, box) == box["text"]
    proof = page.locator("#proof-view").inner_text()
    for part in ("El informe imprime", "41,1 %", "Sus cifras dan", "Cálculo", "Vías y transporte"):
        assert part in proof
    assert sorted(page.locator(".read td.hit").all_inner_texts()) == ["12.704.315", "26.130.000", "341,1"]


def test_a_table_that_crosses_pages_has_its_boxes_on_each(visit: Open, demo_folder: Path) -> None:
    page = visit()
    ask(page, "Compara las obligaciones de 3.1 sector educación y 3.4 vías y transporte, Piedraclara")
    for number, figure in ((2, "10.112.863"), (3, "2.704.315")):
        page.locator(f"[data-page='{number}']").click()
        boxed(page, figure)
        (box,) = boxes(page)
        assert words_under(demo_folder, "piedraclara-colombia-2024-demo.pdf", number, box) == figure
    expect(page.locator(".chart .row")).to_have_count(2)


@pytest.mark.parametrize(
    ("width", "question"), [(1440, "los cuatro ingresos con menor diferencia, Piedraclara"), (390, PERCENT)]
)
def test_bars_are_as_long_on_the_screen_as_their_figures(visit: Open, width: int, question: str) -> None:
    """The longest one too, with its figure beside it and within the frame."""
    page = visit(width)
    ask(page, question)
    page.locator(".chart.bars .lane").first.wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")  # figures are as wide as their letters
    bars = page.evaluate(
        """() => [...document.querySelectorAll('.bars .lane')].map((lane) => {
            const bar = lane.querySelector('i').getBoundingClientRect(), told = lane.querySelector('b').getBoundingClientRect();
            const track = lane.closest('.track').getBoundingClientRect();
            return [bar.width, told.left - bar.right, track.right - told.right,
              Number(lane.querySelector('b').textContent.replace(/[$.]/g, '').replace(',', '.'))];
        })"""
    )
    longest = max(bars, key=lambda bar: abs(bar[3]))
    for length, before, after, figure in bars:
        assert length == pytest.approx(max(1.0, longest[0] * abs(figure / longest[3])), abs=1.0)
        assert -1 < before < 1
        assert after >= 0


def test_a_citation_brings_its_evidence_back(visit: Open, demo_folder: Path) -> None:
    """Follow-ups lean on the conversation; each answer keeps its own evidence one click away."""
    page = visit()
    assert "Q2,529,447.00" in ask(page, MAY)
    assert "Q4,472,100.00" in ask(page, "¿y en julio?")
    boxed(page, "4,472,100")
    page.locator(".turn[data-turn='0'] .cite").first.click()
    boxed(page, "2,529,447")
    (box,) = boxes(page)
    assert words_under(demo_folder, "inteligencia-guatemala-2023-c2-demo.pdf", 3, box) == "2,529,447"
    expect(page.locator(".turn.shown")).to_have_attribute("data-turn", "0")


def test_of_several_citations_pressed_at_once_the_last_is_shown(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed within the same instant, the earlier ones slower to draw: what is pressed last is shown, and stays."""
    page = visit()
    figures = ("2,529,447", "4,472,100", "2,676,616")
    for question in (MAY, "¿y en julio?", "¿y en agosto?"):
        ask(page, question)
    for order in ((0, 2, 1), (2, 1, 0), (1, 0, 1, 0, 2)):
        monkeypatch.setattr(Tried, "slow", [0.4, 0.0, 0.2])
        page.evaluate(
            "order => order.forEach((n) => document.querySelector(`[data-turn='${n}'] .cite`).click())", order
        )
        last = figures[order[-1]]
        boxed(page, last)
        page.wait_for_timeout(600)  # longer than the slowest of them takes
        assert [box["text"] for box in boxes(page)] == [last]
        expect(page.locator(".turn.shown")).to_have_attribute("data-turn", str(order[-1]))


def test_the_table_is_sorted_by_its_heads(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    column = page.locator(".read th button", has_text="Gasto del mes")
    cells = page.locator(".read tbody tr td:nth-child(3)")
    before = cells.all_inner_texts()
    column.click()
    expect(column.locator("xpath=..")).to_have_attribute("aria-sort", "descending")
    figures = [int(re.sub(r"\D", "", t)[-8:]) for t in cells.all_inner_texts()]
    assert figures[0] == 12534634
    column.click()
    column.click()
    expect(column.locator("xpath=..")).to_have_attribute("aria-sort", "none")
    assert cells.all_inner_texts() == before
