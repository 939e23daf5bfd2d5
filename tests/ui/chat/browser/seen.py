"""What a person meets on a page: words that are not Spanish, barriers, parts that are wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

ENGLISH = frozenset(
    """
    the of and to is are was were be been this that with from your you we please try again here there not found failed
    click drop drag close clear remove delete upload uploading uploaded download loading processing queue warning info
    success submit stop cancel select option options open toggle settings search next previous file files image table
    row rows column columns sort copy copied share flag edit undo retry message messages button input output tab tabs
    label value empty unknown unexpected connection lost server busy running waiting built language theme screen full
    fullscreen expand collapse show hide more less back reset refresh record view page pages
    """.split()
)


SEEN = """() => {
  const found = [];
  const hidden = (node) => node.closest('script, style, noscript, template, svg title, pre, code');
  const letters = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = letters.nextNode(); node; node = letters.nextNode()) {
    const around = node.parentElement;
    if (node.data.trim() && around && !hidden(around)) found.push(['text', node.data.trim()]);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-description'])
    document.querySelectorAll(`[${name}]`).forEach((part) => found.push([name, part.getAttribute(name)]));
  return found;
}"""


def english(page: Any, where: str) -> list[str]:
    """What looks like English on the page as it stands."""
    told = []
    for kind, text in page.evaluate(SEEN):
        words = set(re.findall(r"(?<![.\w])[a-záéíóúñü]+", text.lower()))
        if words & ENGLISH:
            told.append(f"{where} {kind}: {text[:90]!r} ({', '.join(sorted(words & ENGLISH))})")
    return list(dict.fromkeys(told))


def barriers(page: Any, where: str) -> list[str]:
    """What axe-core finds serious in either theme, and parts that are wider than the screen.

    The page is left in the theme it was not in.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe())
        page.add_style_tag(content="* { transition: none !important; }")
    still(page)  # half shown is pale
    wide = page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]
    found = page.evaluate(_RUN, {})
    dark = page.evaluate("document.body.classList.contains('dark')")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function("dark => document.body.classList.contains('dark') !== dark", arg=dark)
    found += page.evaluate(_RUN, {"runOnly": ["color-contrast", "link-in-text-block"]})
    return [f"{where}: {wide} px too wide"] * (wide > 0) + [f"{where}: {told}" for told in dict.fromkeys(found)]


def still(page: Any) -> None:
    """Wait until nothing moves."""
    page.wait_for_function(_STILL)


@contextmanager
def held(page: Any, part: str) -> Iterator[None]:
    """What a page sends to an address of the framework waits until the block is left."""
    pattern = re.compile(f"/gradio_api/{re.escape(part)}")
    waiting: list[Any] = []
    let_go = False

    def meet(route: Any) -> None:
        if let_go:  # what is sent while the others are let go would wait for ever
            route.continue_()
        else:
            waiting.append(route)

    page.route(pattern, meet)
    try:
        yield
    finally:
        let_go = True
        for route in waiting:
            route.continue_()
        page.unroute(pattern)


@cache
def _axe() -> str:
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)


_RUN = """async (options) => (await axe.run(document, { resultTypes: ['violations'], ...options })).violations
  .filter((found) => ['serious', 'critical'].includes(found.impact))
  .flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 200)}`))
"""
_STILL = """() => document.getAnimations().every((moving) =>
  moving.playState !== 'running' || moving.effect?.getTiming().iterations === Infinity
  || (moving.animationName ?? '').endsWith('countdown'))"""
"""Nothing moves but what never rests, and the line under a message that tells how long it stays: with it the message would
be gone."""
