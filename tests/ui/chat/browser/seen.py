"""What a person meets on a page: words that are not Spanish, barriers, parts that are wider than the screen."""

from __future__ import annotations

import re
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
    """What axe-core finds serious, and parts that are wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_function(_STILL)  # half shown is pale
    wide = page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]
    return [f"{where}: {wide} px too wide"] * (wide > 0) + [
        f"{where}: {found['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


_STILL = """() => document.getAnimations().every((moving) =>
  moving.playState !== 'running' || (moving.animationName ?? '').endsWith('countdown'))"""
"""Nothing moves but the line under a message that tells how long it stays: with it the message would be gone."""
