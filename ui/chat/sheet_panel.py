"""The sheet of one report in the tab «Informes»: what was read, whether it adds up, corrections, removal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
import typer

from index.model import Document
from index.periods import describe
from ui.chat import report_sheet as sheet
from ui.chat.desk import check_may_change, may_change, pressed, refusal, told
from ui.chat.export import escaped
from ui.chat.service import ChatService
from ui.chat.theme import asset
from ui.chat.views import Place, evidence_html
from ui.fields import country_name, parsed

_FIELDS = {  # field: label, hint
    "title": ("Título", None),
    "institution": ("Institución", None),
    "aliases": ("Siglas", "separadas por comas"),
    "country": ("País", "nombre o código: Honduras, HN"),
    "period": ("Periodo", "2023, enero 2021, I trimestre 2024"),
    "currency": ("Moneda", "nombre o código: quetzales, GTQ"),
}
_TO_CELLS = "() => { document.getElementById('desk-cells')?.scrollIntoView({block: 'nearest', behavior: 'smooth'}); }"


class SheetPanel:
    """The components of the sheet, hidden until `open`; `wire` tells what happens when they are used."""

    def __init__(self, service: ChatService) -> None:
        """Builds the components; called inside the Blocks context."""
        self._service = service
        with gr.Column(visible=False, elem_id="desk-sheet") as self._sheet:
            self._head = gr.HTML(apply_default_css=False)
            with gr.Row(elem_id="desk-actions"):
                self.alone = gr.Button("Preguntar solo en este informe", size="sm", elem_id="desk-alone")
                self._edit_open = gr.Button("Corregir datos", size="sm", visible=False, elem_id="desk-edit-open")
                self._remove_open = gr.Button("Quitar informe", size="sm", visible=False, elem_id="desk-remove-open")
            with gr.Group(visible=False, elem_id="desk-edit") as self._edit_group:
                self._boxes = self._build_boxes()
                with gr.Row():
                    self._edit_no = gr.Button("Cancelar", size="sm")
                    self._edit_save = gr.Button(
                        "Guardar la corrección", size="sm", variant="primary", elem_id="desk-edit-save"
                    )
            with gr.Group(visible=False, elem_id="desk-remove") as self._remove_group:
                self._remove_text = gr.Markdown(elem_id="desk-remove-text")
                with gr.Row():
                    self._remove_no = gr.Button("No, dejarlo", size="sm", elem_id="desk-remove-no")
                    self._remove_yes = gr.Button("Sí, quitarlo", size="sm", variant="stop", elem_id="desk-remove-yes")
            with gr.Tabs(elem_id="desk-parts"):
                with gr.Tab("¿Cuadra?", id="checks"):
                    self._checks = gr.HTML(elem_id="desk-checks", js_on_load=asset("desk.js"), apply_default_css=False)
                    self._cells = gr.HTML(
                        elem_id="desk-cells", js_on_load=asset("evidence.js"), apply_default_css=False
                    )
                with gr.Tab("Cuadros", id="tables"):
                    self._tables = gr.Dropdown(choices=[], label="Cuadro", elem_id="desk-tables")
                    self._table = gr.HTML(
                        elem_id="desk-table", js_on_load=asset("evidence.js"), apply_default_css=False
                    )
                with gr.Tab("Texto", id="text"):
                    self._text = gr.HTML(elem_id="desk-text", apply_default_css=False)
                with gr.Tab("Quedó fuera", id="left-out"):
                    self._left_out = gr.HTML(elem_id="desk-left-out", apply_default_css=False)
        self.outputs = [
            self._sheet, self._head, self.alone, self._edit_open, self._remove_open, self._edit_group, self._remove_group,
            self._checks, self._cells, self._tables, self._table, self._text, self._left_out,
        ]  # fmt: skip

    def wire(self, chosen: gr.State) -> tuple[Any, Any]:
        """Connect the buttons. chosen: id of the open report. Returns the events after which the list is another."""
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        place = gr.State(None)  # number of the check whose cells are shown
        self._tables.input(self._show_table, [chosen, self._tables], self._table, **quiet)
        self._checks.choose(self._show_cells, chosen, [self._cells, place], **quiet).then(None, js=_TO_CELLS)
        self._cells.cite(self._look, [chosen, place], self._cells, **quiet)
        self._cells.leaf(self._look, [chosen, place], self._cells, **quiet)
        self._edit_open.click(self._begin_edit, chosen, [self._edit_group, *self._boxes.values()], **quiet)
        self._edit_no.click(_hide, None, self._edit_group, **quiet)
        edited = self._edit_save.click(self._save, [chosen, *self._boxes.values()], None, **quiet).success(
            self.open, chosen, self.outputs, **quiet
        )
        self._remove_open.click(self._ask_remove, chosen, [self._remove_group, self._remove_text], **quiet)
        self._remove_no.click(_hide, None, self._remove_group, **quiet)
        answers = [self._remove_yes, self._remove_no]
        removed = self._remove_yes.click(
            self._remove, chosen, [chosen, self._sheet, self._remove_text, *answers], **quiet
        ).then(lambda: (gr.update(interactive=True),) * 2, None, answers, **quiet)
        return edited, removed

    def open(self, ident: str, request: gr.Request) -> tuple[Any, ...]:
        """Everything of a report."""
        with told(self._service, "opening a sheet"):
            report = self._service.report(ident)
            row = sheet.listed_one(self._service, report.document)
            first = report.tables[0] if report.tables else None
            tables = [(f"{n}. {table.name}", table.id) for n, table in enumerate(report.tables, 1)]
            change = gr.update(visible=may_change(request))
            return (
                gr.update(visible=True), sheet.head_html(row), gr.update(visible=len(self._service.documents()) > 1),
                change, change, _hide(), _hide(),
                sheet.checks_html(sheet.checks_of(report)), "",
                gr.update(choices=tables, value=first.id if first else None, visible=bool(tables)),
                sheet.table_html(first), sheet.text_html(report), sheet.left_out_html(report.document),
            )  # fmt: skip

    def _build_boxes(self) -> dict[str, gr.Textbox]:
        boxes: dict[str, gr.Textbox] = {}
        for pair in (("title", "institution"), ("aliases", "country"), ("period", "currency")):
            with gr.Row():
                for field in pair:
                    label, hint = _FIELDS[field]
                    info = f"{hint + '; ' if hint else ''}un guion (-) si no se conoce" if field != "title" else None
                    boxes[field] = gr.Textbox(label=label, info=info, max_length=300, elem_id=f"desk-{field}")
        return boxes

    def _show_table(self, ident: str, table: str) -> str:
        with told(self._service, "showing a table"):
            report = self._service.report(ident)
            return sheet.table_html(next((t for t in report.tables if t.id == table), None))

    def _show_cells(self, ident: str, event: gr.EventData) -> tuple[str, int]:
        """The cells of the check that was pressed, on the page and in the table."""
        number = pressed(event, "check")
        place = int(number) if number.isdecimal() else -1
        return self._evidence(ident, place, Place(turn=0)), place

    def _look(self, ident: str, number: int | None, event: gr.EventData) -> str:
        """Another table or page of the same check."""
        source, page = pressed(event, "source"), pressed(event, "page")
        place = Place(
            turn=0,
            source=int(source) if source.isdecimal() else 0,
            page=int(page) if page.isdecimal() and page != "0" else None,
        )
        return self._evidence(ident, -1 if number is None else number, place)

    def _evidence(self, ident: str, number: int, place: Place) -> str:
        with told(self._service, "showing the cells of a check"):
            checks = sheet.checks_of(self._service.report(ident))
            if not 0 <= number < len(checks):
                raise refusal("El informe cambió", "El informe cambió: vuelva a abrir su ficha.")
            return evidence_html(sheet.check_turn(checks[number]), place, self._service)

    def _begin_edit(self, ident: str, request: gr.Request) -> tuple[Any, ...]:
        check_may_change(request)
        with told(self._service, "correcting a report"):
            return gr.update(visible=True), *_written(self._service.report(ident).document).values()

    def _save(self, request: gr.Request, ident: str, *values: str) -> None:
        check_may_change(request)
        with told(self._service, "correcting a report"):
            before = _written(self._service.report(ident).document)
            given = dict(zip(self._boxes, values, strict=True))
            changed = {field: text for field, text in given.items() if (text or "").strip() != before[field]}
            if not changed:
                raise refusal("Nada que guardar", "No cambió ningún dato.")
            try:
                self._service.store.edit(ident, **parsed(changed))
            except typer.BadParameter as error:
                raise refusal("Revise el dato", error.message) from error
        gr.Info("Se guardó la corrección.", title="Informe corregido")

    def _ask_remove(self, ident: str, request: gr.Request) -> tuple[Any, str]:
        check_may_change(request)
        with told(self._service, "removing a report"):
            file = self._service.report(ident).document.file
        told_ = f"¿Quitar **{escaped(file)}**? Se va todo lo que se leyó de él, también lo corregido a mano."
        return gr.update(visible=True), told_

    def _remove(self, ident: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Remove the report, and say so while it takes its time."""
        check_may_change(request)
        with told(self._service, "removing a report"):
            file = self._service.report(ident).document.file
            waits = gr.update(interactive=False)
            yield gr.skip(), gr.skip(), f"Quitando **{escaped(file)}**…", waits, waits
            self._service.remove(ident)
        gr.Info(f"Se quitó «{file}».", title="Informe quitado")
        yield None, _hide(), "", waits, waits


def _hide() -> Any:
    return gr.update(visible=False)


def _written(document: Document) -> dict[str, str]:
    """The editable fields as a person would write them; empty for what is not known."""
    return {
        "title": document.title,
        "institution": document.institution or "",
        "aliases": ", ".join(document.aliases),
        "country": country_name(document.country) if document.country else "",
        "period": describe(document.period) if document.period is not None else "",
        "currency": document.currency or "",
    }
