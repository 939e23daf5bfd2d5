"""The page: its head and its tabs."""

from __future__ import annotations

import gradio as gr

from ui.chat.ask_tab import ask_tab
from ui.chat.service import ChatService
from ui.chat.views import header_html


def build_page(service: ChatService) -> gr.Blocks:
    """The whole page over one service. Launch or mount it with the options of `theme.look`."""
    page: gr.Blocks
    with gr.Blocks(title="Consta", analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(header_html(service.documents()), apply_default_css=False, elem_id="masthead")
        with gr.Tabs(elem_id="tabs"), gr.Tab("Preguntar", id="ask"):
            ask_tab(service, page)
        page.load(
            lambda: header_html(service.documents()), None, head, show_progress="hidden", api_visibility="private"
        )
    return page
