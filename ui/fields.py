"""The editable fields of a report as people write them: "Honduras", "quetzales", "segundo cuatrimestre 2023"."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from index.corrections import EditValue
from index.model import Period
from index.periods import find_periods
from index.text import fold, stems

_UNKNOWN = ("", "-")  # what says "not known"


def parsed(values: Mapping[str, str]) -> dict[str, EditValue]:
    """Fields of a document as people write them, as `Store.edit` takes them. Raises BadParameter."""
    changes: dict[str, EditValue] = {}
    for field, value in values.items():
        if field == "country":
            changes[field] = country_code(value)
        elif field == "currency":
            changes[field] = currency_code(value)
        elif field == "period":
            changes[field] = period_of(value)
        elif field == "aliases":
            changes[field] = tuple(part.strip() for part in value.split(",") if part.strip(" -"))
        else:
            changes[field] = text_or_none(value)
    if "title" in changes and not changes["title"]:
        raise typer.BadParameter("el título no puede quedar vacío.")
    return changes


def text_or_none(text: str) -> str | None:
    """The text, None for an empty one or a dash."""
    return None if text.strip() in _UNKNOWN else " ".join(text.split())


def country_code(text: str) -> str | None:
    """ISO 3166 alpha-2 code of a code or Spanish name. Raises BadParameter when there is no such country."""
    if text.strip() in _UNKNOWN:
        return None
    names = _countries()
    code = text.strip().upper()
    if code in names:
        return code
    wanted = fold(text)
    for code, name in names.items():
        if fold(name) == wanted:
            return code
    raise typer.BadParameter(f"«{text}» no es un país: escriba su nombre o su código de dos letras (HN).")


def country_name(code: str) -> str:
    """Spanish name of a code; the code itself when it has none."""
    return _countries().get(code, code)


def currency_code(text: str) -> str | None:
    """ISO 4217 code of a code or Spanish name ("quetzal", "quetzales"). Raises BadParameter when none or several fit."""
    if text.strip() in _UNKNOWN:
        return None
    names = _currencies()
    code = text.strip().upper()
    if code in names:
        return code
    wanted = set(stems(text))
    found = [code for code, name in names.items() if wanted <= set(stems(name))]
    exact = [code for code in found if stems(names[code]) == stems(text)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    options = ", ".join(f"{code} ({names[code]})" for code in found[:8])
    hint = f"puede ser {options}" if found else "escriba su código de tres letras (GTQ)"
    raise typer.BadParameter(f"«{text}» no dice qué moneda es: {hint}.")


def period_of(text: str) -> Period | None:
    """The one period that a text names. Raises BadParameter when it names none or several."""
    if text.strip() in _UNKNOWN:
        return None
    found = find_periods(text)
    if len(found) != 1:
        raise typer.BadParameter(
            f"«{text}» no es un periodo: escriba, por ejemplo, 2023, enero 2021 o I trimestre 2024."
        )
    return found[0].period


def _countries() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - only listings and edits need names

    return {code: name for code, name in Locale("es").territories.items() if len(code) == 2 and code.isalpha()}


def _currencies() -> dict[str, str]:
    """Names of currencies in use: historic ones would make every name ambiguous."""
    from babel import Locale  # noqa: PLC0415 - only edits need names
    from babel.numbers import get_territory_currencies  # noqa: PLC0415

    current = {code for country in _countries() for code in get_territory_currencies(country)}
    return {code: name for code, name in Locale("es").currencies.items() if code in current}
