"""The tab «Informes»: what is loaded, loading more, and which of it the conversation is restricted to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from index.readers.guard import KIND_OF_EXTENSION
from ui.chat import report_sheet as sheet
from ui.chat.desk import Desk, check_may_change, may_change, pressed, refusal, told
from ui.chat.names import document_name
from ui.chat.report_sheet import Listed
from ui.chat.service import ChatService
from ui.chat.sheet_panel import SheetPanel
from ui.chat.theme import asset
from ui.chat.uploads import load_uploads, uploaded

_LOADING: dict[str, Any] = {
    "concurrency_limit": 2,
    "concurrency_id": "loading",
}  # a long report takes a core for minutes
_TO_SHEET = "() => { document.getElementById('desk-sheet')?.scrollIntoView({block: 'start', behavior: 'smooth'}); }"


def reports_tab(service: ChatService, desk: Desk, page: gr.Blocks, scope: gr.Dropdown) -> None:
    """Build the tab; called inside the context of `page`. scope: the ids that the conversation is restricted to."""
    handler = _Reports(service, desk)
    chosen = gr.State(None)  # id of the report whose sheet is open
    with gr.Column(elem_id="desk"):
        with gr.Row(elem_id="desk-filter"):
            institutions, periods = (
                gr.Dropdown(choices=[], multiselect=True, label=label, info=info, elem_id=ident)
                for label, info, ident in (
                    ("Institución", "Sin elegir, todas.", "desk-institutions"),
                    ("Periodo", "Sin elegir, todos.", "desk-periods"),
                )
            )
        listing = gr.HTML(elem_id="desk-list", js_on_load=asset("desk.js"), apply_default_css=False)
        with gr.Row(elem_id="desk-restrict"):
            only = gr.Button(
                "Preguntar solo en los informes de esta lista", size="sm", visible=False, elem_id="desk-only"
            )
            everywhere = gr.Button("Preguntar en todos", size="sm", visible=False, elem_id="desk-everywhere")
        files = gr.File(
            label="Subir informes: PDF, DOCX, XLSX, CSV, TXT o MD",
            file_count="multiple",
            file_types=list(KIND_OF_EXTENSION),
            height=150,
            visible=False,
            elem_id="desk-files",
        )
        progress = gr.HTML(elem_id="desk-progress", apply_default_css=False)
        panel = SheetPanel(service)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    seen = [chosen, institutions, periods, scope]
    shown = [listing, only, everywhere]  # the buttons where there is something to restrict, or to open again
    around = [*shown, institutions, periods, scope]  # to be set only when reports changed: it starts other events
    page.load(handler.welcome, seen, [files, *shown, institutions, periods], **quiet)
    for event in (institutions.change, periods.change, scope.change):  # clearing a box whole is no `input`
        event(handler.relisted, seen, shown, **quiet)
    # pressed while another sheet is being opened: the one pressed last stays
    latest = quiet | {"trigger_mode": "always_last"}
    listing.choose(handler.choose, None, chosen, **quiet, trigger_mode="multiple").then(
        panel.open, chosen, panel.outputs, **latest
    ).then(handler.relisted, seen, shown, js=_TO_SHEET, **latest)
    only.click(handler.only, [institutions, periods], scope, **quiet)
    everywhere.click(handler.everywhere, None, scope, **quiet)
    panel.alone.click(handler.alone, chosen, scope, **quiet)
    files.upload(
        handler.upload, files, [files, progress], trigger_mode="multiple", api_visibility="private",
        show_progress="hidden", **_LOADING,
    ).then(
        lambda: gr.update(value=None), None, files, **quiet  # a quick end comes before the page has put them there
    ).then(handler.around, seen, around, **quiet)  # fmt: skip
    for changed in panel.wire(chosen):
        changed.then(handler.around, seen, around, **quiet)


class _Reports:
    """The events of the tab. Nothing of a session is kept here: it comes in and goes out with every event."""

    def __init__(self, service: ChatService, desk: Desk) -> None:
        self._service = service
        self._desk = desk

    def welcome(
        self, chosen: str | None, institutions: list[str], periods: list[str], scope: list[str], request: gr.Request
    ) -> tuple[Any, ...]:
        """A page that was just opened. Uploading is shown to those who may."""
        *found, _ = self.around(chosen, institutions, periods, scope, request)
        return gr.update(visible=may_change(request)), *found

    def around(
        self, chosen: str | None, institutions: list[str], periods: list[str], scope: list[str], request: gr.Request
    ) -> tuple[Any, ...]:
        """List, filters and restriction as they are now: someone else may have loaded or removed a report."""
        with told(self._service, "listing reports"):
            rows = self._rows()
            names = sorted({row.who for row in rows if row.document.institution})
            spans = sorted({row.period for row in rows if row.document.period}, reverse=True)
            who, when = _among(institutions, names), _among(periods, spans)
            known = [row.document.id for row in rows]
            kept = _among(scope, known)
            return (
                *self._shown(rows, _met(rows, who, when), chosen, kept, request),
                gr.update(choices=names, value=who),
                gr.update(choices=spans, value=when),
                gr.update(choices=[(document_name(r.document), r.document.id) for r in rows], value=kept),
            )

    def relisted(
        self, chosen: str | None, institutions: list[str], periods: list[str], scope: list[str], request: gr.Request
    ) -> tuple[Any, ...]:
        """The list and the buttons under it."""
        with told(self._service, "listing reports"):
            rows = self._rows()
            return self._shown(rows, _met(rows, institutions or [], periods or []), chosen, scope or [], request)

    def choose(self, event: gr.EventData) -> str:
        """The report whose name was pressed."""
        return pressed(event, "report")

    def only(self, institutions: list[str], periods: list[str]) -> Any:
        """Restrict the conversation to the reports of the list."""
        rows = self._rows()
        found = _met(rows, institutions or [], periods or [])
        if not found:
            raise refusal("Nada que elegir", "No hay ningún informe en la lista: cambie el filtro.")
        if len(found) == len(rows):
            return self.everywhere()
        return self._restricted(found)

    def alone(self, chosen: str | None) -> Any:
        """Restrict the conversation to the report whose sheet is open."""
        return self._restricted([row for row in self._rows() if row.document.id == chosen])

    def everywhere(self) -> Any:
        """No restriction."""
        gr.Info("Se pregunta en todos los informes cargados.", title="Sin restricción")
        return gr.update(value=[])

    def upload(self, files: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Load what was uploaded, telling what becomes of each file as it goes."""
        check_may_change(request)
        with told(self._service, "loading uploaded files"):
            paths = uploaded(files or (), get_upload_folder())
            for steps in load_uploads(paths, self._service.store, self._desk.limits):
                yield gr.update(value=None), sheet.progress_html(steps)
            yield gr.skip(), sheet.progress_html(steps, preparing=any(step.document for step in steps))
            self._service.catch_up()  # answers know them when the list does
            yield gr.skip(), sheet.progress_html(steps)

    def _restricted(self, rows: Sequence[Listed]) -> Any:
        names = "; ".join(document_name(row.document) for row in rows)
        gr.Info(f"Se pregunta solo en: {names}.", title="Conversación restringida")
        choices = [(document_name(row.document), row.document.id) for row in self._rows()]
        return gr.update(choices=choices, value=[row.document.id for row in rows])

    def _rows(self) -> tuple[Listed, ...]:
        with told(self._service, "listing reports"):
            return sheet.listed(self._service)

    def _shown(
        self,
        rows: Sequence[Listed],
        found: Sequence[Listed],
        chosen: str | None,
        scope: Sequence[str],
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """The list and the buttons under it. found: those of all the rows that the filters let through."""
        html = sheet.list_html(found, chosen=chosen, scope=scope, may_change=may_change(request), filtered=bool(rows))
        return html, gr.update(visible=0 < len(found) < len(rows)), gr.update(visible=bool(scope))


def _met(rows: Sequence[Listed], institutions: Sequence[str], periods: Sequence[str]) -> list[Listed]:
    """The reports of the chosen institutions and periods; an empty choice takes all."""
    return [
        row for row in rows if (not institutions or row.who in institutions) and (not periods or row.period in periods)
    ]


def _among(chosen: Sequence[str] | None, there: Sequence[str]) -> list[str]:
    return [part for part in chosen or () if part in there]
