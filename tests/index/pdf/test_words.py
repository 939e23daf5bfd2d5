"""Words are cut where a reader of the page would cut them, whatever the file's stream does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from index.pdf.blocks import leading_of
from index.pdf.values import Glyph
from index.pdf.words import tokenize


def glyphs(text: str, x: float = 10.0, top: float = 10.0, size: float = 10.0, step: float = 5.0) -> list[Glyph]:
    return [
        Glyph(c, x + i * step, top, x + i * step + step, top + size, size, "Prueba", bold=False)
        for i, c in enumerate(text)
    ]


def texts(found: list[Glyph]) -> list[str]:
    return [w.text for w in tokenize(found)]


def test_a_gap_wider_than_a_fifth_of_the_size_ends_a_word():
    assert texts(glyphs("uno") + glyphs("dos", x=27.5)) == ["uno", "dos"]
    assert texts(glyphs("uno") + glyphs("dos", x=26.0)) == ["unodos"]


def test_a_jump_back_ends_a_word_so_that_overprinted_labels_stay_apart():
    assert texts(glyphs("Transporte", x=10) + glyphs("1.250,00", x=40)) == ["Transporte", "1.250,00"]


def test_a_glyph_printed_twice_counts_once_and_is_bold():
    doubled = [g for glyph in glyphs("Total") for g in (glyph, glyph._replace(x0=glyph.x0 + 0.3, x1=glyph.x1 + 0.3))]
    (word,) = tokenize(doubled)
    assert (word.text, word.bold) == ("Total", True)


def test_double_letters_are_not_taken_for_a_double_print():
    assert texts(glyphs("calles", step=2.0)) == ["calles"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1.250,0075,40", ["1.250,00", "75,40"]),  # two amounts without a gap
        ("1,752,572.00", ["1,752,572.00"]),  # one amount, never cut
        ("-12.345.678,90", ["-12.345.678,90"]),
        ("Ingresos......12", ["Ingresos", "......", "12"]),
    ],
)
def test_amounts_are_cut_only_when_two_stand_together(printed: str, expected: list[str]):
    assert texts(glyphs(printed)) == expected


def test_letters_of_no_size_still_have_a_line() -> None:
    """A broken font size once divided by zero."""
    flat: Any = [SimpleNamespace(chunk=SimpleNamespace(size=0.0, middle=y)) for y in (10.0, 10.0)]
    assert leading_of(flat) > 0
