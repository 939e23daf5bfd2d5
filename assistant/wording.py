"""Every sentence that the assistant itself says: refusals, questions back, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.numerals import Threshold
from index.model import Citation, Document
from index.periods import describe
from tools.phrases import joined

GOALS = {
    "greater": "ejecutado mayor que programado",
    "less": "ejecutado menor que programado",
    "missed": "no alcanzaron la meta",
    "equal": "ejecutado igual a lo programado",
    "met": "alcanzaron la meta",
    "exceeded": "superaron la meta",
    "none_done": "con meta y sin ejecución",
    "none_spent": "con presupuesto y sin ejecución",
    "unplanned": "ejecutaron sin tener meta",
    "not_planned": "sin meta programada",
    "cut": "con menos presupuesto que el aprobado",
    "raised": "con más presupuesto que el aprobado",
}


def goal_text(goal: str) -> str:
    return GOALS[goal]


def threshold_text(limits: Sequence[Threshold], by: str) -> str:
    """The limits of one figure: "avance, más de 50 % y menos de 80 %"."""
    words = {">": "más de", ">=": "al menos", "<": "menos de", "<=": "hasta"}
    told = [f"{words[x.comparison]} {x.value.normalize():,f}{' %' if x.percent else ''}" for x in limits]
    return f"{by}, {joined(told)}"


def source(citations: Sequence[Citation]) -> str:
    """Where the figures stand, tables named once: "Fuente: «Cuadro 1: …», p. 3, informe x.pdf"."""
    places: list[str] = []
    for c in citations:
        place = f"«{c.table}»" if c.table else (f"sección «{c.section}»" if c.section else "texto")
        page = f", p. {c.page}" if c.page else ""
        places.append(f"{place}{page}, {c.file}")
    unique = list(dict.fromkeys(places))
    shown = unique[:3] + ([f"y {len(unique) - 3} lugares más"] if len(unique) > 3 else [])
    return f"Fuente: {'; '.join(shown)}." if shown else ""


def not_found(words: Sequence[str], covered: str) -> str:
    if words:
        what = joined([f"«{w}»" for w in words])
        return f"No consta en los informes cargados: nada en ellos responde por {what}. {covered}"
    return f"No consta en los informes cargados. {covered}"


def nearest_passages(passages: Sequence[tuple[str, str]]) -> str:
    """The passages nearest to a question that they do not answer, as far as can be told: texts with their places."""
    shown = [f"«{text}» ({place})" for text, place in passages]
    return f"Lo más cercano que dicen los informes, por si es lo que busca: {'; '.join(shown)}."


def nearest_rows(rows: Sequence[tuple[str, str]]) -> str:
    """rows: labels with the names of their tables."""
    shown = [f"«{label}» («{table}»)" for label, table in rows]
    return f"Lo más parecido por su sentido que traen los cuadros: {'; '.join(shown)}."


def not_covered_period(period: str, covered: str) -> str:
    return f"No consta: los informes cargados no traen esa cifra para {period}. {covered}"


def no_column(what: str, table: str, covered: str) -> str:
    return f"No consta: «{table}» no trae con qué responder ({what}). {covered}"


def covered(names: Sequence[str]) -> str:
    if not names:
        return "No hay informes cargados: use «consta cargar RUTA»."
    shown = list(names[:4]) + ([f"{len(names) - 4} informes más"] if len(names) > 4 else [])
    return f"Informes cargados: {joined(shown)}."


def ask_back(about: str, options: Sequence[str], more: int) -> str:
    head = {
        "fila": "¿Cuál de estas filas?",
        "columna": "¿Cuál de estas cifras?",
        "informe": "¿De cuál informe?",
        "cuadro": "¿De cuál cuadro?",
        "diferencia": "¿Cuál diferencia?",
    }.get(about, "¿Cuál de estas?")
    tail = f"; y {more} más" if more else ""
    return f"{head} " + "; ".join(options) + tail + "."


def not_taken_away(question: str, covered_by: str) -> str:
    return (
        f"Consta no sabe dejar fuera una parte en «{question}»: pida el total y esa parte por separado, "
        f"o el orden completo. {covered_by}"
    )


def other_passage(text: str, section: str | None, page: int | None) -> str:
    where = ", ".join(p for p in (f"sección «{section}»" if section else "", f"p. {page}" if page else "") if p)
    return f"El mismo informe da otra cifra en el texto{f' ({where})' if where else ''}: «{' '.join(text.split())}»"


def other_table(table: str, shown: str) -> str:
    return f"En «{table}» hay otro dato que responde a lo mismo: {shown}."


def other_reading(table: str, text: str) -> str:
    return f"En «{table}» la respuesta es otra: {text}"


def changed_text(last: str, first: str, *, fell: bool) -> str:
    return f"«{last}» {'menor' if fell else 'mayor'} que «{first}»"


def other_count(stated: int, noun: str, count: int) -> str:
    """Said when the question takes there to be more or fewer rows than there are."""
    what = f" {noun}" if noun.endswith("s") and len(noun) > 3 else ""
    return f"La pregunta habla de {stated}{what}; el cuadro trae {count}."


def set_apart(rows: Sequence[str]) -> str:
    return f"Sin contar {joined([f'«{r}»' for r in rows])}."


def narrowed_to(column: str, kept: int, of: int) -> str:
    return f"Se tomaron solo las filas con «{column}» mayor que cero: {kept} de {of}."


def place_of_row(row: str, place: int) -> str:
    return f"«{row}» está en el lugar {place} de ese orden."


def rows_of_one_name(rows: int, blank: int) -> str:
    """Said when several rows carry the name asked for and give one figure."""
    if blank:
        return f"El cuadro trae {rows} filas con ese nombre; {blank} sin cifra."
    return f"El cuadro trae {rows} filas con ese nombre, todas con la misma cifra."


def same_in(files: Sequence[str]) -> str:
    return "La misma cifra consta en " + joined([f"«{name}»" for name in files]) + "."


def from_january(span: str) -> str:
    """span: what the table is of, which ends at the date asked for and begins after January."""
    return f"El cuadro es de {span} y no dice si suma lo de los meses de antes."


def wider_period(asked: str, covered_period: str) -> str:
    return f"Se preguntó por {asked}; el informe cubre {covered_period}."


def corrected(pairs: Sequence[tuple[str, str]]) -> str:
    return "Leí " + joined([f"«{a}» como «{b}»" for a, b in pairs]) + "."


def audit_brief(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {status}" for status, number in counts.items() if number) or "nada que comprobar"


def audit_counts(name: str, counts: Mapping[str, int]) -> str:
    return f"{name}: {audit_brief(counts)}."


def audit_broken(texts: Sequence[str], more: int, *, unsure: bool = False) -> str:
    """unsure: something could not be checked for certain, and may not add up."""
    if not texts:
        return "" if unsure else "No se encontró ninguna cifra que no cuadre."
    tail = f" Y {more} más: véalas con «consta auditar»." if more > 0 else ""
    return f"No cuadra: {_numbered(texts)}{tail}"


def audit_held(texts: Sequence[str], more: int) -> str:
    return f"Cuadra: {_numbered(texts)}{_more(more)}" if texts else ""


def audit_open(texts: Sequence[str], more: int) -> str:
    return f"No se puede comprobar: {_numbered(texts)}{_more(more)}" if texts else ""


def audit_apart(texts: Sequence[str]) -> str:
    return f"Frente a otros cuadros no cuadra: {_numbered(texts)}" if texts else ""


def audit_group(text: str, others: Sequence[str]) -> str:
    return f"{text.removesuffix('.')}; también difieren {joined(others)}." if others else text


def _numbered(texts: Sequence[str]) -> str:
    return " ".join(f"{n}) {text}" for n, text in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


def _more(count: int) -> str:
    return f" (y {count} más)" if count > 0 else ""


def audit_elsewhere(count: int) -> str:
    if count == 1:
        return "En el resto del informe hay otra cifra que no cuadra."
    return f"En el resto del informe hay otras {count} cifras que no cuadran."


def say_what_there_is(covered_reports: str) -> str:
    return f"Pregunte por una cifra o un dato de los informes, por ejemplo «¿cuánto se ejecutó en total?». {covered_reports}"


def reports_loaded(names: Sequence[str]) -> str:
    head = "Hay un informe cargado" if len(names) == 1 else f"Hay {len(names)} informes cargados"
    return f"{head}: " + "; ".join(f"{n}) {name}" for n, name in enumerate(names, 1)) + "."


def document_name(document: Document) -> str:
    """A report as people are told of it: institution and period."""
    name = document.institution or document.title or document.file
    return f"{name} ({describe(document.period)})" if document.period else name
