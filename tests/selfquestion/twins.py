"""Questions without an answer: a good one with a word swapped for something that no report has."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from index.text import fold
from tests.selfquestion.concepts import FOREIGN_INSTITUTIONS, FOREIGN_MEASURES, FOREIGN_NOUNS
from tests.selfquestion.grids import MONTHS, Grid, GridRow, World, root, roots
from tests.selfquestion.questions import Asked, Maker, RowPhrase, feminine
from tests.selfquestion.wording import TEMPLATES

KINDS = ("fila", "código", "medida", "año", "mes", "institución")


def twin(maker: Maker, grid: Grid, kind: str) -> Asked | None:
    """A look-up or a rate about something that the reports do not have."""
    column = maker.rng.choice([c for c in grid.columns if not c.percent] or [None])  # type: ignore[list-item]
    row = maker.rng.choice(grid.rows)
    measure = maker.measure(grid, column) if column else None
    scope = maker.scope(grid, table=False)
    phrase = maker.row_phrase(grid, row, scope)
    if measure is None or phrase is None:
        return None
    words = {"m": measure.text, "b": measure.bare, "of": phrase.of, "r": phrase.text, "s": scope.suffix}
    changed = _swap(maker, kind, grid, row, phrase)
    if changed is None:
        return None
    words |= changed
    if "tail" in words:
        words["s"] = f"{words['s']} {words['tail']}"
    operation = "dato" if maker.rng.random() < 0.75 or kind == "medida" else "porcentaje"
    text = maker.rng.choice(TEMPLATES[operation]).format(l="", l2="", **words)
    text = text.replace(" de el ", " del ").replace(" a el ", " al ")
    documents = () if kind == "institución" else scope.documents
    return Asked(operation="sin respuesta", text=text, twin=kind, documents=documents, base=(words["r"],))


def _swap(maker: Maker, kind: str, grid: Grid, row: GridRow, phrase: RowPhrase) -> dict[str, str] | None:
    world, rng = maker.world, maker.rng
    if kind == "fila":
        return _other_row(phrase, world, rng)
    if kind == "código":
        return _other_code(grid, world, rng)
    if kind == "medida":
        measure = _absent(FOREIGN_MEASURES, world.vocabulary, rng)
        return {"m": measure, "b": re.sub(r"^(?:el|la|los) ", "", measure)} if measure else None
    if kind == "institución":
        institution = _absent(FOREIGN_INSTITUTIONS, world.vocabulary, rng)
        return {"s": f" de {institution}"} if institution else None
    if row.month:
        return None
    held = world.vocabulary  # of all reports: the question may name none
    if kind == "año":
        years = [str(y) for y in range(1990, 2036) if str(y) not in held]
        return {"tail": rng.choice((f"en {(year := rng.choice(years))}", f"del año {year}"))} if years else None
    free = [m for n, m in enumerate(MONTHS, 1) if root(m) not in held and not _held_month(world, n)]
    return {"tail": f"en {rng.choice(free)}"} if free else None


def _held_month(world: World, month: int) -> bool:
    """Whether some report is of that very month though it never spells it."""
    periods = [d.period for d in world.documents if d.period]
    return any(p.first == p.last == month for p in periods) or MONTHS[month - 1][:3] in world.words


def _other_row(phrase: RowPhrase, world: World, rng: random.Random) -> dict[str, str] | None:
    """One word of the name, of those that make it this name, becomes a thing that no report knows."""
    if re.search(r"\d", phrase.text):
        return None
    long = [w for w in re.findall(r"[^\W\d_]{5,}", phrase.text) if roots(w)]
    noun = _absent(FOREIGN_NOUNS, world.vocabulary, rng)
    if not long or noun is None:
        return None
    old = rng.choice(long)
    return {"r": phrase.text.replace(old, noun, 1), "of": phrase.of.replace(old, noun, 1)}


def _other_code(grid: Grid, world: World, rng: random.Random) -> dict[str, str] | None:
    coded = [r for r in grid.rows if r.code and re.fullmatch(r"\d{1,4}", r.code)]
    if not coded or not grid.noun:
        return None
    free = [str(n) for n in range(2, 999) if str(n) not in world.vocabulary and str(n).zfill(3) not in world.vocabulary]
    text = f"{grid.noun} {rng.choice(free)}"
    return {"r": text, "of": f"{'de la' if feminine(grid.noun) else 'del'} {text}"}


def _absent(options: tuple[str, ...], vocabulary: frozenset[str], rng: random.Random) -> str | None:
    """One whose first word of substance no report holds."""
    free = [o for o in options if not any(r in vocabulary for r in _core(o))]
    return rng.choice(free) if free else None


def _core(text: str) -> list[str]:
    words = [w for w in re.findall(r"[a-z]+", fold(text)) if len(w) > 4]
    general = {"cantidad", "numero", "pagados", "ministerio", "instituto", "nacional", "superintendencia", "servicio",
               "promedio", "universidad", "cuerpo", "policia", "civil", "recorrido", "consumo", "rendimiento"}  # fmt: skip
    return [root(w) for w in words if w not in general]


def as_twin(asked: Asked, kind: str) -> Asked:
    return replace(asked, twin=kind, readings=())
