"""How long the chat takes from the start of its process until a person can ask: browser and server on this machine.

    python -m tests.benchmarks.chat_opening --almacen CARPETA [--veces 10]

Each time a new process, and a browser that was never here. Seconds from the start of the process until the first byte of
the page, until something is seen, until the box for questions is there, and until a question typed into it at once is
answered; then the seconds of processor that server and browser took, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.conftest import ROOT
from tests.ui.chat.conftest import ARGS, CHROMIUM

_TICK = os.sysconf("SC_CLK_TCK")
_QUESTION = "¿Cuánto gastó la SIE en mayo?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """Seconds from the start of the process; server, browser: of processor, until the box was there."""

    byte: float
    seen: float
    box: float
    answer: float
    server: float
    browser: float


def opened(browser: Any, store: Path, port: int) -> Opened:
    """Start the server, open its page, ask."""
    page = browser.new_context().new_page()
    before = _spent(_chromium())
    begun = time.time()
    call = "from ui.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", call, "--almacen", str(store), "chat", "--puerto", str(port), "--sin-navegador"],
        cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:  # nobody listens yet
                time.sleep(0.02)
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        page.locator("#question textarea").wait_for()
        box = time.time() - begun
        server, other = _spent([process.pid]), _spent(_chromium()) - before
        page.fill("#question textarea", _QUESTION)
        page.press("#question textarea", "Enter")
        page.locator(".turn .answer").wait_for()
        answer = time.time() - begun
        at = page.evaluate(
            """() => [performance.timeOrigin + performance.getEntriesByType('navigation')[0].responseStart,
            performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime]"""
        )
        byte, seen = (told / 1000 - begun for told in at)
        return Opened(byte=byte, seen=seen, box=box, answer=answer, server=server, browser=other)
    finally:
        process.terminate()
        process.wait(30)
        page.context.close()


def _chromium() -> list[int]:
    """The processes of the browser that this process began."""
    found = {os.getpid()}
    parents = {int(p.name): int(_stat(int(p.name))[1]) for p in Path("/proc").iterdir() if p.name.isdigit()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return [pid for pid in found if "chromium" in _command(pid)]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8")
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """What the system tells of a process from its state on; zeros when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return ["0"] * 50


def _spent(pids: list[int]) -> float:
    """Seconds of processor, those of children that ended among them."""
    return sum(int(ticks) for pid in pids for ticks in _stat(pid)[11:15]) / _TICK


def main() -> None:
    """Print the measures."""
    from playwright.sync_api import sync_playwright

    asked = argparse.ArgumentParser()
    asked.add_argument("--almacen", type=Path, required=True)
    asked.add_argument("--veces", type=int, default=10)
    given = asked.parse_args()
    found: list[Opened] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        for number in range(given.veces):
            found.append(opened(browser, given.almacen, 7950 + number % 40))
            print(f"load {os.getloadavg()[0]:.1f}", found[-1])  # noqa: T201 - its whole purpose
        browser.close()
    for name in Opened.__slots__:
        each = sorted(getattr(one, name) for one in found)
        print(f"{name:8} median {median(each):.2f}  least {each[0]:.2f}  most {each[-1]:.2f}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
