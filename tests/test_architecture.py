"""The rooms of the project: what may import what, who owns the heavy libraries, how long a file may be."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("index", "tools", "assistant", "ui")  # imports only point to the left
LONGEST = 400
OWNERS = {
    "pdfplumber": {"index/pdf/source.py"},
    "pypdfium2": {"index/ocr/picture.py", "index/pdf/render.py"},
    "subprocess": {"index/ocr/tesseract.py", "index/apart/crew.py"},
    "scipy": {"index/ocr/clean.py"},
    "numpy": {
        *(
            f"index/ocr/{n}.py"
            for n in ("clean", "figures", "inset", "page", "picture", "rulings", "sheet", "warp", "zones")
        ),
        *(
            f"index/{n}.py"
            for n in (
                *("arrays", "bm25", "embedding", "hybrid", "kept", "labels", "meaning"),
                *("postings", "retrievers", "search", "vectors"),
            )
        ),
        *(f"index/spanish_model/{n}.py" for n in ("alignment", "compress", "student", "teacher", "train")),
    },
    "llama_index": {"index/retrievers.py", "assistant/agent_tools.py"},
    "workflows": {"assistant/agent.py"},
    "docx": {"index/readers/docx.py", "index/readers/package.py"},
    "openpyxl": {
        "index/readers/xlsx.py",
        "assistant/evaluation/sheets.py",
        "ui/chat/export.py",
    },  # the latter reads golden sets
    "sqlite3": {  # the store, and beside it what users save in the chat
        "index/sqlite_store.py",
        "index/sqlite_rows.py",
        "index/sqlite_schema.py",
        "ui/chat/saving.py",
    },
    "gradio": {  # the files that build pages, and the one that serves them
        f"ui/chat/{name}.py" for name in ("page", "theme", "ask_tab", "reports_tab", "evaluation_tab", "api", "server")
    }
    | {f"ui/chat/{name}.py" for name in ("desk", "framework", "keeping", "sheet_panel", "teller")},
    "fastapi": {"ui/chat/server.py", "ui/chat/site.py"},
    "uvicorn": {"ui/chat/server.py"},
    "sentence_transformers": {"index/sentence_model.py"},
    "torch": {"index/spanish_model/student.py"},  # to train; answers need no torch
}
HEAVY = frozenset(
    {
        "gradio",
        "pandas",
        "pdfplumber",
        "pypdfium2",
        "llama_index",
        "workflows",
        "docx",
        "openpyxl",
        "babel",
        "numpy",
        "scipy",
        "PIL",
        "torch",
        "sentence_transformers",
    }
)
STARTS = {  # what importing a module may load beside the light parts of the standard library
    "ui.cli": set(),  # --help
    "assistant.assistant": {"pandas", "workflows"},  # a figure question
    "index.ingest": set(),  # each reader loads its library when a file of its kind comes
}
FILES = sorted(p for room in ORDER for p in (ROOT / room).rglob("*.py"))
NAMES = [p.relative_to(ROOT).as_posix() for p in FILES]
MODULES = {n.removesuffix(".py").removesuffix("/__init__").replace("/", "."): n for n in NAMES}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def typing_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(name: str, *, top: bool = False) -> set[str]:
    """Modules a file imports. top: only those that importing the file imports too."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.update(alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert not child.level, f"{name}: imports are written in full"
                parts = {f"{child.module}.{alias.name}" for alias in child.names}
                found.update(parts if parts <= set(MODULES) else parts | {child.module or ""})
            elif top and (typing_only(child) or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)):
                continue
            visit(child)

    visit(tree(name))
    return found


def first(module: str) -> str:
    return module.split(".", 1)[0]


@pytest.mark.parametrize("name", NAMES)
def test_imports_point_one_way(name: str) -> None:
    """index ← tools ← assistant ← ui; nobody imports the tests or the demonstration corpus."""
    allowed = set(ORDER[: ORDER.index(name.split("/", 1)[0]) + 1])
    ours = {first(m) for m in imported(name)} & {*ORDER, "corpus", "tests"}
    assert ours <= allowed


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_heavy_libraries_have_one_owner(library: str) -> None:
    users = {name for name in NAMES if library in {first(m) for m in imported(name)}}
    assert users <= OWNERS[library]


def test_pandas_stays_in_tools() -> None:
    users = {name for name in NAMES if "pandas" in {first(m) for m in imported(name)}}
    assert users <= {name for name in NAMES if name.startswith("tools/")}


def edges() -> dict[str, set[str]]:
    """What importing each module of ours imports of ours; importing a module runs the packages around it."""
    found: dict[str, set[str]] = {}
    for module, name in MODULES.items():
        direct = {m for m in imported(name, top=True) if m in MODULES}
        around = {m.rsplit(".", 1)[0] for m in direct if "." in m}
        found[module] = (direct | {m for m in around if m in MODULES and not module.startswith(m)}) - {module}
    return found


@pytest.mark.parametrize("start", sorted(STARTS))
def test_heavy_libraries_load_when_they_are_needed(start: str) -> None:
    """Importing the way in does not pay for what only some questions or files use."""
    graph, seen, waiting = edges(), set(), [start]
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
            heavy = {first(m) for m in imported(MODULES[module], top=True)} & HEAVY
            assert heavy <= STARTS[start], f"{start} loads {heavy} by way of {module}"


def test_no_cycles() -> None:
    """No module imports itself by way of others."""
    graph = edges()
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join([*trail[trail.index(module) :], module])
        if module in done:
            return
        for other in sorted(graph[module]):
            walk(other, (*trail, module))
        done.add(module)

    for module in sorted(graph):
        walk(module, ())


@pytest.mark.parametrize("name", NAMES)
def test_files_are_short(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_no_error_is_swallowed(name: str) -> None:
    """Everything is caught only to be raised again, or at the outermost edge with the reason on the line."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for node in ast.walk(tree(name)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = ast.unparse(node.type) if node.type else "BaseException"
        again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        if re.search(r"\b(Base)?Exception\b", caught) and not again:
            assert re.search(r"#.* - \w+", lines[node.lineno - 1]), f"{name}:{node.lineno} catches {caught}"


@pytest.mark.parametrize("name", NAMES)
def test_exemptions_give_their_reason(name: str) -> None:
    """A `noqa` or `type: ignore` says why: each rule once in a file at least."""
    text = (ROOT / name).read_text(encoding="utf-8")
    marks = re.findall(r"#\s*(noqa(?:: *[A-Z]+\d+)?|type:\s*ignore(?:\[[\w-]+\])?)(.*)", text)
    reasoned = {rule for rule, rest in marks if re.search(r"(?: - |# ).*\w", rest)}
    assert {rule for rule, _ in marks} <= reasoned


@pytest.mark.parametrize("name", NAMES)
def test_dataclasses_are_frozen_or_said_to_change(name: str) -> None:
    """Values that rooms share do not change; a dataclass that does is built step by step and keeps to its module."""
    for node in ast.walk(tree(name)):
        if not isinstance(node, ast.ClassDef):
            continue
        for mark in node.decorator_list:
            text = ast.unparse(mark)
            if text.startswith("dataclass") and "/model.py" in name:
                assert "frozen=True" in text, f"{name}: {node.name}"
                assert "kw_only=True" in text, f"{name}: {node.name}"
