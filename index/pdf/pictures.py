"""Pictures on printed pages that nobody read: each is told, the large ones with a warning, a logo once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from index.model import Box, LeftOut
from index.pdf.lanes import ocr_advice
from index.pdf.values import Ink, inside

PICTURE = "imagen: su contenido no es texto y no se leyó"
SMALL = "imagen pequeña, como un logotipo, una firma o un sello: no se leyó"
REPEATED = "imagen que se repite en varias páginas, como un logotipo: no se leyó"
BEHIND = "imagen con texto impreso encima: se leyó el texto impreso, no la imagen"
SMALL_SHARE, LARGE_SHARE = 0.04, 0.08  # of the page: logos are smaller; from the second on it is a warning
GROUND = 30  # words printed over an image that is no more than their background
_DOT = 9.0  # square points: less is a spacer or a bullet
_STEP = 6.0  # points: places this close are one place
_MANY = 3  # pages that print the same picture at the same place: its logo
_CM = 2.54 / 72


def unread_pictures(inks: Sequence[Ink]) -> tuple[list[LeftOut], list[str]]:
    """What is left out, and warnings. Pages that are pictures themselves are told elsewhere."""
    pages: dict[tuple[int, ...], list[tuple[Ink, Box]]] = defaultdict(list)
    for ink in inks:
        if not ink.words or ink.pictured:
            continue
        for box in dict.fromkeys(ink.images):
            if (box.x1 - box.x0) * (box.bottom - box.top) >= _DOT:
                place = tuple(round(side / _STEP) for side in (box.x0, box.top, box.x1, box.bottom))
                pages[place].append((ink, box))
    found: dict[tuple[int, str], list[Box]] = defaultdict(list)
    large: set[int] = set()
    for printed in pages.values():
        first, box = printed[0]
        if len({ink.number for ink, _ in printed}) >= _MANY and (
            _share(first, box) < LARGE_SHARE or _is_ground(first, box)
        ):
            found[first.number, REPEATED].append(box)
            continue
        for ink, held in printed:
            found[ink.number, _reason(ink, held)].append(held)
            if _share(ink, held) >= LARGE_SHARE and not _is_ground(ink, held):
                large.add(ink.number)
    left_out = [
        LeftOut(text=_named(boxes), reason=reason, page=page) for (page, reason), boxes in sorted(found.items())
    ]
    return left_out, [_warning(sorted(large))] if large else []


def _share(ink: Ink, box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / max(ink.width * ink.height, 1.0)


def _is_ground(ink: Ink, box: Box) -> bool:
    """Lines of print stand all over it."""
    return sum(inside(w, box) for w in ink.words) >= GROUND


def _reason(ink: Ink, box: Box) -> str:
    if _is_ground(ink, box):
        return BEHIND
    return PICTURE if _share(ink, box) >= SMALL_SHARE else SMALL


def _named(boxes: Sequence[Box]) -> str:
    """How many, and how large the largest is."""
    box = max(boxes, key=lambda b: (b.x1 - b.x0) * (b.bottom - b.top))
    size = f"{_CM * (box.x1 - box.x0):.1f} × {_CM * (box.bottom - box.top):.1f} cm".replace(".", ",")
    return f"imagen de {size}" if len(boxes) == 1 else f"{len(boxes)} imágenes, la mayor de {size}"


def _warning(numbers: Sequence[int]) -> str:
    named, advice = ", ".join(str(n) for n in numbers), ocr_advice()
    if len(numbers) == 1:
        return (
            f"La página {named} lleva una imagen grande que puede contener una tabla o texto: no se leyó su contenido."
            + advice.replace("leerlas", "leerla")
        )
    return (
        f"Las páginas {named} llevan imágenes grandes que pueden contener tablas o texto: no se leyó su contenido."
        + advice
    )
