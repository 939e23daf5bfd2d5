"""A chart only where a look says more than a number; every axis holds its zero, every bar its right length."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.model import Answer, Route, Status
from index.model import Citation, Document, Report
from tools.model import Figure
from ui.chat.charts import Chart, Kind, chart_of
from ui.chat.service import ChatService

CASES = [  # question, kind or None, labels in their order
    ("los tres sectores de inversion con mas obligaciones, piedraclara", Kind.BARS, ["3.2", "3.1", "3.3"]),
    ("evolución del gasto mensual de la SIE", Kind.COLUMNS, ["Mayo", "Junio", "Julio", "Agosto"]),
    ("¿Qué porcentaje ejecutó Piedraclara en vías y transporte?", Kind.BARS, ["Ejecución", "Apropiación"]),
    ("peso de los servicios personales en el vigente del HRY", Kind.SHARE, ["100", "El resto"]),
    ("cirugías de urgencia: primer trimestre contra cuarto trimestre, Ybyraty", Kind.BARS, ["1er", "4to"]),
    ("promedio trimestral de consultas de pediatria", Kind.COLUMNS, ["1er", "2do", "3er", "4to"]),
    ("productos intermedios de aduanas que tenian meta y no hicieron nada", Kind.BARS, ["121", "123", "124"]),
    ("¿Cuánto gastó la SIE en mayo?", None, []),
    ("¿Cuál es la misión de la SIE?", None, []),
    ("sueldo de la alcaldesa de Piedraclara", None, []),
    ("¿Cuánto se gastó en junio?", None, []),
]


def chart(service: ChatService, question: str) -> tuple[Answer, Chart | None]:
    answer = service.ask(question)
    return answer, chart_of(answer, service.report(answer.citations[0].document) if answer.citations else None)


@pytest.mark.parametrize(("question", "kind", "labels"), CASES)
def test_the_kind_of_chart_fits_what_was_asked(
    service: ChatService, question: str, kind: Kind | None, labels: list[str]
) -> None:
    answer, found = chart(service, question)
    assert (found.kind if found else None) == kind, answer.text
    if found is not None:
        shown = [group.label for group in found.groups]
        assert [label.startswith(start) for label, start in zip(shown, labels, strict=False)] == [True] * len(labels)
        assert all(bar.shown.strip("Q$GsL. ")[:4] for group in found.groups for bar in group.bars)
        assert found.told


def test_the_unit_of_the_axis_is_said(service: ChatService) -> None:
    _, found = chart(service, "evolución del gasto mensual de la SIE")
    assert found is not None
    assert found.unit == "millones de quetzales guatemaltecos"
    assert found.ticks[0].label == "0"
    assert found.title == "Gasto del mes"


def test_a_ranking_is_titled_by_what_it_goes_by(service: ChatService) -> None:
    _, found = chart(service, "los cuatro ingresos con menor diferencia, Piedraclara")
    assert found is not None
    assert found.title == "Recaudo − Presupuesto definitivo"


def test_the_data_of_a_chart_are_the_figures_of_the_cells(service: ChatService) -> None:
    _, found = chart(service, "evolución del gasto mensual de la SIE")
    assert found is not None
    assert found.rows()[1:] == [
        ["Mayo", Decimal(2529447)], ["Junio", Decimal(2856471)], ["Julio", Decimal(4472100)], ["Agosto", Decimal(2676616)]
    ]  # fmt: skip


REPORT = Report(document=Document(id="a" * 16, file="a.txt", title="A", kind="txt"), tables=(), chunks=())


def ranked(values: list[Decimal]) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text="x",
        route=Route(name="figures", tool="rank"),
        values=tuple(Figure(value=v, unit="GTQ", label=str(i)) for i, v in enumerate(values)),
        citations=(Citation(document="a" * 16, file="a.txt", title="A", text="1"),),
    )


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly, which is no finding
@given(st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=2), min_size=2, max_size=15))
def test_bars_begin_at_zero_and_are_as_long_as_their_figures(values: list[Decimal]) -> None:
    """Whatever the figures: one common zero inside the axis, lengths in proportion, nothing outside."""
    found = chart_of(ranked(values), REPORT)
    if not any(values):
        assert found is None
        return
    assert found is not None
    bars = [group.bars[0] for group in found.groups]
    zeros = {round(b.start if v >= 0 else b.start + b.size, 6) for b, v in zip(bars, values, strict=True)}
    assert len(zeros) == 1
    assert 0 <= zeros.pop() <= 100
    assert all(b.start >= -1e-9 and b.start + b.size <= 100 + 1e-6 for b in bars)
    assert all(0 <= t.at <= 100 + 1e-9 for t in found.ticks)
    longest = max(range(len(values)), key=lambda i: abs(values[i]))
    if values[longest]:
        for bar, value in zip(bars, values, strict=True):
            expected = float(abs(value) / abs(values[longest])) * bars[longest].size
            assert bar.size == pytest.approx(expected, abs=1e-6)


def test_what_is_told_twice_is_drawn_once() -> None:
    """An answer of two parts may name the first of a ranking once more."""
    answer = ranked([Decimal(3), Decimal(1)])
    found = chart_of(replace(answer, values=(*answer.values, answer.values[0])), REPORT)
    assert found is not None
    assert [group.label for group in found.groups] == ["0", "1"]


def test_figures_of_different_units_are_not_drawn_together() -> None:
    answer = ranked([Decimal(1), Decimal(2)])
    other = Figure(value=Decimal(3), unit="%", label="x")
    assert chart_of(answer, REPORT) is not None
    assert chart_of(replace(answer, values=(*answer.values, other)), REPORT) is None
