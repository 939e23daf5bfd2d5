"""Images of pages: drawn when first looked at, kept in the store beside their document."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import StoreError
from index.model import Box, Document
from index.pdf.render import VERSION, PageImage, find_text, render_page
from index.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A box in percent of the page, with a little air around it, so that the frame does not cover the figure."""

    left: float
    top: float
    width: float
    height: float


def page_image(store: Store, document: Document, number: int) -> PageImage | None:
    """Page `number` of a report; None when it has no pages or its file was not kept.

    Raises ReadError when the page cannot be drawn.
    """
    if document.kind != "pdf":
        return None
    name = f"page-{number}"
    kept = store.derived(name, VERSION, document=document.id)
    if kept is not None:
        size, _, png = kept.partition(b"\n")
        width, height = map(float, size.split())
        return PageImage(png=png, width=width, height=height)
    data = store.original(document.id)
    if data is None:
        return None
    image = render_page(data, number)
    try:
        store.save_derived(name, VERSION, f"{image.width} {image.height}\n".encode() + image.png, document=document.id)
    except StoreError:  # a store that only can be read, or a busy one: the page is drawn again next time
        _log.warning("page image not kept", exc_info=True)
    return image


def quote_boxes(store: Store, document: Document, number: int, quotes: Sequence[str]) -> tuple[Box, ...]:
    """Where quoted words stand on a page, a box a line; none when they are not found as they are."""
    data = store.original(document.id) if quotes and document.kind == "pdf" else None
    return () if data is None else tuple(box for quote in quotes for box in find_text(data, number, quote))


def frame(box: Box, image: PageImage, air: float = 2.0) -> Frame:
    """Where a box lies on the image. air: points around it."""
    left, top = max(box.x0 - air, 0.0), max(box.top - air, 0.0)
    right, bottom = min(box.x1 + air, image.width), min(box.bottom + air, image.height)
    return Frame(
        left=left / image.width * 100,
        top=top / image.height * 100,
        width=(right - left) / image.width * 100,
        height=(bottom - top) / image.height * 100,
    )
