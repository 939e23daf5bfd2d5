"""Figures are written as the country of the report writes them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tools.formatting import money, number, percent, rounded, show
from tools.model import Figure

MONEY = [
    ("24130898", "GTQ", "GT", "Q24,130,898.00"),
    ("31267221", "HNL", "HN", "L31,267,221.00"),
    ("-828.93", "GTQ", "GT", "-Q828.93"),
    ("0", "GTQ", "GT", "Q0.00"),
    ("1250.5", "MXN", "MX", "$1,250.50"),
    ("1250.5", "DOP", "DO", "RD$1,250.50"),
    ("1250.5", "USD", "SV", "$1,250.50"),
    ("1250.5", "USD", "EC", "$1.250,50"),
    ("1250.5", "NIO", "NI", "C$1,250.50"),
    ("1250.5", "PAB", "PA", "B/.1,250.50"),
    ("1250500.5", "CRC", "CR", "₡1 250 500,50"),
    ("1250.5", "PEN", "PE", "S/1,250.50"),
    ("1250500", "ARS", "AR", "$1.250.500,00"),
    ("1250500", "COP", "CO", "$1.250.500,00"),
    ("1250500", "CLP", "CL", "$1.250.500,00"),
    ("1250500", "UYU", "UY", "$1.250.500,00"),
    ("1250500", "PYG", "PY", "Gs.1.250.500,00"),
    ("1250500", "BOB", "BO", "Bs1.250.500,00"),
    ("1250500", "VES", "VE", "Bs.S1.250.500,00"),
    ("1250500", "USD", "GT", "USD1,250,500.00"),  # a foreign currency is never given the local sign
    ("1250500", "GTQ", None, "Q1,250,500.00"),
]


def plain(text: str) -> str:
    """Every kind of blank as one."""
    return " ".join(text.split())


@pytest.mark.parametrize(("value", "currency", "country", "expected"), MONEY)
def test_money(value: str, currency: str, country: str | None, expected: str) -> None:
    shown = plain(money(Decimal(value), currency, country))
    assert re.sub(r"^([^\d ]+) ", r"\1", shown) == expected  # a blank after the sign comes and goes with CLDR


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("60.327", "GT", "60.33 %"),
        ("60.325", "GT", "60.33 %"),
        ("0", "GT", "0.00 %"),
        ("-3.5", "HN", "-3.50 %"),
        ("1234.5", "GT", "1,234.50 %"),
        ("60.327", "AR", "60,33 %"),
        ("60.327", "CR", "60,33 %"),
        ("60.327", None, "60.33 %"),
    ],
)
def test_percent(value: str, country: str | None, expected: str) -> None:
    assert plain(percent(Decimal(value), country)) == expected


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("1500", "GT", "1,500"),
        ("1500", "AR", "1.500"),
        ("1500.00", "GT", "1,500"),
        ("0", "GT", "0"),
        ("3573.93", "GT", "3,573.93"),
        ("3573.93", "AR", "3.573,93"),
        ("0.5", "GT", "0.50"),
        ("-12", "GT", "-12"),
        ("1E+3", "GT", "1,000"),
        ("0.1234", "GT", "0.1234"),
    ],
)
def test_number(value: str, country: str | None, expected: str) -> None:
    assert plain(number(Decimal(value), country)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "printed", "expected"),
    [
        (None, "GTQ", True, "sin dato"),
        ("63", "%", True, "63 %"),
        ("63", "%", False, "63.00 %"),
        ("63.5", "%", True, "63.50 %"),
        ("15", "puntos porcentuales", False, "15 puntos porcentuales"),
        ("10", "documentos", True, "10 documentos"),
        ("10", None, True, "10"),
        ("10", "GTQ", True, "Q10.00"),
    ],
)
def test_figures_with_their_unit(value: str | None, unit: str | None, printed: bool, expected: str) -> None:
    figure = Figure(value=None if value is None else Decimal(value), unit=unit, label="", printed=printed)
    assert plain(show(figure, "GT", "GTQ")) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.125", "0.13"), ("-0.125", "-0.13"), ("2.675", "2.68"), ("1", "1.00")]
)
def test_halves_go_up(value: str, expected: str) -> None:
    """As accountants round, not to the even neighbour."""
    assert rounded(Decimal(value)) == Decimal(expected)
