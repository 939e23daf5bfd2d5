"""The parts of the page as HTML: every text that comes from a report or a person is escaped by the templates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from assistant.model import Answer, Status
from index.errors import ReadError
from index.model import Box, Document, Report, Role
from tools.access import cell
from tools.formatting import show
from tools.model import Figure
from ui.answer_view import Part, answer_lines
from ui.chat.charts import chart_of
from ui.chat.evidence import Printed, grid, passages, printed_against_computed, table_of
from ui.chat.export import answer_markdown, data_link, table_rows, talk_markdown, to_csv, to_xlsx
from ui.chat.names import document_name, table_short
from ui.chat.page_images import Frame, frame, page_image, quote_boxes
from ui.chat.remembered import remembered
from ui.chat.service import ChatService
from ui.chat.sources import Source, sources_of
from ui.chat.turns import Turn

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ELSEWHERE = "Aviso: En «"  # how it begins that another table tells something else
_MOST_ELSEWHERE = 2  # such notes in sight; a ranking over five tables has eight
_MOST_BANDS = 6  # rows; more of them would only grey the page


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What the evidence shows: a turn of the conversation, one of its sources, and a page of that source."""

    turn: int
    source: int = 0
    page: int | None = None


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(loader=PackageLoader("ui.chat"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters["fact_name"] = fact_name
    return made


def fact_name(key: str) -> str:
    """What a fact of the head of a report is called, which is kept without accents.

    >>> fact_name("institucion"), fact_name("encabezado de pagina")
    ('Institución', 'Encabezado de página')
    """
    written = re.sub(r"\b(\w+[cs])ion\b", r"\1ión", key).replace("pagina", "página").replace("titulo", "título")
    return written[:1].upper() + written[1:]


def rendered(template: str, /, **values: object) -> str:
    """A template of the chat with values, which it escapes."""
    return _templates().get_template(template).render(**values)


def talk_html(
    turns: Sequence[Turn],
    documents: Sequence[Document],
    *,
    step: str | None = None,
    shown: int | None = None,
    kept: bool = True,
) -> str:
    """The conversation. step: what is being done for its last turn, None when that is answered.

    shown: the turn whose evidence stands beside it. kept: whether the page is to remember it.
    """
    loaded = {document.id: document for document in documents}
    last = len(turns) - 1
    rows = [_turn(turn, loaded, pending=step if place == last else None) for place, turn in enumerate(turns)]
    markdown = talk_markdown(turns)
    link = data_link(markdown.encode(), "text/markdown")
    asked = remembered(turns) if kept else None
    return (
        _templates()
        .get_template("talk.html")
        .render(turns=rows, markdown=markdown, link=link, shown=shown, asked=asked)
    )


def welcome_html(examples: Sequence[str], documents: Sequence[Document]) -> str:
    """What stands where the conversation will be."""
    return _templates().get_template("welcome.html").render(examples=examples, documents=documents)


def header_html(documents: Sequence[Document], user: str | None = None) -> str:
    """The head of the page. user: who logged in, None where nobody has to."""
    return _templates().get_template("header.html").render(documents=documents, user=user)


def no_evidence_html(documents: Sequence[Document]) -> str:
    """What stands where the evidence will be: the reports that answers come from."""
    names = [(document_name(d), d.file) for d in documents]
    return _templates().get_template("no_evidence.html").render(documents=names)


def evidence_html(turn: Turn, place: Place, service: ChatService) -> str:
    """The evidence of an answer: calculation, chart, page and table or passage of one of its sources.

    Raises NotLoadedError when its report is gone.
    """
    answer = turn.answer
    if answer is None or not answer.citations:
        return _templates().get_template("no_source.html").render(answer=answer)
    sources = sources_of(answer)
    source = sources[place.source if 0 <= place.source < len(sources) else 0]
    report = service.report(source.document)
    table = table_of(report, source)
    page = place.page if place.page in source.pages else next(iter(source.pages), None)
    against = printed_against_computed(answer)
    document = report.document
    chart = chart_of(answer, service.report(sources[0].document))
    name = re.sub(r"[^\w-]+", "-", f"{document.file.rsplit('.', 1)[0]} {table_short(source.table or '')}").strip("-")
    return (
        _templates()
        .get_template("evidence.html")
        .render(
            turn=place.turn,
            answer=answer,
            sources=sources,
            source=source,
            document=document,
            document_name=document_name(document),
            chart=chart,
            chart_csv=data_link(to_csv(chart.rows()), CSV) if chart else "",
            chart_xlsx=data_link(to_xlsx(chart.rows(), "Datos del gráfico"), XLSX) if chart else "",
            against=against and (_as_printed(against, source, document), _shown(against.computed, document)),
            page=page,
            sheet=table.sheet if table else None,
            grid=grid(table, source.operands) if table else None,
            passages=() if table else passages(report, source),
            csv=data_link(to_csv(table_rows(table)), CSV) if table else "",
            xlsx=data_link(to_xlsx(table_rows(table), table_short(table.name)), XLSX) if table else "",
            name=name,
            **_page(service, report, source, page),
        )
    )


def first_step(number: int, *, loading: bool) -> str:
    """What is told while an answer is looked for in so many reports. loading: the index of their text is not ready."""
    where = "1 informe" if number == 1 else f"{number} informes"
    if loading:
        return f"Preparando la búsqueda en el texto de {where}: tarda unos segundos, solo la primera vez…"
    return f"Buscando en {where}…"


def reading_html(answer: Answer) -> str:
    """What stands in place of the evidence while it is got ready."""
    sources = sources_of(answer)
    step = f"Leyendo {sources[0].label}…" if sources else "Un momento…"
    return _templates().get_template("reading.html").render(step=step)


def failed_html(message: str, title: str = "No se pueden mostrar las pruebas") -> str:
    """What stands in place of evidence, or of anything else, that cannot be shown."""
    return _templates().get_template("failed.html").render(message=message, title=title)


def spoken(turn: Turn) -> str:
    """An answer for who listens to the page."""
    if turn.incident is not None:
        return turn.incident.message
    return turn.answer.text if turn.answer is not None else ""


def _turn(turn: Turn, documents: Mapping[str, Document], *, pending: str | None) -> dict[str, object]:
    answer = turn.answer
    row: dict[str, object] = {"turn": turn, "pending": pending, "stopped": answer is None and turn.incident is None}
    if answer is None:
        return row
    lines = list(answer_lines(answer))
    figures = _figures(answer, documents)
    asked_back = answer.status is Status.AMBIGUOUS
    beside = {Part.CELL, Part.SOURCE, Part.FORMULA} | ({Part.OPTION} if asked_back else set())
    folded = [line for line in lines if line.part is Part.NOTE and line.text.startswith(_ELSEWHERE)][_MOST_ELSEWHERE:]
    row |= {
        "status": answer.status.value,
        "lines": [
            (line.part.name.lower(), _with_figures(line.text, figures))
            for line in lines
            if line.part not in beside and line not in folded
        ],
        "folded": [_with_figures(line.text, figures) for line in folded],
        "options": _options(answer, [line.text for line in lines if line.part is Part.OPTION]) if asked_back else [],
        "sources": sources_of(answer),
        "suggestions": () if asked_back else answer.suggestions,
        "markdown": answer_markdown(turn.question, answer),
        "spoken": spoken(turn),
    }
    return row


def _options(answer: Answer, told: Sequence[str]) -> list[tuple[str, str]]:
    """(label, what it would answer) of each candidate of an ask-back."""
    found = []
    for label in answer.suggestions:
        line = next((t for t in told if t.startswith(f"{label}: ")), "")
        found.append((label, line.removeprefix(f"{label}: ")))
    return found


def _figures(answer: Answer, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The figures of an answer as its text writes them, so that they can be set off in it."""
    cited = [documents[i] for i in dict.fromkeys(c.document for c in answer.citations) if i in documents]
    told = (show(f, d.country, d.currency) for f in answer.values if f.value is not None for d in cited)
    return tuple(dict.fromkeys(told))


def _with_figures(text: str, figures: Sequence[str]) -> Markup:
    """The text escaped, its figures set off from the words."""
    if not figures:
        return escape(text)
    longest_first = "|".join(map(re.escape, sorted(figures, key=len, reverse=True)))
    parts = re.split(rf"(?<![\w.,])({longest_first})(?![\w%]|[.,]\d)", text)
    marked = (
        (Markup('<b class="main">{}</b>') if p == figures[0] else Markup("<b>{}</b>")).format(p) if i % 2 else escape(p)
        for i, p in enumerate(parts)
    )
    return Markup("").join(marked)


def _as_printed(against: Printed, source: Source, document: Document) -> str:
    """The printed figure in the letters of its cell, with its unit."""
    shown = _shown(against.printed, document)
    text = next((o.cited.text for o in source.operands if o.cited.text and _same(o.cited.text, shown)), "")
    return shown if not text else f"{text} %" if against.printed.unit == "%" and "%" not in text else text


def _same(text: str, shown: str) -> bool:
    """Whether a cell prints a figure that is shown with other zeros or signs around it: "41,1" and "41,10 %"."""
    bare, other = (re.sub(r"[^\d.,]", "", t) for t in (text, shown))
    return bool(bare) and (bare == other or (other.startswith(bare) and not other[len(bare) :].strip("0.,")))


def _shown(figure: Figure, document: Document) -> str:
    return show(figure, document.country, document.currency)


def _page(service: ChatService, report: Report, source: Source, page: int | None) -> dict[str, object]:
    """The page image with the boxes of the operands on it, or why there is none."""
    document = report.document
    if page is None or document.kind != "pdf":
        return _no_page("")
    try:
        image = page_image(service.store, document, page)
    except ReadError as error:
        return _no_page(str(error))
    if image is None:
        return _no_page(
            "El archivo original no se guardó con este informe: cárguelo de nuevo con «consta cargar --releer» para ver "
            "sus páginas."
        )
    boxes = [(o, frame(o.cited.box, image)) for o in source.on(page) if o.cited.box is not None]
    lines = {o.cited.row_index: f for o, f in boxes}  # a light band leads the eye from the name of the row to the box
    return {
        "image": data_link(image.png, "image/png"),
        "boxes": boxes,
        "bands": tuple(lines.values()) if len(lines) <= _MOST_BANDS else (),
        "quoted": [frame(b, image, air=1.0) for b in quote_boxes(service.store, document, page, source.quotes)],
        "focus": _focus([f for _, f in boxes] + [frame(b, image) for b in _names(report, source, page)]),
        "no_image": "",
        "ratio": image.width / image.height,
        "size": image,
    }


def _names(report: Report, source: Source, page: int) -> list[Box]:
    """Where the names of the rows of the operands stand on a page: a figure without its row proves little."""
    table = table_of(report, source)
    found = []
    for operand in source.on(page) if table else ():
        for column in table.columns if table and operand.cited.row_index is not None else ():
            if column.role is Role.LABEL:
                name = cell(table, operand.cited.row_index, column.index)  # type: ignore[arg-type]  # both looked at above
                if name.box is not None and name.page in {None, page}:
                    found.append(name.box)
    return found


def _focus(frames: Sequence[Frame]) -> tuple[float, float]:
    """The part of the page's width that should be in sight, from and to in percent."""
    return (min((f.left for f in frames), default=0.0), max((f.left + f.width for f in frames), default=100.0))


def _no_page(why: str) -> dict[str, object]:
    return {"image": None, "boxes": (), "bands": (), "quoted": (), "no_image": why}
