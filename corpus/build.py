"""Build the demonstration reports: `python -m corpus.build [FOLDER]` (default: `corpus/informes`).

The same data gives the same bytes: dates inside the files are fixed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from corpus.load import load_report, report_stems
from corpus.model import ReportSpec
from corpus.write_docx import write_docx
from corpus.write_pdf import write_pdf
from corpus.write_text import write_csv, write_txt
from corpus.write_xlsx import write_xlsx

REPORTS = Path(__file__).parent / "informes"
WRITERS: dict[str, Callable[[ReportSpec, Path], None]] = {
    "csv": write_csv,
    "docx": write_docx,
    "pdf": write_pdf,
    "txt": write_txt,
    "xlsx": write_xlsx,
}


def build(folder: Path = REPORTS) -> list[Path]:
    """Write every report into `folder` and return the files in alphabetical order of their data."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem in report_stems():
        report = load_report(stem)
        path = folder / report.file
        WRITERS[report.kind](report, path)
        written.append(path)
    return written


def main() -> None:
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORTS):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
