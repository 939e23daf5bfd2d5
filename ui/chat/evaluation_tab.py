"""The tab «Evaluación»: a golden set is asked, the scores are told by kind, and what changed since the last time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.evaluation import CaseResult, GoldenSetError, to_markdown
from assistant.evaluation.markdown import change_lines, score_rows
from ui.chat.desk import Desk, check_may_change, may_change, refusal, told
from ui.chat.evaluations import (
    FAILURE_HEADINGS,
    KINDS,
    Run,
    failure_rows,
    kind_name,
    read_cases,
    run_and_keep,
    safe_name,
)
from ui.chat.service import ChatService
from ui.chat.uploads import uploaded
from ui.chat.views import rendered

_OURS = "guardado: "  # before the name of a golden set that was uploaded, in the list of those to choose from


def evaluation_tab(service: ChatService, desk: Desk, page: gr.Blocks) -> None:
    """Build the tab; called inside the context of `page`."""
    handler = _Evaluations(service, desk)
    with gr.Column(elem_id="eval"):
        gr.HTML(rendered("desk_eval_intro.html"), apply_default_css=False)
        with gr.Row(equal_height=True, elem_id="eval-choose"):
            golden = gr.Dropdown(choices=[], label="Banco de preguntas", scale=4, elem_id="eval-golden")
            run = gr.Button("Evaluar", variant="primary", scale=1, min_width=120, interactive=False, elem_id="eval-run")
            stop = gr.Button("Detener", scale=1, min_width=120, visible=False, elem_id="eval-stop")
        files = gr.File(
            label="Subir un banco de preguntas: JSONL, CSV o XLSX", file_types=list(KINDS), height=130,
            visible=False, elem_id="eval-files",
        )  # fmt: skip
        result = gr.HTML(elem_id="eval-result", apply_default_css=False)
        with gr.Row(visible=False, elem_id="eval-downloads") as downloads:
            as_json = gr.DownloadButton("Descargar JSON", size="sm", elem_id="eval-json")
            as_markdown = gr.DownloadButton("Descargar Markdown", size="sm", elem_id="eval-markdown")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    page.load(handler.opened, golden, [files, golden], **quiet)
    golden.focus(handler.choices, golden, golden, **quiet)
    files.upload(handler.upload, files, [files, golden], **quiet)
    golden.change(lambda name: gr.update(interactive=bool(name)), golden, run, **quiet)
    busy, idle = (lambda on=on: (gr.update(visible=not on), gr.update(visible=on)) for on in (True, False))
    running = run.click(busy, None, [run, stop], **quiet).then(
        handler.run, golden, [result, downloads, as_json, as_markdown], concurrency_limit=1,
        concurrency_id="evaluation", api_visibility="private", show_progress_on=[result],
    )  # fmt: skip
    running.then(idle, None, [run, stop], **quiet)
    stop.click(idle, None, [run, stop], cancels=[running], **quiet)  # what is cancelled has no end of its own


class _Evaluations:
    """The events of the tab. What is kept is in `Desk.saved`, under the name of the golden set."""

    def __init__(self, service: ChatService, desk: Desk) -> None:
        self._service = service
        self._desk = desk

    def opened(self, golden: str | None, request: gr.Request) -> tuple[Any, Any]:
        """A page that was just opened. Uploading is shown to those who may."""
        return gr.update(visible=may_change(request)), self.choices(golden)

    def choices(self, golden: str | None) -> Any:
        """The golden sets there are now: those of the folder given at the start, then those that were uploaded."""
        with told(self._service, "listing golden sets"):
            names = self._names()
        return gr.update(choices=names, value=golden if golden in names else next(iter(names), None))

    def upload(self, file: str | None, request: gr.Request) -> tuple[Any, Any]:
        """Keep a golden set that can be read; a wrong one is refused with its file and line."""
        check_may_change(request)
        if file is None:
            return gr.update(), gr.update()
        with told(self._service, "reading a golden set"):
            (path,) = uploaded([file], get_upload_folder())
            name = safe_name(path.name)
            try:
                data = path.read_bytes()
            finally:
                path.unlink(missing_ok=True)
            cases = read_cases(name, data, self._desk.limits)
            self._desk.saved.put_golden_set(name, data)
            names = self._names()
        gr.Info(f"«{name}» quedó guardado: {len(cases)} preguntas.", title="Banco de preguntas")
        return gr.update(value=None), gr.update(choices=names, value=f"{_OURS}{name}")

    def run(self, golden: str | None, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:
        """Ask the golden set, judge, compare with its last run."""
        if not golden:
            raise refusal("Falta el banco", "Elija o suba un banco de preguntas.")
        with told(self._service, "evaluating"):
            name, data = self._golden(golden)
            cases = read_cases(name, data, self._desk.limits)
            done: list[CaseResult] = []

            def advance(result: CaseResult) -> None:
                done.append(result)
                right = sum(not r.failed for r in done)
                progress((len(done), len(cases)), desc=f"{right} aciertos", unit="preguntas")

            progress((0, len(cases)), desc="Preguntando", unit="preguntas")
            found = run_and_keep(self._service, self._desk.saved, golden, cases, advance)
            files = _written(found)
            return (_html(found), gr.update(visible=True), *(gr.update(value=str(path)) for path in files))

    def _names(self) -> list[str]:
        return [*self._offered(), *(f"{_OURS}{name}" for name in self._desk.saved.golden_sets())]

    def _offered(self) -> dict[str, Path]:
        """Golden sets of the folder given at the start, by name: what a browser sends is looked up here, never
        used as a path.
        """
        folder = self._desk.golden
        if folder is None or not folder.is_dir():
            return {}
        return {path.name: path for path in sorted(folder.iterdir()) if path.suffix.lower() in KINDS and path.is_file()}

    def _golden(self, choice: str) -> tuple[str, bytes]:
        offered = self._offered().get(choice)
        if offered is not None:
            return offered.name, offered.read_bytes()
        name = choice.removeprefix(_OURS)
        data = self._desk.saved.golden_set(name) if choice.startswith(_OURS) else None
        if data is None:
            raise GoldenSetError(f"El banco «{safe_name(choice)}» ya no está: elija otro.")
        return name, data


def _written(run: Run) -> tuple[Path, Path]:
    """The report as files to download; the framework copies them to its own folder, which it sweeps."""
    folder = Path(tempfile.mkdtemp(prefix="consta-"))
    as_json, as_markdown = folder / "evaluacion.json", folder / "evaluacion.md"
    as_json.write_text(run.report.to_json(), encoding="utf-8")
    as_markdown.write_text(to_markdown(run.report, run.comparison), encoding="utf-8")
    return as_json, as_markdown


def _html(run: Run) -> str:
    head, *scores = score_rows(run.report.scores())
    scores = [(kind_name(kind), *rest) for kind, *rest in scores]
    return rendered(
        "desk_eval.html",
        total=run.report.total(),
        golden=", ".join(run.report.golden),
        head=head,
        scores=scores,
        changes=change_lines(run.comparison) if run.comparison is not None else None,
        failure_head=FAILURE_HEADINGS,
        failures=list(failure_rows(run.report)),
    )
