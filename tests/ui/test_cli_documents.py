"""`consta cargar`, `documentos`, `quitar`: what is printed, what is kept, and the exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.conftest import ROOT
from ui.cli import app

REPORT = """INSTITUTO DE FAROS DE GUATEMALA

Informe de faros, segundo cuatrimestre de 2023

Cuadro 1: Gasto por faro (En quetzales)

Faro\tVigente\tEjecutado
Punta Alta\t1,200.00\t600.00
Punta Baja\t800.00\t400.00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one report."""
    informes = tmp_path / "informes"
    informes.mkdir()
    (informes / "faros.txt").write_text(REPORT, encoding="utf-8")
    return informes


def consta(folder: Path, *words: str, typed: str | None = None) -> Result:
    """Run a command on a store beside the folder."""
    return CliRunner().invoke(app, ["--almacen", str(folder.parent / "almacen"), *words], input=typed)


def listed(folder: Path) -> list[dict[str, object]]:
    documents: list[dict[str, object]] = json.loads(consta(folder, "documentos", "--json").stdout)
    return documents


def test_loading_tells_each_outcome_and_fails_when_one_failed(folder: Path) -> None:
    done = consta(folder, "cargar", str(folder))
    assert done.exit_code == 0
    assert "nuevo" in done.stdout
    assert "1 nuevo." in done.stdout
    (folder / "roto.pdf").write_bytes(b"%PDF-1.4 cortado")
    (folder / "foto.png").write_bytes(b"x")
    again = consta(folder, "cargar", str(folder))
    assert again.exit_code == 1
    assert "1 ya estaba, 1 fallido." in again.stdout
    assert "incompleto o dañado" in " ".join(again.stdout.split())
    assert "1 .png" in again.stderr


def test_a_folder_without_reports_is_a_failure(folder: Path) -> None:
    (folder / "faros.txt").unlink()
    assert consta(folder, "cargar", str(folder)).exit_code == 1
    assert not (folder.parent / "almacen").exists()


def test_the_list_shows_what_was_recognised(folder: Path) -> None:
    consta(folder, "cargar", str(folder))
    shown = consta(folder, "documentos").stdout
    for part in ("faros.txt", "Guatemala", "segundo cuatrimestre de 2023", "GTQ", "1 tabla (2 filas)"):
        assert part in shown
    detail = consta(folder, "documentos", "faros", "--detalle").stdout
    assert "Cuadro 1: Gasto por faro" in detail
    (document,) = listed(folder)
    assert (document["file"], document["tables"], document["rows"]) == ("faros.txt", 1, 2)
    assert document["period_text"] == "segundo cuatrimestre de 2023"


def test_an_empty_store_is_not_made_by_looking_at_it(folder: Path) -> None:
    done = consta(folder, "documentos")
    assert (done.exit_code, "consta cargar" in done.stdout) == (0, True)
    assert listed(folder) == []
    assert consta(folder, "quitar", "faros").exit_code == 1
    assert not (folder.parent / "almacen").exists()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        (["--institucion", "Dirección de Faros"], "institution", "Dirección de Faros"),
        (["--pais", "costa rica"], "country", "CR"),
        (["--pais", "hn"], "country", "HN"),
        (["--moneda", "colones costarricenses"], "currency", "CRC"),
        (["--moneda", "usd"], "currency", "USD"),
        (["--moneda", "-"], "currency", None),
        (["--periodo", "enero 2021"], "period", {"year": 2021, "last_year": None, "first": 1, "last": 1}),
        (["--titulo", "Faros"], "title", "Faros"),
        (["--siglas", "DF, IFG"], "aliases", ["DF", "IFG"]),
    ],
)
def test_what_was_inferred_can_be_corrected(folder: Path, words: list[str], field: str, value: object) -> None:
    consta(folder, "cargar", str(folder))
    done = consta(folder, "documentos", "--editar", "FAROS", *words)
    assert done.exit_code == 0, done.stderr
    assert "Corregido a mano" in done.stdout
    consta(folder, "cargar", "--releer", str(folder))
    (document,) = listed(folder)
    assert (document[field], document["edited"]) == (value, [field])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["documentos", "--editar", "faros"], "diga qué se corrige"),
        (["documentos", "--pais", "HN"], "falta --editar"),
        (["documentos", "--editar", "faros", "--pais", "Narnia"], "no es un país"),
        (["documentos", "--editar", "faros", "--moneda", "pesos"], "puede ser"),
        (["documentos", "--editar", "faros", "--moneda", "conchas"], "tres letras"),
        (["documentos", "--editar", "faros", "--periodo", "pronto"], "no es un periodo"),
        (["documentos", "--editar", "faros", "--titulo", ""], "título"),
        (["cargar"], "Falta el argumento"),
        (["cragar", "x"], "No existe la orden"),
        (["documentos", "--detale"], "No existe la opción"),
        (["quitar"], "Falta el argumento"),
    ],
)
def test_wrong_use_is_status_2_and_spanish(folder: Path, words: list[str], said: str) -> None:
    consta(folder, "cargar", str(folder))
    done = consta(folder, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Pruebe «" in done.stderr
    assert listed(folder)[0]["edited"] == []


@pytest.mark.parametrize(
    ("typed", "status", "left"), [("s\n", 0, 0), ("Sí\n", 0, 0), ("\n", 1, 1), ("no\n", 1, 1), ("", 1, 1)]
)
def test_removing_asks_first(folder: Path, typed: str, status: int, left: int) -> None:
    consta(folder, "cargar", str(folder))
    done = consta(folder, "quitar", "faros", typed=typed)
    assert (done.exit_code, len(listed(folder))) == (status, left)


def test_removing_without_asking(folder: Path) -> None:
    consta(folder, "cargar", str(folder))
    ident = str(listed(folder)[0]["id"])
    assert consta(folder, "quitar", ident[:6], "--si").exit_code == 0
    assert listed(folder) == []
    assert (folder / "faros.txt").exists()
    gone = consta(folder, "quitar", "faros", "--si")
    assert (gone.exit_code, "No está cargado" in gone.stderr) == (1, True)


def test_a_store_that_cannot_be_used_is_one_line_and_status_1(folder: Path) -> None:
    (folder.parent / "almacen").write_text("un archivo")
    done = consta(folder, "cargar", str(folder))
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "--almacen" in done.stderr


def test_an_unforeseen_failure_is_one_line_and_status_1(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.files.find_files", lambda _paths: 1 / 0)
    done = consta(folder, "cargar", str(folder))
    assert (done.exit_code, "Fallo inesperado" in done.stderr) == (1, True)


def run(*words: str, folder: Path, code: str = "from ui.cli import main; main()") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CONSTA_ALMACEN": str(folder.parent / "del_entorno"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_process_takes_the_store_from_the_environment(folder: Path) -> None:
    """As a user runs it; the option goes before the environment."""
    done = run("cargar", str(folder), folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "faros.txt" in run("documentos", folder=folder).stdout
    assert run("--almacen", str(folder.parent / "otro"), "documentos", "--json", folder=folder).stdout == "[]\n"
    assert run("documentos", "--foo", folder=folder).returncode == 2


def test_help_speaks_spanish_and_loads_nothing_heavy(folder: Path) -> None:
    """The libraries that take seconds are for the commands that need them."""
    heavy = "pandas torch gradio llama_index transformers sentence_transformers pdfplumber docx openpyxl babel"
    code = (
        "import sys\nfrom ui.cli import app\napp(prog_name='consta', standalone_mode=False)\n"
        f"print([m for m in '{heavy}'.split() if m in sys.modules])"
    )
    for words in ([], ["--help"], ["cargar", "--help"], ["documentos", "--help"], ["quitar", "--help"]):
        done = run(*words, folder=folder, code=code)
        assert done.stdout.endswith("[]\n")
        told = done.stdout + done.stderr
        assert "Uso: consta" in told
        for english in ("Usage", "Options", "Commands", "Arguments", "Show this", "[required]", "env var"):
            assert english not in told
