"""`consta usuario`, `consta opiniones` and what `consta chat` refuses before it starts."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ui.chat.auth import Role, Users, read_users
from ui.chat.saving import Opinion, Saved
from ui.cli import app

PASSWORD = "faro de la costa"
ANSWER: dict[str, Any] = {
    "status": "answered", "text": "Punta Alta: 600", "formula": None, "warnings": [], "suggestions": [],
    "values": [{"value": 600, "unit": "GTQ", "label": "Punta Alta", "printed": True}],
    "citations": [{"document": "d", "file": "faros.txt", "page": None, "table": "Cuadro 1", "section": None,
                   "row": "Punta Alta", "column": "Ejecutado", "text": "600"}],
}  # fmt: skip


def consta(*words: str, store: Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--almacen", str(store), *words], input=typed)


def test_a_line_for_the_users_file(tmp_path: Path) -> None:
    done = consta("usuario", "ana", "--rol", "carga", store=tmp_path, typed=f"{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.stdout
    path = tmp_path / "usuarios.txt"
    path.write_text(done.stdout, encoding="utf-8")
    assert Users(path).checked("ana", PASSWORD) is not None


def test_the_file_is_made_private_and_lines_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "usuarios.txt"
    for name, role in (("ana", "consulta"), ("luis", "consulta"), ("ana", "carga")):
        done = consta("usuario", name, "--rol", role, "--archivo", str(path), store=tmp_path, typed=f"{PASSWORD}\n")
        assert done.exit_code == 0, done.stderr
    assert {u.name: u.role for u in read_users(path).values()} == {"luis": Role.CONSULT, "ana": Role.LOAD}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("usuario", "ana"), "corta\n", "entre 10 y"),
        (("usuario", "a b"), f"{PASSWORD}\n", "no sirve como nombre"),
        (("usuario", "ana", "--rol", "jefa"), f"{PASSWORD}\n", "el rol es consulta o carga"),
        (("chat", "--direccion", "0.0.0.0", "--sin-navegador"), None, "hace falta --usuarios"),
        (("chat", "--usuarios", "no-existe.txt", "--sin-navegador"), None, "No se puede leer el archivo de usuarios"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, words: tuple[str, ...], typed: str | None, told: str) -> None:
    done = consta(*words, store=tmp_path, typed=typed)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_opinions_are_listed_and_exported(tmp_path: Path) -> None:
    assert "Todavía no hay opiniones" in consta("opiniones", store=tmp_path).stdout
    saved = Saved(tmp_path)
    saved.add_opinion(Opinion(good=True, question="¿Cuánto?", answer=ANSWER))
    saved.add_opinion(Opinion(good=False, question="¿Y luego?", answer=ANSWER, comment="es de otro año", owner="ana"))
    listed = consta("opiniones", store=tmp_path).stdout
    assert "en contra · ana · ¿Y luego? — es de otro año" in listed
    out = tmp_path / "salida" / "candidatas.jsonl"
    done = consta("opiniones", "--exportar", str(out), store=tmp_path)
    assert done.exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["expected"] == {"values": [600]}
    rest = json.loads(out.with_name("candidatas-por-completar.jsonl").read_text(encoding="utf-8"))
    assert (rest["expected"], rest["comment"]) == ({}, "es de otro año")
