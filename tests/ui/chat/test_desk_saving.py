"""What users leave behind survives, is found only by its id, and can be asked again."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.assistant import Assistant
from assistant.evaluation import evaluate, read_golden_set
from index.errors import StoreError
from tests.assistant.made_store import QUESTIONS, made_store
from tests.conftest import ROOT
from ui.chat.export import to_csv, to_xlsx
from ui.chat.opinions import candidates
from ui.chat.saving import FILE_NAME, Opinion, Saved, SavedTalk, SavedTurn
from ui.chat.talk_view import HEADINGS, saved_html, talk_rows

ANSWER = {
    "status": "answered",
    "text": "Punta Alta: 600",
    "values": [{"value": 600, "unit": "GTQ", "label": "Punta Alta", "printed": True}],
    "route": {"name": "figures", "tool": "look_up", "arguments": {}, "reason": "", "runner_up": None},
    "citations": [],
    "formula": None,
    "warnings": [],
    "suggestions": [],
}


def test_looking_makes_no_file(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    assert saved.saved("x" * 22) is None
    assert saved.opinions() == ()
    assert saved.golden_sets() == ()
    assert saved.last_evaluation("a") is None
    assert not (tmp_path / FILE_NAME).exists()


def test_a_conversation_comes_back_as_it_was(tmp_path: Path) -> None:
    turns = (
        SavedTurn(question="¿Cuánto?", answer=ANSWER, lines=(("answer", "600"),)),
        SavedTurn(question="¿y luego?", answer=None),
    )
    first, second = (Saved(tmp_path).save(turns, "# Consulta") for _ in range(2))
    assert first != second
    assert len(first) == 22
    talk = Saved(tmp_path).saved(first)
    assert talk is not None
    assert (talk.turns, talk.markdown) == (turns, "# Consulta")
    assert Saved(tmp_path).saved(first[:-1]) is None


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    saved, idents = Saved(tmp_path), []
    threads = [
        threading.Thread(target=lambda n=n: idents.append(saved.save([SavedTurn(question=f"p{n}", answer=None)])))
        for n in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {talk.turns[0].question for ident in idents if (talk := saved.saved(ident)) is not None}
    assert found == {f"p{n}" for n in range(24)}


def test_what_was_saved_survives_a_kill(tmp_path: Path) -> None:
    """A process that is killed while it saves leaves every id that it had handed out, and a file that opens."""
    code = (
        "import sys; from pathlib import Path; from ui.chat.saving import Saved, SavedTurn\n"
        "saved = Saved(Path(sys.argv[1]))\n"
        "while True: print(saved.save([SavedTurn(question='¿?' * 500, answer=None)]), flush=True)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout is not None
    idents = [child.stdout.readline().strip() for _ in range(25)]
    os.kill(child.pid, signal.SIGKILL)
    idents += [line.strip() for line in child.stdout if len(line) == 23]
    child.wait()
    assert all(Saved(tmp_path).saved(ident) is not None for ident in idents)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database, but a letter" * 50)
    with pytest.raises(StoreError):
        Saved(tmp_path).save([])
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"not a database")


def test_golden_sets_and_evaluations_are_kept_by_name(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    saved.put_golden_set("b.jsonl", b"1")
    saved.put_golden_set("a.csv", b"2")
    saved.put_golden_set("b.jsonl", b"3")
    assert saved.golden_sets() == ("a.csv", "b.jsonl")
    assert saved.golden_set("b.jsonl") == b"3"
    for number in range(30):
        saved.add_evaluation("b.jsonl", str(number))
    assert saved.last_evaluation("b.jsonl") == "29"
    assert saved.last_evaluation("a.csv") is None


def test_approved_answers_are_right_when_they_are_asked_again(tmp_path: Path) -> None:
    """Answers of every kind, exported, read by the evaluation, asked and judged: all right."""
    assistant = Assistant(made_store(tmp_path))
    saved = Saved(tmp_path)
    for question in QUESTIONS:
        saved.add_opinion(Opinion(good=True, question=question, answer=assistant.ask(question).to_dict()))
    path = tmp_path / "candidatas.jsonl"
    path.write_text("\n".join(candidates(saved.opinions()).ready), encoding="utf-8")
    cases = read_golden_set(path)
    assert len(cases) == len(QUESTIONS)
    report = evaluate(cases, lambda q: assistant.ask(q.text, history=q.history, documents=q.documents))
    assert [(r.question, r.reasons) for r in report.failures()] == []


def test_rejected_answers_wait_for_a_person(tmp_path: Path) -> None:
    """Nothing is guessed about what would have been right; the last opinion on a question is the one that counts."""
    saved = Saved(tmp_path)
    saved.add_opinion(Opinion(good=True, question="¿Cuánto?", answer=ANSWER))
    number = saved.add_opinion(Opinion(good=False, question="¿Cuánto?", answer=ANSWER, owner="ana"))
    saved.comment(number, "es del otro faro")
    found = candidates(saved.opinions())
    assert found.ready == ()
    case = json.loads(found.open[0])
    assert (case["expected"], case["comment"], case["answer"]) == ({}, "es del otro faro", "Punta Alta: 600")


def test_nothing_that_was_asked_or_read_becomes_markup_or_a_formula() -> None:
    evil = "=1+1<script>alert(1)</script>"
    cited = dict.fromkeys(("document", "file", "table", "section", "row", "column", "text"), evil)
    values = [{"value": None, "unit": evil, "label": evil, "printed": False}]
    answer = {**ANSWER, "text": evil, "formula": evil, "values": values, "citations": [{**cited, "page": 1}]}
    turn = SavedTurn(question=evil, answer=answer, lines=(("answer", evil), ("cell", evil)))
    page = saved_html(SavedTalk(id="x", when="2024", turns=(turn,)))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 3
    rows = talk_rows((turn, SavedTurn(question=evil, answer=None)))
    table = list(csv.reader(io.StringIO(to_csv(rows).decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in table] == [len(HEADINGS)] * 3
    assert not [cell for row in table for cell in row if cell.startswith("=")]
    sheet = load_workbook(io.BytesIO(to_xlsx(rows, "Consulta"))).active
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert "f" not in kinds  # a formula
