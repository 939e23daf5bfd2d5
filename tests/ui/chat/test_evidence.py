"""What stands beside an answer is what the report prints: the very cells, their table, the quoted words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest

from assistant.model import Answer, Route, Status
from assistant.replies import chosen
from index.ingest import read_report
from index.memory_store import MemoryStore
from index.model import Cell, Citation, Column, Document, Report, Role, Row, RowKind, Table
from tests.conftest import ROOT
from tools.model import Figure
from ui.chat.evidence import MOST_ROWS, grid, passages, printed_against_computed
from ui.chat.names import cut, document_name, table_short
from ui.chat.page_images import page_image
from ui.chat.service import ChatService
from ui.chat.sources import COLOURS, sources_of
from ui.chat.turns import Turn
from ui.chat.views import Place, evidence_html, talk_html

PERCENT = "¿Qué porcentaje ejecutó Piedraclara en vías y transporte?"
EVIL = "<img src=x onerror=alert(1)>{{7*7}}${7*7}\"'&"


def test_each_operand_has_a_number_and_a_colour_of_its_own(service: ChatService) -> None:
    (source,) = sources_of(service.ask(PERCENT))
    assert [o.number for o in source.operands] == [1, 2, 3]
    assert len({o.colour for o in source.operands}) == 3
    assert source.label == "Tabla 1 · p. 3"
    assert source.pages == (3,)


def test_the_many_cells_of_a_sum_share_the_colour_of_their_column(service: ChatService) -> None:
    answer = service.ask("promedio de la cantidad programada de los productos finales de aduanas")
    (source,) = sources_of(answer)
    assert len(source.operands) > COLOURS
    assert {o.colour for o in source.operands} == {0}


def test_citations_name_the_very_cell(service: ChatService) -> None:
    """Labels repeat in real tables; the place of a cell does not."""
    for question in (
        PERCENT,
        "evolución del gasto mensual de la SIE",
        "¿Cuánto gastó el hospital en servicios básicos?",
    ):
        for cited in service.ask(question).citations:
            table = next(t for t in service.report(cited.document).tables if t.id == cited.table_id)
            assert cited.row_index is not None
            assert cited.column_index is not None
            cell = table.rows[cited.row_index].cells[cited.column_index]
            assert (cell.text.strip(), cell.box) == (cited.text, cited.box)


def test_the_table_is_marked_where_the_figure_stands(service: ChatService) -> None:
    answer = service.ask(PERCENT)
    (source,) = sources_of(answer)
    table = next(t for t in service.report(source.document).tables if t.id == source.table_id)
    shown = grid(table, source.operands)
    marked = [cell for line in shown.lines for cell in line.cells if cell.operand]
    assert sorted(cell.text for cell in marked) == ["2.704.315", "41,1", "6.130.000"]
    assert len(shown.lines) == len(table.rows)


def test_every_column_has_its_place_under_the_head(service: ChatService) -> None:
    """Merged cells of the head cover each column once in each row, and each column can be sorted by one of them."""
    for report in service.reports():
        for table in report.tables:
            head = grid(table, ()).head
            covered = [0] * len(table.columns)
            width = sum(cell.columns * cell.rows for row in head for cell in row)
            assert width == len(table.columns) * len(head)
            for row in head:
                for cell in row:
                    if cell.sorts is not None:
                        covered[cell.sorts] += 1
            assert covered == [1] * len(table.columns)


def made_table(rows: int) -> Table:
    columns = (
        Column(index=0, path=("Obra",), role=Role.LABEL),
        Column(index=1, path=("Gasto",), role=Role.NUMBER),
    )
    lines = tuple(
        Row(
            index=i,
            kind=RowKind.DATA,
            label=f"Obra {i}",
            cells=(Cell(text=f"Obra {i}"), Cell(text=str(i), value=Decimal(i))),
        )
        for i in range(rows)
    )
    return Table(id="a:t1", document="a", caption="Obras", columns=columns, rows=lines)


def cited(row: int, document: str = "a") -> Citation:
    return Citation(
        document=document, file="a.txt", title="A", text=str(row), table="Obras", table_id=f"{document}:t1",
        row=f"Obra {row}", column="Gasto", row_index=row, column_index=1,
    )  # fmt: skip


def answered(*citations: Citation, values: tuple[Figure, ...] = ()) -> Answer:
    return Answer(
        status=Status.ANSWERED, text="x", route=Route(name="figures", tool="total"), citations=citations, values=values
    )


def test_a_table_of_thousands_is_shown_around_its_operands() -> None:
    """The row that is cited is always there, and how many are not is said."""
    (source,) = sources_of(answered(cited(4321)))
    shown = grid(made_table(5000), source.operands)
    assert len(shown.lines) <= MOST_ROWS
    assert shown.left_out == 5000 - len(shown.lines)
    assert [cell.text for line in shown.lines if line.marked for cell in line.cells] == ["Obra 4321", "4321"]


def test_the_quote_is_set_off_in_its_passage(service: ChatService) -> None:
    answer = service.ask("¿Por qué no hubo compra de textiles en el hospital?")
    (source,) = sources_of(answer)
    found = passages(service.report(source.document), source)
    quoted = [piece for passage in found for piece, is_quote in passage.pieces if is_quote]
    assert [" ".join(q.split()) for q in quoted] == [" ".join(answer.citations[0].text.split())]
    assert all(passage.section == source.section for passage in found)


@pytest.mark.parametrize(
    ("printed", "computed", "told"),
    [("41.1", "44.12", True), ("44.12", "44.12", False), ("-44.12", "44.12", False)],
)
def test_printed_against_computed_only_when_they_differ(printed: str, computed: str, told: bool) -> None:
    """A difference that a report prints without its sign is no contradiction."""
    values = (
        Figure(value=Decimal(computed), unit="%", label="x", printed=False),
        Figure(value=Decimal(printed), unit="%", label="porcentaje impreso en «%»", printed=True),
    )
    assert (printed_against_computed(answered(cited(1), values=values)) is not None) is told


def evil_service() -> tuple[ChatService, Turn]:
    """A report whose every text is hostile, and a hostile question about it."""
    table = made_table(3)
    first = replace(table.rows[1], label=EVIL, cells=(Cell(text=EVIL), table.rows[1].cells[1]))
    table = replace(
        table, caption=EVIL, notes=(EVIL,), rows=(table.rows[0], first, table.rows[2]), section=(EVIL,),
        columns=(replace(table.columns[0], path=(EVIL,)), table.columns[1]),
    )  # fmt: skip
    document = Document(id="a", file=f"{EVIL}.txt", title=EVIL, kind="txt", institution=EVIL)
    store = MemoryStore()
    store.add(Report(document=document, tables=(table,), chunks=()))
    answer = Answer(
        status=Status.AMBIGUOUS, text=f"{EVIL}: 1. ¿Cuál? {EVIL}: 2; {EVIL}: 3", formula=EVIL, warnings=(EVIL,), suggestions=(EVIL,),
        route=Route(name="figures", tool="rank"),
        values=tuple(Figure(value=Decimal(i), unit=None, label=EVIL) for i in (1, 2)),
        citations=(replace(cited(1), row=EVIL, column=EVIL, table=EVIL, text=EVIL, file=EVIL), cited(2)),
    )  # fmt: skip
    return ChatService(store), Turn(question=EVIL, answer=answer)


@pytest.mark.parametrize("part", ["talk", "evidence", "answered"])
def test_texts_of_reports_and_people_are_never_html(part: str) -> None:
    """A cell or a question that holds a script is shown letter by letter."""
    service, turn = evil_service()
    assert turn.answer is not None
    if part == "talk":
        html = talk_html((turn, turn), service.documents())
    else:
        status = Status.ANSWERED if part == "answered" else Status.AMBIGUOUS
        html = evidence_html(replace(turn, answer=replace(turn.answer, status=status)), Place(turn=0), service)
    assert "<img src=x" not in html
    assert not re.search(r"<[^>]*\sonerror\s*=\s*alert[^>]*>", re.sub(r'"[^"]*"', '""', html))
    assert EVIL in unescape(html)


@pytest.mark.parametrize("source", [-1, 7])
@pytest.mark.parametrize("page", [None, -3, 999])
def test_a_place_that_is_not_there_shows_the_first(service: ChatService, source: int, page: int | None) -> None:
    """What a browser sends is not trusted."""
    turn = Turn(question=PERCENT, answer=service.ask(PERCENT))
    assert "Página 3 de" in evidence_html(turn, Place(turn=0, source=source, page=page), service)


def test_a_page_is_drawn_once(service: ChatService, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look comes from the store."""
    document = next(d for d in service.documents() if d.file.startswith("inteligencia"))
    first = page_image(service.store, document, 1)
    monkeypatch.setattr("ui.chat.page_images.render_page", lambda *_: pytest.fail("drawn again"))
    assert page_image(service.store, document, 1) == first


def test_a_report_whose_file_was_not_kept_says_how_to_see_its_pages() -> None:
    store = MemoryStore()
    store.add(read_report(ROOT / "corpus" / "informes" / "piedraclara-colombia-2024-demo.pdf"))
    service = ChatService(store)
    html = evidence_html(Turn(question=PERCENT, answer=service.ask(PERCENT)), Place(turn=0), service)
    assert "--releer" in html
    assert "data:image" not in html
    assert "2.704.315" in html


@pytest.mark.parametrize(
    ("question", "candidate", "asked"),
    [
        ("¿Cuánto se gastó en junio?", "SIE (2023)", "¿Cuánto se gastó en junio, SIE (2023)?"),
        ("gasto de junio", "SIE (2023)", "gasto de junio, SIE (2023)"),
        ("gasto de junio.", "SIE", "gasto de junio, SIE"),
    ],
)
def test_a_chosen_candidate_makes_the_question_precise(question: str, candidate: str, asked: str) -> None:
    assert chosen(question, candidate) == asked


def test_choosing_a_report_answers_with_the_figure_that_was_shown(service: ChatService) -> None:
    """The button leads to the very figure that stands on it."""
    question = "¿Cuánto se gastó en junio?"
    asked_back = service.ask(question)
    assert asked_back.status is Status.AMBIGUOUS
    for label, figure in zip(asked_back.suggestions, asked_back.values, strict=True):
        answer = service.ask(chosen(question, label))
        assert answer.status is Status.ANSWERED
        assert answer.values[0].value == figure.value


@pytest.mark.parametrize(
    ("caption", "short"),
    [
        ("Cuadro 3. Avance mensual del gasto", "Cuadro 3"),
        ("TABLA N° 12-B: metas", "TABLA N° 12-B"),
        ("Cuadro B. Metas físicas", "Cuadro B"),
        ("Tabla de metas por trimestre", "Tabla de metas por trimestre"),
    ],
)
def test_a_numbered_table_is_called_by_its_number(caption: str, short: str) -> None:
    assert table_short(caption) == short


def test_long_names_are_cut_at_a_word() -> None:
    assert cut("Ejecución del presupuesto por objeto del gasto, 2024") == "Ejecución del presupuesto por objeto del…"
    assert cut("x" * 80) == "x" * 45 + "…"
    assert document_name(Document(id="a", file="a", title="Informe", kind="txt")) == "Informe"


@pytest.mark.parametrize(
    ("printed", "called"),
    [
        ("GOBIERNO MUNICIPAL DE RIOVERDE ALTO", "GMRA · Gobierno Municipal de Rioverde Alto"),
        ("EL HOSPITAL DE LA COSTA", "GMRA · El Hospital de la Costa"),
        ("Alcaldía de Piedraclara", "Alcaldía de Piedraclara"),
        ("CORPORINOQUIA", "GMRA · Corporinoquia"),
    ],
)
def test_a_name_in_capitals_is_written_as_names_are(printed: str, called: str) -> None:
    """It stays a name: its words keep their capitals."""
    document = Document(id="a", file="a", title="Informe", kind="txt", institution=printed, aliases=("GMRA",))
    assert document_name(document) == called


def test_what_many_other_tables_tell_is_folded_away() -> None:
    """Two of them stay in sight, every other note does; nothing of it is lost."""
    others = tuple(f"En «Cuadro {n}» la respuesta es otra: {n}." for n in range(5))
    answer = Answer(
        status=Status.ANSWERED, text="Norte: 5.", route=Route(name="figures", tool="rank"), citations=(cited(1),),
        warnings=(*others, "Una cifra no cuadra."),
    )  # fmt: skip
    shown, folded, _ = re.split(r"<details[^>]*>|</details>", talk_html((Turn(question="x", answer=answer),), ()))
    assert [other in shown for other in others] == [True, True, False, False, False]
    assert [other in folded for other in others] == [False, False, True, True, True]
    assert "Una cifra no cuadra." in shown
    assert "3 avisos más" in folded
