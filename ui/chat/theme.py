"""How the page looks: theme, style sheet, scripts and the options that keep it on this machine."""

from __future__ import annotations

import base64
from functools import lru_cache
from importlib.resources import files
from typing import Any

import gradio as gr
from gradio.themes.utils import colors
from gradio.themes.utils.fonts import Font
from starlette.middleware import Middleware

from ui.chat.first_bytes import FirstBytes

_BLUE = colors.Color(
    name="consta", c50="#eef4f9", c100="#d9e6f1", c200="#b4cde2", c300="#86adce", c400="#5388b5", c500="#2f6a9b",
    c600="#1f5280", c700="#1a4267", c800="#173653", c900="#132b43", c950="#0c1d2e",
)  # fmt: skip
_STONE = colors.Color(
    name="piedra", c50="#faf9f6", c100="#f3f1ec", c200="#e5e2da", c300="#d0ccc1", c400="#a39e92", c500="#777267",
    c600="#5b574e", c700="#45423b", c800="#2b2a26", c900="#1d1c1a", c950="#141412",
)  # fmt: skip
_FONTS = (  # Latin letters; SIL Open Font License, see assets/fonts/OFL.txt
    ("Source Sans 3", 400, "source-sans-3-latin-400-normal.woff2"),
    ("Source Sans 3", 600, "source-sans-3-latin-600-normal.woff2"),
    ("Source Serif 4", 600, "source-serif-4-latin-600-normal.woff2"),
)
_FIRST = ("head.js", "streams.js", "spanish.js")
"""Scripts that run before any other, in this order."""


def asset(name: str) -> str:
    """A script or style sheet of the page."""
    return files("ui.chat").joinpath("assets", name).read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Quiet colours; Source Sans for reading and Source Serif for titles, which the style sheet brings along."""
    sans = Font("Source Sans 3")
    base = gr.themes.Base(
        primary_hue=_BLUE,
        secondary_hue=_BLUE,
        neutral_hue=_STONE,
        radius_size=gr.themes.sizes.radius_sm,
        font=[sans, "system-ui", "sans-serif"],
        font_mono=[sans, "monospace"],  # figures stand in the same face, with figures of equal width
    )
    return base.set(
        body_background_fill="#f6f5f1",
        body_background_fill_dark="#10161d",
        body_text_color="#1c2733",
        body_text_color_dark="#e6ebf0",
        body_text_color_subdued="#55606c",
        body_text_color_subdued_dark="#a3afbb",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#18212b",
        background_fill_secondary="#f1efe9",
        background_fill_secondary_dark="#131b24",
        block_background_fill="#ffffff",
        block_background_fill_dark="#18212b",
        border_color_primary="#dcd8ce",
        border_color_primary_dark="#2e3a47",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="#ffffff",
        input_background_fill_dark="#0f161d",
        input_border_color="#8b8678",
        input_border_color_dark="#5d6b79",
        input_border_color_focus="#1f5280",
        input_border_color_focus_dark="#86adce",
        input_placeholder_color="#6a665c",
        input_placeholder_color_dark="#93a0ad",
        button_primary_background_fill="#1a4267",
        button_primary_background_fill_hover="#132b43",
        button_primary_background_fill_dark="#86adce",
        button_primary_background_fill_hover_dark="#b4cde2",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0c1d2e",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#18212b",
        button_secondary_border_color="#c9c4b8",
        button_secondary_border_color_dark="#3c4957",
        button_secondary_text_color="#1c2733",
        button_secondary_text_color_dark="#e6ebf0",
        link_text_color="#1a4267",
        link_text_color_dark="#9cc1e2",
        block_label_text_color="#45423b",
        block_label_text_color_dark="#c4cdd6",
        block_title_text_color="#1c2733",
        block_title_text_color_dark="#e6ebf0",
    )


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """The style sheet with the fonts inside: the framework's own copies lack most letters, and no file is served."""
    return _ground() + asset("consta.css")


@lru_cache(maxsize=1)
def site_style_sheet() -> str:
    """The style sheet of the pages beside the chat, which load nothing else."""
    return _ground() + asset("site.css")


def _ground() -> str:
    """What both have: fonts and colours."""
    return "".join(_font(*font) for font in _FONTS) + asset("colours.css")


def _font(family: str, weight: int, file: str) -> str:
    data = base64.b64encode(files("ui.chat").joinpath("assets", "fonts", file).read_bytes()).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-display: swap; src: {source}; }}\n"


def look() -> dict[str, Any]:
    """Options of `launch` and of `mount_gradio_app`: they take the same names."""
    return {
        "theme": theme(),
        "css": style_sheet(),
        "app_kwargs": {"middleware": [Middleware(FirstBytes, script="".join(map(asset, _FIRST)))]},
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "pwa": False,
        "enable_monitoring": False,
        "show_error": False,  # our own events tell their failures; others must not show their insides
        "allowed_paths": [],
        "favicon_path": str(files("ui.chat").joinpath("assets", "consta.svg")),
    }
