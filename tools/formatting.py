"""Figures as the country of the report writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from tools.model import Figure

_LOCALE_BY_CURRENCY = {
    "GTQ": "es_GT", "HNL": "es_HN", "NIO": "es_NI", "CRC": "es_CR", "MXN": "es_MX", "COP": "es_CO", "ARS": "es_AR",
    "CLP": "es_CL", "PEN": "es_PE", "BOB": "es_BO", "UYU": "es_UY", "PYG": "es_PY", "DOP": "es_DO", "VES": "es_VE",
    "PAB": "es_PA", "CUP": "es_CU", "BRL": "pt_BR", "EUR": "es_ES",
}  # fmt: skip


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up, as accountants do: 0.125 → 0.13."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=32)
def _locale(country: str | None, currency: str | None) -> str:
    """A locale for the country, else for the currency, else one with a decimal point.

    Crossing a country with a foreign currency makes Babel print the code, which is what is wanted.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only needed once there is a figure to show

    for name in (f"es_{country}" if country else "", _LOCALE_BY_CURRENCY.get(currency or "", "")):
        if name:
            try:
                Locale.parse(name)
            except UnknownLocaleError:
                continue
            return name
    return "es_MX"


def number(value: Decimal, country: str | None = None, currency: str | None = None) -> str:
    """A plain number with the decimals it has, at most two more than needed: "1,500", "3,573.93"."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    shown = value.normalize()
    exponent = shown.as_tuple().exponent
    places = min(4, max(0, -exponent)) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * max(places, 2 if places == 1 else places) if places else "")
    return str(
        format_decimal(
            rounded(value, max(places, 2) if places else 0), locale=_locale(country, currency), format=pattern
        )
    )


def money(value: Decimal, currency: str, country: str | None = None) -> str:
    """An amount with its symbol: "Q1,250,300.00"; the code is printed when the currency is not the country's own."""
    from babel.numbers import format_currency  # noqa: PLC0415

    locale = _locale(country, currency)
    shown = format_currency(rounded(value), currency, locale=locale, currency_digits=False)
    return str(shown).replace("\xa0", " ")


def percent(value: Decimal, country: str | None = None, currency: str | None = None) -> str:
    """A percentage with two decimals: "60.33 %"."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return f"{format_decimal(rounded(value), locale=_locale(country, currency), format='#,##0.00')} %".replace(
        "\xa0", " "
    )


def show(figure: Figure, country: str | None, currency: str | None = None) -> str:
    """A figure with its unit, as a Spanish reader of that country expects it."""
    if figure.value is None:
        return "sin dato"
    if figure.unit == "%":
        exact = figure.value == rounded(figure.value)
        whole = figure.printed and exact and figure.value == figure.value.to_integral_value()
        return f"{number(figure.value, country, currency)} %" if whole else percent(figure.value, country, currency)
    if figure.unit == "puntos porcentuales":
        return f"{number(rounded(figure.value), country, currency)} puntos porcentuales"
    if figure.unit and len(figure.unit) == 3 and figure.unit.isupper():
        return money(figure.value, figure.unit, country)
    shown = number(figure.value, country, currency)
    return f"{shown} {figure.unit}" if figure.unit else shown
