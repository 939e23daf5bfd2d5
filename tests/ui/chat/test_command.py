"""`consta chat` opens a page on this machine, and says so when it cannot."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.conftest import ROOT


def command(store: Path, port: int) -> list[str]:
    call = "from ui.cli import main; main()"
    return [sys.executable, "-c", call, "--almacen", str(store), "chat", "--puerto", str(port), "--sin-navegador"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_page_is_served_in_spanish_and_names_no_other_machine(demo_folder: Path) -> None:
    """What the browser gets first: the language, our script before all others, no address outside."""
    port = free_port()
    with subprocess.Popen(command(demo_folder, port), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert f"127.0.0.1:{port}" in process.stdout.readline()
            page = _get(f"http://127.0.0.1:{port}/")
        finally:
            process.terminate()
    assert 'lang="es"' in page
    assert re.search(r"<head><script>", page)
    named = set(re.findall(r"(?:src|href|content)=\"(https?://[^\"]+)", page))
    assert {n for n in named if "127.0.0.1" not in n} == set()


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
