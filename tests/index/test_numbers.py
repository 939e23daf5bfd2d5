"""A printed number is read exactly, or it has no value and says why; nothing is ever guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbers import COMMA_DECIMAL, POINT_DECIMAL, decide_convention, is_no_value, parse

SELF_DECIDING = [
    ("2,745.00", "2745.00", POINT_DECIMAL),
    ("2.745,00", "2745.00", COMMA_DECIMAL),
    ("12.345.678", "12345678", COMMA_DECIMAL),
    ("1,234,567", "1234567", POINT_DECIMAL),
    ("12.5", "12.5", POINT_DECIMAL),
    ("0,88", "0.88", COMMA_DECIMAL),
    ("0.568", "0.568", POINT_DECIMAL),
    ("1234.5678", "1234.5678", POINT_DECIMAL),
    ("1 234 567,89", "1234567.89", COMMA_DECIMAL),
    ("1\u202f234,5", "1234.5", COMMA_DECIMAL),
    ("1'234,567.89", "1234567.89", POINT_DECIMAL),
    ("Q. 11,792.00", "11792.00", POINT_DECIMAL),
    ("L31,267,221.00", "31267221.00", POINT_DECIMAL),
    ("RD$ 1,234.50", "1234.50", POINT_DECIMAL),
    ("₡1.234.567", "1234567", COMMA_DECIMAL),
    ("S/. 1,200.50", "1200.50", POINT_DECIMAL),
    ("3.450,5 USD", "3450.5", COMMA_DECIMAL),
    ("334,59 5,42 4.51", "334595424.51", POINT_DECIMAL),  # digits torn apart by the typesetting
    ("-20,89 6.53", "-20896.53", POINT_DECIMAL),
]

WITHOUT_CONVENTION = [
    ("63%", "63"), ("100 %", "100"), ("*18", "18"), ("18*", "18"), ("18²", "18"), ("-5", "-5"), ("– 7", "-7"),
    ("( 12)", "-12"), ("12-", "-12"), ("-$5", "-5"), ("$ (5)", "-5"), ("(5%)", "-5"), ("+3", "3"), ("Bs 12", "12"),
    ("40 US$", "40"), ("1 234", "1234"), ("0", "0"), ("−8", "-8"),
]  # fmt: skip

NO_NUMBER = [
    "", " ", "-", "– –", "***", "N/D", "n/a", "no aplica", "#¡DIV/0!", "11-02-000-001", "02-04-00", "05/02/2021",
    "06:18:13", "2222-3333", "2.1.1.3", "1603.00.00", "Cuadro 3", "40 millones", "1,23,456", "Q", "Bs.", "5-10",
    "51 53", "0511.91", "11130016-0241-00-62 00 000 002", "R00824984",
]  # fmt: skip

AMBIGUOUS = ["1.568", "1,568", "12.345", "RD$ 1,234", "-7.704", "(1,250)", "1.250%"]


@pytest.mark.parametrize(("text", "value", "convention"), SELF_DECIDING)
def test_text_that_decides_itself_keeps_its_reading(text: str, value: str, convention: str) -> None:
    """A mixed column may hold both styles: the vote of the others does not change a text that proves its own."""
    for vote in (None, POINT_DECIMAL, COMMA_DECIMAL):
        parsed = parse(text, vote)
        assert (parsed.value, parsed.convention) == (Decimal(value), convention)


@pytest.mark.parametrize(("text", "value"), WITHOUT_CONVENTION)
def test_text_without_separators_needs_no_convention(text: str, value: str) -> None:
    parsed = parse(text)
    assert parsed.value == Decimal(value)
    assert parsed.convention is None


@pytest.mark.parametrize("text", NO_NUMBER)
def test_codes_dates_and_words_are_no_numbers(text: str) -> None:
    assert parse(text).value is None
    assert parse(text).undecided is None


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_ambiguous_text_takes_the_vote_or_stays_undecided(text: str) -> None:
    alone = parse(text)
    assert alone.value is None
    assert alone.undecided
    thousands, decimals = parse(text, COMMA_DECIMAL).value, parse(text, POINT_DECIMAL).value
    assert thousands is not None
    assert decimals is not None
    assert {abs(thousands / decimals)} & {Decimal(1000), Decimal("0.001")}


@pytest.mark.parametrize("text", ["3,130 19.68", "7 97.100,20", "2 3"])
def test_two_numbers_in_one_cell_are_not_joined(text: str) -> None:
    assert parse(text).value is None


def test_marks_percent_and_currency_are_told() -> None:
    assert parse("*18").mark == "*"
    assert parse("1,234.5 1/").mark == "1/"
    assert parse("63 %").is_percent
    assert parse("RD$ 10").currency == "RD$"


@pytest.mark.parametrize(
    ("texts", "convention"),
    [
        (["1.568", "2.745,00"], COMMA_DECIMAL),
        (["1,568", "12.5"], POINT_DECIMAL),
        (["1.568", "7"], None),
        (["2.745,00", "2,745.00"], None),
        ([], None),
    ],
)
def test_convention_is_decided_by_the_column(texts: list[str], convention: str | None) -> None:
    assert decide_convention(texts) == convention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N/D", True),
        ("no le aplica", True),
        ("– –", True),
        ("***", True),
        ("#¡DIV/0!", True),
        ("0", False),
        ("Agua", False),
    ],
)
def test_ways_to_say_that_there_is_no_figure(text: str, expected: bool) -> None:
    assert is_no_value(text) is expected


def written(value: Decimal, convention: str, style: str) -> str:
    """The number as a report prints it."""
    text = f"{abs(value):,.2f}"
    if convention == COMMA_DECIMAL:
        text = text.translate(str.maketrans(",.", ".,"))
    return style.format(text) if value < 0 else text


@given(
    cents=st.integers(min_value=-(10**15), max_value=10**15),
    convention=st.sampled_from([POINT_DECIMAL, COMMA_DECIMAL]),
    style=st.sampled_from(["-{}", "({})", "( {})", "{}-", "– {}", "- {}", "-${}", "$({})", "Q.-{}", "(Bs {})"]),
)
def test_what_is_printed_is_read_back(cents: int, convention: str, style: str) -> None:
    value = Decimal(cents) / 100
    parsed = parse(written(value, convention, style), convention)
    assert parsed.value == value


@given(thousands=st.integers(min_value=1, max_value=999), rest=st.integers(min_value=0, max_value=999))
def test_three_digits_after_one_mark_never_get_a_value_alone(thousands: int, rest: int) -> None:
    assert parse(f"{thousands}.{rest:03}").value is None
    assert parse(f"{thousands}.{rest:03}", COMMA_DECIMAL).value == thousands * 1000 + rest


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    parsed = parse(text)
    assert parsed.value is None or parsed.undecided is None
