"""The one file that runs Tesseract: the command line of the system's package, offline, one process a picture."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.errors import OcrError

if TYPE_CHECKING:
    from index.ocr.picture import Picture

PACKAGES = "tesseract-ocr y tesseract-ocr-spa"
SECONDS = 60.0  # for one picture: a page takes 1 to 4
_QUIET = {"OMP_THREAD_LIMIT": "1"}  # more threads make it slower, and the pages are already read side by side


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One word as Tesseract saw it, in pixels. confidence: 0 to 100. line: words of one line share it."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    line: tuple[int, int, int] = (0, 0, 0)

    @property
    def height(self) -> int:
        return self.bottom - self.top


@cache
def languages() -> frozenset[str]:
    """Languages that can be read; empty when Tesseract is not installed."""
    if shutil.which("tesseract") is None:
        return frozenset()
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607 - found on the path of the user
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.decode("utf-8", "replace").split("\n")[1:]) - {""}


def available() -> bool:
    """Whether Spanish pages can be read here."""
    return "spa" in languages()


def read(picture: Picture, *, language: str = "spa", layout: int = 6, only: str = "") -> list[Seen]:
    """The words of a picture. layout: Tesseract's --psm. only: the characters it may answer with, all when empty.

    Raises OcrError when Tesseract fails or takes too long.
    """
    options = ["-l", language, "--psm", str(layout), "--dpi", str(picture.dpi)]
    if only:
        options += ["-c", f"tessedit_char_whitelist={only}"]
    output = _run(picture, [*options, "tsv"])
    rows = csv.DictReader(io.StringIO(output), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_seen(row) for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]


def quarter_turns(picture: Picture) -> int | None:
    """Degrees by which the picture must be turned with the clock to stand upright; None when it cannot be told."""
    if "osd" not in languages():
        return None
    try:
        output = _run(picture, ["--psm", "0", "--dpi", str(picture.dpi)])
    except OcrError:
        return None  # too few letters
    values = dict(line.split(": ", 1) for line in output.splitlines() if ": " in line)
    try:
        return int(values["Rotate"]) if float(values["Orientation confidence"]) > 1 else None
    except (KeyError, ValueError):
        return None


def _run(picture: Picture, options: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the picture goes in as data
            ["tesseract", "stdin", "stdout", *options],  # noqa: S607 - found on the path of the user
            input=picture.pgm(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, **_QUIET},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OcrError("Tesseract no respondió a tiempo.") from error
    if done.returncode:
        raise OcrError("Tesseract no pudo leer la imagen.")
    return done.stdout.decode("utf-8", "replace")


def _seen(row: dict[str, str]) -> Seen:
    left, top = int(row["left"]), int(row["top"])
    return Seen(
        text=row["text"].strip(),
        x0=left,
        top=top,
        x1=left + int(row["width"]),
        bottom=top + int(row["height"]),
        confidence=float(row["conf"]),
        line=(int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
    )
