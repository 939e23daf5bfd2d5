"""The instrument tells right from wrong: its own reading of numbers, its questions, its verdicts."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from assistant.model import Answer, Route, Status
from index.model import Citation
from tests.selfquestion.grids import GridColumn, world_of
from tests.selfquestion.made import made_reports
from tests.selfquestion.questions import Asked, akin
from tests.selfquestion.reading import decimal_mark, number
from tests.selfquestion.run import questions, run
from tests.selfquestion.verdict import Result, verdict
from tools.model import Figure

CITATION = Citation(document="d", file="d.txt", title="d", text="1")


def answer(values=(), text="", status=Status.ANSWERED, labels=(), warnings=()):
    figures = [Figure(value=v, unit=None, label="x") for v in values]
    figures += [Figure(value=None, unit=None, label=label) for label in labels]
    cited = () if status is Status.NOT_FOUND else (CITATION,)
    return Answer(
        status=status, text=text, route=Route(name="figures"), values=tuple(figures), citations=cited, warnings=warnings
    )


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234.50", "2"], "."),
        (["1.234,50"], ","),
        (["1,234,567"], "."),
        (["1.568"], None),
        (["1.568", "12,5"], ","),
        (["1,234.50", "1.234,50"], None),
        (["12345.678"], "."),
    ],
)
def test_the_decimal_mark_is_what_the_numbers_agree_on(texts, mark):
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("(828.93)", ".", "-828.93"),
        ("- 2,468.90", ".", "-2468.90"),
        ("63%", ".", "63"),
        ("Q 1,500.00", ".", "1500.00"),
        ("*18", ".", "18"),
        ("1.568", None, None),
        ("12,34.5", ".", None),
        ("N/D", ".", None),
        ("", ".", None),
        ("22-Monitoreo", ".", None),
    ],
)
def test_a_doubtful_text_is_no_number(text, mark, value):
    assert number(text, mark) == (None if value is None else Decimal(value))


@pytest.fixture(scope="module")
def world():
    return world_of(made_reports())


@pytest.fixture(scope="module")
def asked(world):
    return list(questions(world, 600, seed=7))


def test_the_same_seed_makes_the_same_questions(world, asked):
    assert [a.text for a in questions(world, 600, seed=7)] == [a.text for a in asked]
    assert len(asked) == 600


def test_every_operation_noise_and_twin_is_made(asked):
    operations, noises = Counter(a.operation for a in asked), Counter(a.noise for a in asked)
    twins = Counter(a.twin for a in asked if a.twin)
    assert set(operations) == {
        "dato", "dato, repregunta", "porcentaje", "diferencia", "distancia a la meta", "participación", "comparación",
        "total", "total de grupo", "mayor", "menor", "primeros", "lista", "cuenta", "promedio", "meses", "crecimiento",
        "crecimiento %", "sin respuesta", "resta de filas", "suma de filas", "umbral, lista", "umbral, cuenta",
        "umbral bajo, lista",
    }  # fmt: skip
    assert set(noises) == {"ninguno", "sin acentos", "errata", "sin signos", "carta", "mayúsculas"}
    assert set(twins) == {"fila", "código", "medida", "año", "mes", "institución"}
    assert 0.1 < sum(twins.values()) / len(asked) < 0.35


def test_the_oracle_knows_the_made_reports(asked):
    """Spot checks by hand on the questions that came out: goals of 40 and 52, budgets in two tables."""
    found = {
        f"{r.figures[0][0]:.2f}"
        for a in asked
        for r in a.readings
        if a.operation == "porcentaje" and r.figures and "Canales de riego" in r.place
    }
    assert found
    assert found <= {"130.00", "80.04", "79.84", "90.95"}


def perfect(a: Asked) -> Answer:
    """What somebody who reads the oracle's mind would say."""
    if a.twin:
        return answer(status=Status.NOT_FOUND)
    first = a.readings[0]
    if a.tied and not a.follows:
        values = [f[0] for r in a.readings for f in r.figures]
        return answer(values, status=Status.AMBIGUOUS)
    text = "No se puede calcular." if first.undefined else ""
    return answer([f[0] for f in first.figures], text=text, labels=first.labels)


def score(asked, responder):
    by_text = {a.text: a for a in asked}
    tally = run(by_text.values(), lambda q: responder(by_text[q.text]))
    return sum(tally.by_operation.values(), Counter()), len(by_text)


def test_a_perfect_answerer_has_no_fault(asked):
    results, total = score(asked, perfect)
    assert results[Result.RIGHT] + results[Result.ASKED_RIGHTLY] == total


def test_a_liar_is_caught_every_time(asked):
    def lie(a):
        return answer([Decimal(-987654321)], text="Son -987,654,321.")

    results, total = score(asked, lie)
    assert results[Result.WRONG] + results[Result.TWIN_ANSWERED] == total


def test_one_who_always_refuses_has_only_the_twins_right(asked):
    results, _ = score(asked, lambda a: answer(status=Status.NOT_FOUND))
    assert results[Result.RIGHT] == len({a.text for a in asked if a.twin})
    assert results[Result.WRONG] == 0


def test_a_tie_must_be_told(asked):
    """One of two figures that fit equally is no answer unless the other is told too."""
    tie = next(a for a in asked if a.tied and not a.follows and all(r.figures for r in a.readings))
    one, other = (r.figures[0][0] for r in tie.readings[:2])
    quiet = answer([one]).to_dict()
    frank = answer([one], warnings=(f"Otro cuadro da {other:,f}.",)).to_dict()
    assert verdict(tie, quiet)[0] is Result.SILENT_TIE
    assert verdict(tie, frank)[0] is Result.RIGHT


def test_an_operand_is_not_the_answer():
    """The right figure in second place, behind another one, is a wrong answer."""
    from tests.selfquestion.questions import Reading

    a = Asked(operation="dato", text="¿?", readings=(Reading(figures=((Decimal(5),),), place=""),))
    assert verdict(a, answer([Decimal(5), Decimal(7)]).to_dict())[0] is Result.RIGHT
    assert verdict(a, answer([Decimal(7), Decimal(5)]).to_dict())[0] is Result.WRONG


def test_a_program_error_is_counted_and_the_run_goes_on(asked):
    def broken(_):
        raise KeyError("columna")

    tally = run(asked[:3], broken)
    assert sum(tally.by_operation.values(), Counter()) == {Result.CRASHED: 3}
    assert "KeyError" in tally.failures[0]["why"]


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        (("devengado", "Devengado"), ("ejecutado", "Ejecución"), True),
        (("vigente", "Codificado"), (None, "Presupuesto"), True),
        (("devengado", "Devengado"), ("pagado", "Pagado"), False),
        ((None, "Importe"), (None, "Importe"), False),
    ],
)
def test_only_measures_of_much_the_same_sense_excuse_a_question_back(one, other, kin):
    columns = [GridColumn(index=i, path=(name,), concept=c, percent=False) for i, (c, name) in enumerate((one, other))]
    assert akin(*columns) is kin


def test_asking_back_must_show_the_figure_even_where_it_is_excused():
    from tests.selfquestion.questions import Reading

    a = Asked(operation="total", text="¿?", readings=(Reading(figures=((Decimal(5),),), place=""),), near=True)
    assert verdict(a, answer([Decimal(5), Decimal(7)], status=Status.AMBIGUOUS).to_dict())[0] is Result.ASKED_RIGHTLY
    assert verdict(a, answer([Decimal(7)], status=Status.AMBIGUOUS).to_dict())[0] is Result.ASKED_WRONGLY
