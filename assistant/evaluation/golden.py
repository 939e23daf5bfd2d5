"""Golden sets: JSONL, CSV or XLSX in, cases out. Every mistake is told with its file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.evaluation.cases import AnyNumber, AnyText, Case, Expected, WantedEvidence
from assistant.evaluation.errors import GoldenSetError
from assistant.evaluation.sheets import csv_records, xlsx_records

_EXPECTED_KEYS = ("values", "mentions", "abstains", "asks_back", "forbids")
_EVIDENCE_KEYS = ("document", "page", "table", "section", "row", "column", "text")


def read_golden_set(path: Path) -> tuple[Case, ...]:
    """The cases of one file, in order.

    Raises GoldenSetError when the file cannot be read, a line is wrong, an id is repeated or there is no question.
    """
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for line, record in _records(path):
        where = f"{path.name}, línea {line}"
        case = _case(record, where)
        if case.id in seen:
            raise GoldenSetError(f"{where}: el id «{case.id}» ya está en la línea {seen[case.id]}; use uno distinto.")
        seen[case.id] = line
        cases.append(case)
    if not cases:
        raise GoldenSetError(f"{path.name}: no tiene ninguna pregunta.")
    return tuple(cases)


def read_golden_sets(paths: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of several files. An id that two files share gets the file's name in front."""
    sets = [(path, read_golden_set(path)) for path in paths]
    counts: dict[str, int] = {}
    for _, cases in sets:
        for case in cases:
            counts[case.id] = counts.get(case.id, 0) + 1
    return tuple(
        case if counts[case.id] == 1 else replace(case, id=f"{path.stem}:{case.id}")
        for path, cases in sets
        for case in cases
    )


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    readers = {".jsonl": _jsonl_records, ".csv": csv_records, ".xlsx": xlsx_records}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise GoldenSetError(f"{path.name}: el banco de preguntas debe ser .jsonl, .csv o .xlsx.")
    if not path.is_file():
        raise GoldenSetError(f"{path}: no existe ese archivo.")
    return reader(path)


def _jsonl_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenSetError(f"{path.name}: no se puede leer; guárdelo como texto UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        except json.JSONDecodeError as error:
            raise GoldenSetError(
                f"{path.name}, línea {number}: no es JSON válido (columna {error.colno}); revise comillas y comas."
            ) from error
        if not isinstance(record, dict):
            raise GoldenSetError(f"{path.name}, línea {number}: se esperaba un objeto JSON entre llaves.")
        yield number, record


def _case(record: dict[str, Any], where: str) -> Case:
    identifier = _text(record.get("id"))
    question = _text(record.get("question"))
    if not identifier:
        raise GoldenSetError(f"{where}: falta el campo «id».")
    if not question:
        raise GoldenSetError(f"{where}: falta el campo «question» (la pregunta).")
    expected = _expected(record.get("expected"), where)
    return Case(
        id=identifier,
        question=question,
        kind=_text(record.get("kind")) or "sin tipo",
        expected=expected,
        history=_texts(record.get("history"), "history", where),
        documents=_texts(record.get("documents"), "documents", where),
        evidence=_evidence(record.get("evidence"), where),
    )


def _expected(raw: object, where: str) -> Expected:
    if not isinstance(raw, dict):
        raise GoldenSetError(f"{where}: falta el campo «expected» (qué se espera de la respuesta).")
    unknown = sorted(set(raw) - set(_EXPECTED_KEYS))
    if unknown:
        known = ", ".join(_EXPECTED_KEYS)
        raise GoldenSetError(f"{where}: «expected.{unknown[0]}» no se conoce; los campos son: {known}.")
    forbidden_values, forbidden_mentions = _forbids(raw.get("forbids"), where)
    expected = Expected(
        values=tuple(_any_number(v, where) for v in _items(raw.get("values"))),
        mentions=tuple(_any_text(m) for m in _items(raw.get("mentions"))),
        forbidden_values=forbidden_values,
        forbidden_mentions=forbidden_mentions,
        abstains=_flag(raw.get("abstains"), "abstains", where),
        asks_back=_flag(raw.get("asks_back"), "asks_back", where),
    )
    if expected == Expected():
        raise GoldenSetError(f"{where}: «expected» está vacío: ponga values, mentions, abstains, asks_back o forbids.")
    if expected.abstains and (expected.asks_back or expected.values or expected.mentions):
        raise GoldenSetError(f"{where}: «abstains» no se combina con values, mentions ni asks_back.")
    return expected


def _forbids(raw: object, where: str) -> tuple[tuple[Decimal, ...], tuple[str, ...]]:
    """A flat list (numbers are values, texts are mentions) or an object with `values` and `mentions`."""
    if isinstance(raw, dict):
        if set(raw) - {"values", "mentions"}:
            raise GoldenSetError(f"{where}: «expected.forbids» solo lleva values y mentions.")
        values = [number for v in _items(raw.get("values")) for number in _any_number(v, where)]
        return tuple(values), tuple(text for m in _items(raw.get("mentions")) for text in _any_text(m))
    items = [item for entry in _items(raw) for item in _items(entry)]
    numbers = tuple(item for item in items if isinstance(item, Decimal))
    return numbers, tuple(_text(item) for item in items if not isinstance(item, Decimal))


def _items(raw: object) -> list[object]:
    if raw is None or raw == "":
        return []
    return list(raw) if isinstance(raw, list) else [raw]


def _any_number(raw: object, where: str) -> AnyNumber:
    options = [_as_written(option) for option in _items(raw)]
    if not options or not all(isinstance(option, Decimal) for option in options):
        raise GoldenSetError(
            f"{where}: «{raw}» no es un número; escríbalo con punto decimal y sin separador de miles (1250300.5)."
        )
    return tuple(option for option in options if isinstance(option, Decimal))


_PLAIN = re.compile(r"\s*-?\d+(?:\.\d+)?\s*")


def _as_written(raw: object) -> object:
    """A number written between quotes ("1250300.5"), as programs that keep every digit write it."""
    return Decimal(raw.strip()) if isinstance(raw, str) and _PLAIN.fullmatch(raw) else raw


def _any_text(raw: object) -> AnyText:
    return tuple(_text(option) for option in _items(raw))


def _text(raw: object) -> str:
    return "" if raw is None else str(raw).strip()


def _texts(raw: object, name: str, where: str) -> tuple[str, ...]:
    texts = tuple(_text(item) for item in _items(raw))
    if any(not text for text in texts):
        raise GoldenSetError(f"{where}: «{name}» lleva un texto vacío.")
    return texts


def _flag(raw: object, name: str, where: str) -> bool:
    if raw is None or isinstance(raw, bool):
        return bool(raw)
    raise GoldenSetError(f"{where}: «expected.{name}» debe ser verdadero o falso.")


def _evidence(raw: object, where: str) -> tuple[WantedEvidence, ...]:
    wanted: list[WantedEvidence] = []
    for entry in _items(raw):
        if not isinstance(entry, dict) or set(entry) - set(_EVIDENCE_KEYS):
            known = ", ".join(_EVIDENCE_KEYS)
            raise GoldenSetError(f"{where}: «evidence» debe ser un objeto con alguno de: {known}.")
        fields = {key: _any_text(entry.get(key)) for key in _EVIDENCE_KEYS}
        if any(fields.values()):
            wanted.append(WantedEvidence(**fields))
    return tuple(wanted)
