"""`consta chat` opens a page on this machine, and says so when it cannot."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.ui.chat.pages import load_report


def command(store: Path, port: int) -> list[str]:
    # a shell has what it runs in the background deaf to Ctrl-C, and the tests may be run so
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    call = f"{hears}; from ui.cli import main; main()"
    return [sys.executable, "-c", call, "--almacen", str(store), "chat", "--puerto", str(port), "--sin-navegador"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def opened(store: Path, port: int, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """The running command, once it says that its page is there. temporary: its folder for temporary files."""
    inherited = {k: v for k, v in os.environ.items() if k != "GRADIO_TEMP_DIR"}  # set by a page of another test
    with subprocess.Popen(
        command(store, port), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**inherited, "TMPDIR": str(temporary)},
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert f"127.0.0.1:{port}" in process.stdout.readline()
            yield process
        finally:
            process.kill()


def test_the_page_is_served_in_spanish_and_names_no_other_machine(demo_folder: Path, tmp_path: Path) -> None:
    """What the browser gets first: the language, our script before all others, no address outside."""
    port = free_port()
    with opened(demo_folder, port, tmp_path):
        page = _get(f"http://127.0.0.1:{port}/")
    assert 'lang="es"' in page
    assert re.search(r"<head><script>", page)
    named = set(re.findall(r"(?:src|href|content)=\"(https?://[^\"]+)", page))
    assert {n for n in named if "127.0.0.1" not in n} == set()


@pytest.mark.parametrize(
    ("told", "times", "statuses"),
    [
        (signal.SIGINT, 1, {130}),
        (signal.SIGINT, 4, {130, -signal.SIGINT}),  # one that comes once all is in order ends it there and then
        (signal.SIGTERM, 1, {-signal.SIGTERM}),
    ],
)
def test_it_ends_quietly_while_a_page_is_open(
    tmp_path: Path, told: signal.Signals, times: int, statuses: set[int]
) -> None:
    """Ctrl-C, however often, and the end of a service: one line, nothing in the log, no upload left, the status of old."""
    load_report(tmp_path)
    temporary, store, port = tmp_path / "temporal", tmp_path / "almacen", free_port()
    temporary.mkdir()
    with opened(store, port, temporary) as process:
        reading = httpx.stream("GET", f"http://127.0.0.1:{port}/gradio_api/heartbeat/abc", timeout=30)
        with reading as stream:
            lines = stream.iter_lines()
            next(lines)
            assert list(temporary.glob("consta-chat-*"))
            for _ in range(times):
                process.send_signal(told)
                time.sleep(0.05)
            with pytest.raises(httpx.RemoteProtocolError):  # its end is not waited for
                list(lines)
        out, errors = process.communicate(timeout=30)
    assert (out, errors) == ("El chat se detuvo.\n", "")
    assert process.returncode in statuses
    assert not (store / "registro.log").exists()
    assert list(temporary.iterdir()) == []


def test_no_stubs_are_written_for_editors_at_each_start() -> None:
    """The framework would parse and write the code of all its components; the page opens a second earlier without."""
    code = """
import ast
from ui.chat.framework import prepare
seen, parse = [], ast.parse
ast.parse = lambda source, *rest, **named: seen.append(source) or parse(source, *rest, **named)
prepare()
import gradio
print(sum("class Textbox(" in str(source) for source in seen), callable(gradio.Textbox.submit))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "0 True\n"


def test_a_port_in_use_is_said_in_one_line(demo_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            command(demo_folder, port), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "GRADIO_NUM_PORTS": "1"},
        )  # fmt: skip
    assert done.returncode != 0
    assert f"puerto {port}" in done.stderr
    assert "Traceback" not in done.stderr


def _get(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    msg = f"{address} does not answer"
    raise AssertionError(msg)
