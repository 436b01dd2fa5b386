"""The line below the header: the model's preparation on the first start, and why it failed if it did."""

import gradio as gr

from playground.ui.readiness import Readiness
from playground.ui.render.notice import notice
from playground.ui.render.text import element, escape
from playground.ui.services import Services

POLL_SECONDS = 1.0


def render_readiness(readiness: Readiness) -> str:
    """Nothing when the model is ready; else a bar or a sentence."""
    if readiness.failure:
        return notice(readiness.failure)
    doing = readiness.doing
    if not doing:
        return ""
    share = readiness.share
    percent = 100 if share is None else max(2, round(100 * share))
    fill = f'<span style="width:{percent}%"></span>'
    bar = element("div", fill, classes="ap-bar", role="progressbar", aria_label=doing, aria_valuenow=str(percent))
    sentence = escape(doing) + ("" if share is None else f" {share:.0%}")
    grown = element("div", sentence + bar, classes="ap-grow")
    return element("div", grown, classes="ap-notice ap-notice-info", role="status")


def status_line(services: Services) -> None:
    """Declares the line and keeps it up to date until the model is ready."""
    line = gr.HTML("", elem_id="status-line", elem_classes="ap-when-filled")
    timer = gr.Timer(POLL_SECONDS, active=not services.readiness.ready)

    def tick() -> tuple[str, gr.Timer]:
        preparing = bool(services.readiness.doing)
        return render_readiness(services.readiness), gr.Timer(active=preparing)

    timer.tick(tick, outputs=[line, timer], show_progress="hidden", queue=False, api_visibility="private")
