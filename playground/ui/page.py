"""The page's table of contents."""

import gradio as gr

from playground.ui.api import declare_endpoints
from playground.ui.compare.tab import compare_tab
from playground.ui.data.handlers import connect_data
from playground.ui.data.tab import data_tab
from playground.ui.evaluate.tab import evaluate_tab
from playground.ui.history.tab import connect_history, history_tab
from playground.ui.refresh import connect_compare_now, keep_choices_fresh
from playground.ui.run_tab import run_tab
from playground.ui.services import Services
from playground.ui.status import status_line
from playground.ui.train.tab import train_tab

TITLE = "Assembly Playground"
HEADER = f"""<header class="ap-header"><h1>{TITLE}</h1>
<p>Language models that write assembly, side by side, judged by running what they wrote.</p></header>"""


def build_page(services: Services) -> gr.Blocks:
    """The whole page on these services."""
    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as page:
        declare_endpoints(services)  # first, so that no handler of the page takes an endpoint's name
        gr.HTML(HEADER)
        status_line(services)
        with gr.Tabs() as tabs:
            with gr.Tab("Compare", id="compare"):
                compare = compare_tab(services)
            with gr.Tab("Run", id="run"):
                run_tab(services)
            with gr.Tab("Train", id="train"):
                train = train_tab(services)
            with gr.Tab("Data", id="data"):
                connect_data(data_tab(services), services)
            with gr.Tab("Evaluate", id="evaluate") as tab:
                evaluate_tab(tab, services)
            with gr.Tab("History", id="history") as tab:
                history = history_tab(tab, services)
        keep_choices_fresh(page, tabs, compare, train, services)
        connect_history(page, tabs, history, compare, services)
        connect_compare_now(tabs, train, compare, services)
    return page
