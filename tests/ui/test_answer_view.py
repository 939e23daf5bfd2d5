"""An answer on the screen: each part on its own line, nothing lost, nothing said twice."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant.model import Answer, Route, Status
from index.model import Citation
from ui.answer_view import Part, answer_lines
from ui.cli import app
from ui.printing import print_line


def cell(row: str, column: str, text: str) -> Citation:
    return Citation(document="d", file="faros.txt", title="Faros", table="Cuadro 1", row=row, column=column, text=text)


FAROS = Answer(
    status=Status.ANSWERED,
    text="Punta Alta: 60 % (Ejecutado 600 de Vigente 1,000). Cálculo: 600 / 1,000 × 100 = 60 %. "
    "Fuente: «Cuadro 1», faros.txt. El informe imprime 61 %.",
    route=Route(name="figures", tool="percentage"),
    citations=(cell("Punta Alta", "Ejecutado", "600"), cell("Punta Alta", "Vigente", "1,000")),
    formula="600 / 1,000 × 100 = 60 %",
    warnings=("El informe imprime 61 %.",),
)


def shown(answer: Answer) -> list[tuple[Part, str]]:
    return [(line.part, line.text) for line in answer_lines(answer)]


def test_each_part_has_its_line_and_cells_of_a_row_share_one() -> None:
    assert shown(FAROS) == [
        (Part.ANSWER, "Punta Alta: 60 % (Ejecutado 600 de Vigente 1,000)."),
        (Part.FORMULA, "Cálculo: 600 / 1,000 × 100 = 60 %."),
        (Part.SOURCE, "Fuente: «Cuadro 1», faros.txt."),
        (Part.CELL, "Punta Alta · Ejecutado: 600; Vigente: 1,000"),
        (Part.NOTE, "Aviso: El informe imprime 61 %."),
    ]


def test_what_the_text_does_not_say_is_added() -> None:
    lines = shown(replace(FAROS, text="Punta Alta: 60 %."))
    assert (Part.FORMULA, "Cálculo: 600 / 1,000 × 100 = 60 %") in lines
    assert (Part.NOTE, "Aviso: El informe imprime 61 %.") in lines
    assert any(part is Part.SOURCE for part, _ in lines)


def test_listed_rows_stand_on_their_own_lines() -> None:
    answer = replace(
        FAROS,
        text="2 de 3 faros: con meta y sin ejecución: Punta Alta (0 de 4); Punta Baja (0 de 1) (2023). "
        "Fuente: «Cuadro 1», faros.txt.",
        route=Route(name="figures", tool="list"),
        citations=(cell("Punta Alta", "Hecho", "0"), cell("Punta Baja", "Hecho", "")),
        formula=None,
        warnings=(),
    )
    assert shown(answer) == [
        (Part.ANSWER, "2 de 3 faros: con meta y sin ejecución:"),
        (Part.OPTION, "Punta Alta (0 de 4)"),
        (Part.OPTION, "Punta Baja (0 de 1) (2023)"),
        (Part.SOURCE, "Fuente: «Cuadro 1», faros.txt."),
        (Part.CELL, "Punta Alta · Hecho: 0"),
        (Part.CELL, "Punta Baja · Hecho: (en blanco)"),
    ]


def test_candidates_and_what_is_loaded_stand_on_their_own_lines() -> None:
    asked = replace(
        FAROS,
        status=Status.AMBIGUOUS,
        text="¿De cuál faro? Punta Alta: 600; Punta Baja: 400.",
        suggestions=("Punta Alta", "Punta Baja"),
        formula=None,
        warnings=(),
        citations=(),
    )
    assert [text for _, text in shown(asked)] == ["¿De cuál faro?", "Punta Alta: 600", "Punta Baja: 400"]
    refused = replace(
        asked, status=Status.NOT_FOUND, text="No consta. Informes cargados: Faros (2023).", suggestions=()
    )
    assert [text for _, text in shown(refused)] == ["No consta.", "Informes cargados: Faros (2023)."]


def test_many_cells_are_counted_not_listed() -> None:
    wide = tuple(cell("Punta Alta", f"Mes {n}", str(n)) for n in range(9))
    tall = tuple(cell(f"Punta {n}", "Hecho", str(n)) for n in range(10))
    lines = [text for part, text in shown(replace(FAROS, citations=(*wide, *tall))) if part is Part.CELL]
    assert lines[0].endswith("Mes 5: 5; y 3 celdas más")
    assert lines[-1] == "y 3 filas más (todas con --json)"


@pytest.mark.parametrize(("terminal", "lines"), [(True, 3), (False, 1)])
def test_long_lines_are_wrapped_on_a_terminal_alone(*, terminal: bool, lines: int) -> None:
    out = io.StringIO()
    console = Console(file=out, width=30, force_terminal=terminal, color_system=None)
    print_line(console, "una frase que no cabe entera en treinta columnas de pantalla", indent=4)
    printed = out.getvalue().splitlines()
    assert len(printed) == lines
    assert all(line.startswith("    ") for line in printed)


def test_a_conversation_without_questions_ends_without_complaint(tmp_path: Path) -> None:
    (tmp_path / "faros.txt").write_text("Cuadro 1: Gasto\n\nFaro\tGasto\nPunta\t600.00\nCabo\t5.00\n", encoding="utf-8")
    base = ["--almacen", str(tmp_path / "almacen")]
    assert CliRunner().invoke(app, [*base, "cargar", str(tmp_path / "faros.txt")]).exit_code == 0
    done = CliRunner().invoke(app, [*base, "preguntar"], input="")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "ninguna pregunta" in done.stderr
