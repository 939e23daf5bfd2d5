"""The evaluation calls an answer right only when it is: figures as numbers, words as words, refusals as refusals."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.evaluation import (
    Case,
    CaseResult,
    EarlierReportError,
    EvaluationReport,
    Expected,
    GoldenSetError,
    Outcome,
    WantedEvidence,
    compare,
    evaluate,
    judge,
    read_golden_set,
    read_golden_sets,
    read_report,
    to_markdown,
)
from assistant.evaluation.figures import figures_in
from assistant.evaluation.judge import mentions, same_number
from assistant.model import Answer, Question, Route, Status
from index.model import Citation
from tools.model import Figure

CITATION = Citation(
    document="d1",
    file="puertos-2022.pdf",
    title="Informe de puertos",
    text="60%",
    page=3,
    table="Cuadro 2: Dragado",
    row="Dragado del canal",
    column="% / Ejecución",
)


def answer(text="Respuesta.", values=(), status=Status.ANSWERED, unit=None, warnings=()):
    figures = tuple(Figure(value=Decimal(str(v)), unit=unit, label="x") for v in values)
    cited = () if status is Status.NOT_FOUND else (CITATION,)
    route = Route(name="figures", tool="look_up")
    return Answer(status=status, text=text, route=route, values=figures, citations=cited, warnings=warnings)


def case(evidence=(), **expected):
    return Case(id="c1", question="¿Cuánto?", kind="figure", expected=read_expected(expected), evidence=evidence)


def read_expected(raw):
    """Expectations through the reader, as a golden set would write them."""
    from assistant.evaluation.golden import _expected

    return _expected(json.loads(json.dumps(raw), parse_float=Decimal, parse_int=Decimal), "prueba")


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ("130.2", "130.198", True),
        ("33.23", "33.2366", False),
        ("33.24", "33.2366", True),
        ("60", "60.33", False),
        ("60", "60.00", True),
        ("60.33", "60", False),
        ("60.33", "60.325", True),  # half goes up
        ("60.33", "60.3", False),
        ("1500", "1500.0000000001", True),  # a float's noise
        ("-11", "11", False),
        ("0.88", "88", False),
    ],
)
def test_numbers_meet_at_the_precision_written(expected, got, same):
    assert same_number(Decimal(expected), Decimal(got)) is same


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Producto 109 y otros", "9", False),
        ("9-Cuenta corriente", "9", True),
        ("suma 1,009.50", "009", False),
        ("quedó en 9.5 %", "9", False),
        ("los productos 9, 10 y 11.", "9", True),
        ("El Ing. José Ruíz firma", "jose ruiz", True),
        ("bajo la **Dirección General**", "direccion general", True),
        ("submayores", "mayo", False),
        ("programa 11-02-000", "11-02", True),
    ],
)
def test_mentions_are_whole_words(text, wanted, found):
    assert mentions(text, wanted) is found


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Plan Anual de Fiscalización 2022", "Plan Anual de Fiscalizaci", True),
        ("Unidad de Planeamiento y Evaluacióp", "Unidad de Planeamiento y Evaluaci", True),
        ("los submayores", "mayores", False),  # never from within a word
        ("la Fiscalización", "Fisc", False),  # too short to stop within a word
    ],
)
def test_what_must_be_mentioned_may_stop_within_its_last_word(text, wanted, found):
    """Sets are written so where a report is misspelt; what must not be mentioned is taken at its word."""
    assert mentions(text, wanted, cut_short=True) is found


@pytest.mark.parametrize(
    ("text", "units", "figures"),
    [
        ("Q24,130,898.00 de Q40,000,000.00 = 60.33 %", (), ["24130898.00", "40000000.00", "60.33"]),
        ("$ 1.234.567,50", (), ["1234567.50"]),
        ("son 1.568 documentos", ("ARS",), ["1568"]),
        ("son 1.568 documentos, 12.5 %", (), ["1.568", "12.5"]),
        ("son 1,500 visitas", (), ["1500"]),
        ("Cuadro 3, página 7, mayo de 2023: 12", (), ["12"]),
        ("el 5 de mayo, programa 11-02, 22-Monitoreo, 4to lugar", (), []),
        ("productos 9 y 109: una diferencia de -2,468.90 y otra de (828.93)", (), ["-2468.90", "-828.93"]),
        ("Q.40 millones", (), ["40000000"]),
        ("2021 personas", (), ["2021"]),
    ],
)
def test_figures_of_a_text(text, units, figures):
    assert figures_in(text, frozenset(units)) == tuple(Decimal(f) for f in figures)


@pytest.mark.parametrize(
    ("expected", "given", "outcome"),
    [
        ({"values": [1500]}, answer(values=[1500]), Outcome.RIGHT),
        ({"values": [1500]}, answer("Se hicieron 1,500.00."), Outcome.RIGHT),
        ({"values": [150]}, answer("Se hicieron 1,500.00.", [1500]), Outcome.WRONG),
        ({"values": [[-11, 11]]}, answer(values=[11]), Outcome.RIGHT),
        ({"values": [11, 12]}, answer(values=[11]), Outcome.WRONG),
        ({"values": [3]}, answer("Según el cuadro 3 son 8.", [8]), Outcome.WRONG),
        ({"values": [1]}, answer(status=Status.NOT_FOUND), Outcome.WRONGLY_REFUSED),
        ({"values": [1]}, answer(values=[1, 2], status=Status.AMBIGUOUS), Outcome.ASKED_BACK),
        ({"values": [1]}, answer(values=[3, 2], status=Status.AMBIGUOUS), Outcome.WRONGLY_REFUSED),
        ({"mentions": [["sin meta", "no se puede"]]}, answer("No se puede calcular."), Outcome.RIGHT),
        ({"mentions": ["mayo"]}, answer("Junio.", warnings=("En mayo hay dos cifras.",)), Outcome.RIGHT),
        ({"values": [5], "forbids": [7]}, answer(values=[5, 7]), Outcome.WRONG),
        ({"values": [5], "forbids": {"mentions": ["falta"]}}, answer("Falta.", [5]), Outcome.WRONG),
        ({"forbids": ["falta"]}, answer("Nada."), Outcome.RIGHT),
        ({"abstains": True}, answer(status=Status.NOT_FOUND), Outcome.RIGHT),
        ({"abstains": True}, answer(values=[5]), Outcome.WRONGLY_ANSWERED),
        ({"abstains": True}, answer(values=[5], status=Status.AMBIGUOUS), Outcome.ASKED_BACK),
        ({"asks_back": True}, answer(values=[5], status=Status.AMBIGUOUS), Outcome.RIGHT),
        ({"asks_back": True, "values": [6]}, answer(values=[5], status=Status.AMBIGUOUS), Outcome.WRONG),
        ({"asks_back": True}, answer(values=[5]), Outcome.WRONGLY_ANSWERED),
        ({"asks_back": True}, answer(status=Status.NOT_FOUND), Outcome.WRONGLY_REFUSED),
    ],
)
def test_verdicts(expected, given, outcome):
    assert judge(case(**expected), given.to_dict()).outcome is outcome


@pytest.mark.parametrize(
    ("expected", "text", "outcome"),
    [
        ({"mentions": [["N/D", "no disponible"]]}, "No consta: el informe dice «N/D».", Outcome.RIGHT),
        ({"mentions": ["mayo"]}, "No consta: el informe dice «N/D».", Outcome.WRONGLY_REFUSED),
        ({"abstains": True}, "No consta: el informe dice «N/D».", Outcome.RIGHT),
        ({"values": [1]}, "No consta: el informe dice «N/D».", Outcome.WRONGLY_REFUSED),
    ],
)
def test_a_blank_cell_is_refused_with_what_it_prints(expected, text, outcome):
    """Whether a set asks for what the cell prints or for a refusal, telling both is right."""
    told = replace(answer(text, status=Status.NOT_FOUND), citations=(CITATION,))
    assert judge(case(**expected), told.to_dict()).outcome is outcome


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        ({"document": ("puertos-2022",)}, True),
        ({"document": ("PUERTOS-2022.pdf",)}, True),
        ({"document": ("puertos",)}, False),
        ({"document": ("puertos-2022",), "page": ("3",), "row": ("dragado",), "column": ("ejecucion",)}, True),
        ({"page": ("4",)}, False),
        ({"table": ("Cuadro 2",)}, True),
        ({"table": ("Cuadro 22",)}, False),
    ],
)
def test_evidence_is_one_citation_with_all_that_is_asked(wanted, right):
    verdict = judge(case(evidence=(WantedEvidence(**wanted),), values=[5]), answer(values=[5]).to_dict())
    assert (verdict.outcome, verdict.evidence) == (Outcome.RIGHT, right)


def test_the_first_value_is_told_from_an_operand():
    """An expected figure that is only an operand of what was answered is counted apart."""
    assert judge(case(values=[5]), answer(values=[5, 7]).to_dict()).first is True
    assert judge(case(values=[5]), answer(values=[7, 5]).to_dict()).first is False


GOLDEN = {
    "id": "a1",
    "question": "¿Y en julio?",
    "kind": "variance",
    "history": ["¿Cuánto en mayo?", "¿Y en junio?"],
    "documents": ["puertos-2022"],
    "expected": {"values": [[44.9, -44.9], 3], "mentions": ["mayo", ["sube", "crece"]], "forbids": [12.5, "baja"]},
    "evidence": {"document": "puertos-2022", "page": 3},
}
ROW = {
    "id": "a1",
    "question": "¿Y en julio?",
    "kind": "variance",
    "history": "¿Cuánto en mayo?;¿Y en junio?",
    "documents": "puertos-2022",
    "expected.values": "44.9|-44.9;3",
    "expected.mentions": '["mayo", ["sube", "crece"]]',
    "expected.abstains": "no",
    "expected.forbids": "12.5;baja",
    "evidence.document": "puertos-2022",
    "evidence.page": "3",
}


def test_numbers_between_quotes_are_numbers(tmp_path):
    """Programs that keep every digit write them so; with a comma they stay a mistake (below)."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "question": "x", "expected": {"values": ["60.330", ["-2", 7]]}}', encoding="utf-8")
    (read,) = read_golden_set(path)
    assert read.expected.values == ((Decimal("60.33"),), (Decimal(-2), Decimal(7)))


def write_set(path, form):
    if form == "jsonl":
        path.write_text(json.dumps(GOLDEN, ensure_ascii=False) + "\n\n", encoding="utf-8")
    elif form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(list(ROW))
        book.active.append([3 if key == "evidence.page" else cell for key, cell in ROW.items()])
        book.save(path)
    else:
        import csv

        with path.open("w", encoding="utf-8-sig" if form == "," else "cp1252", newline="") as file:
            csv.writer(file, delimiter=form).writerows([list(ROW), list(ROW.values())])
    return path


@pytest.mark.parametrize("form", ["jsonl", ",", ";", "xlsx"])
def test_the_same_set_reads_the_same_from_every_format(tmp_path, form):
    name = {"jsonl": "a.jsonl", "xlsx": "a.xlsx"}.get(form, "a.csv")
    (read,) = read_golden_set(write_set(tmp_path / name, form))
    assert read.history == ("¿Cuánto en mayo?", "¿Y en junio?")
    assert read.documents == ("puertos-2022",)
    assert read.expected == Expected(
        values=((Decimal("44.9"), Decimal("-44.9")), (Decimal(3),)),
        mentions=(("mayo",), ("sube", "crece")),
        forbidden_values=(Decimal("12.5"),),
        forbidden_mentions=("baja",),
    )
    assert read.evidence == (WantedEvidence(document=("puertos-2022",), page=("3",)),)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", '{"id": "1"', "línea 1: no es JSON"),
        ("a.jsonl", '\n{"id": "1", "expected": {}}', "línea 2: falta el campo «question»"),
        ("a.jsonl", '{"id": "1", "question": "x", "expected": {"valores": [1]}}', "«expected.valores» no se conoce"),
        ("a.jsonl", '{"id": "1", "question": "x", "expected": {}}', "está vacío"),
        ("a.jsonl", '{"id": "1", "question": "x", "expected": {"values": ["60,33"]}}', "«60,33» no es un número"),
        ("a.jsonl", "", "ninguna pregunta"),
        ("a.csv", "id,question,expected.values\n1,x,5\n1,y,6\n", "línea 3: el id «1» ya está en la línea 2"),
        ("a.csv", "id,question,esperado\n1,x,5\n", "línea 1: la columna «esperado» no se conoce"),
        ("a.csv", "id,question,expected.abstains\n1,x,quizá\n", "línea 2: «expected.abstains» debe decir sí o no"),
        ("a.csv", "id,question,expected.values\n1,x,1,500\n", "línea 2: hay más celdas que columnas"),
        ("a.xlsx", "nada", "no es un libro de Excel"),
        ("a.pdf", "", "debe ser .jsonl, .csv o .xlsx"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, name, text, told):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldenSetError, match=re.escape(told)):
        read_golden_set(path)


def test_an_id_in_two_files_takes_the_name_of_its_file(tmp_path):
    for name in ("uno", "dos"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(GOLDEN), encoding="utf-8")
    cases = read_golden_sets([tmp_path / "uno.jsonl", tmp_path / "dos.jsonl"])
    assert [c.id for c in cases] == ["uno:a1", "dos:a1"]


def run(answers):
    cases = [
        Case(id=str(n), question=f"¿{n}?", kind="par" if n % 2 == 0 else "non", expected=read_expected({"values": [n]}))
        for n in range(4)
    ]

    def ask(question: Question) -> Answer:
        given = answers[question.text]
        if isinstance(given, BaseException):
            raise given
        return given

    return evaluate(cases, ask, golden=("prueba",))


def test_scores_reports_and_comparison(tmp_path):
    """Every failure is in the Markdown; the JSON reads back; a comparison tells what got better and worse."""
    good = {f"¿{n}?": answer(values=[n]) for n in range(4)}
    before = run(good | {"¿1?": answer("Son 77.", [77]), "¿2?": answer(status=Status.NOT_FOUND)})
    after = run(good | {"¿2?": answer(values=[8]), "¿3?": KeyError("columna")})
    assert (before.total().right, before.total().asked, before.total().share) == (2, 4, 0.5)
    assert [score.kind for score in before.scores()] == ["par", "non", "total"]
    assert after.results[3].outcome is Outcome.FAILED

    path = tmp_path / "antes.json"
    path.write_text(before.to_json(), encoding="utf-8")
    earlier = read_report(path)
    assert [r.outcome for r in earlier.results] == [r.outcome for r in before.results]

    change = compare(earlier, after)
    assert [c.new.id for c in change.fixed] == ["1"]
    assert [c.new.id for c in change.broken] == ["3"]
    assert [c.new.id for c in change.moved] == ["2"]
    text = to_markdown(after, change)
    assert "Arreglada: 1 «¿1?»: respuesta equivocada (77) → acierto (1)" in text
    assert "### 3 · falla del programa · non" in text
    assert "- Esperado: 2" in text


def test_a_missing_citation_is_a_failure_to_look_at():
    wanted = (WantedEvidence(document=("otro",)),)
    cases = [Case(id="1", question="¿?", kind="k", expected=read_expected({"values": [1]}), evidence=wanted)]
    report = evaluate(cases, lambda _: answer(values=[1]))
    assert report.total().share == 1.0
    assert [r.reasons for r in report.failures()] == [("falta la cita documento «otro»",)]
    assert isinstance(report, EvaluationReport)
    assert isinstance(report.results[0], CaseResult)


def test_another_json_is_no_earlier_report(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(EarlierReportError, match="no es un informe"):
        read_report(path)
