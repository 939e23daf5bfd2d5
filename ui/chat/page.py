"""The page: its head and its tabs."""

from __future__ import annotations

import gradio as gr

from ui.chat.api import publish
from ui.chat.ask_tab import ask_tab
from ui.chat.desk import Desk
from ui.chat.evaluation_tab import evaluation_tab
from ui.chat.gate import visitor_of
from ui.chat.keeping import keep_answers
from ui.chat.reports_tab import reports_tab
from ui.chat.service import ChatService
from ui.chat.views import header_html


def build_page(service: ChatService, desk: Desk | None = None) -> gr.Blocks:
    """The whole page over one service. Launch or mount it with the options of `theme.look`.

    desk: what the other tabs and the endpoints for programs need; without it there is the conversation alone.
    """
    page: gr.Blocks
    with gr.Blocks(title="Consta", analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(header_html(service.documents()), apply_default_css=False, elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Preguntar", id="ask"):
                asked = ask_tab(service, page)
            if desk is not None:
                with gr.Tab("Informes", id="reports"):
                    reports_tab(service, desk, page, asked.scope)
                with gr.Tab("Evaluación", id="evaluation"):
                    evaluation_tab(service, desk, page)
        if desk is not None:
            keep_answers(service, desk, asked)
            publish(service, desk.limits)

        def renewed(request: gr.Request) -> str:
            return header_html(service.documents(), visitor_of(request).name)

        page.load(renewed, None, head, show_progress="hidden", api_visibility="private")
    return page
