"""The page's looks: gradio's theme, our style sheet and the keyboard's script, as launch() takes them."""

from pathlib import Path
from typing import TypedDict

import gradio as gr

FOLDER = Path(__file__).parent
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "JetBrains Mono", "Menlo", "DejaVu Sans Mono", "monospace")


class Looks(TypedDict):
    """Arguments of ``launch()``."""

    theme: gr.themes.Base
    css: str
    head: str


def looks() -> Looks:
    """Theme, style sheets and scripts; no font or script comes from another server."""
    script, css = _parts("keys.js"), _parts("style.css")
    return Looks(theme=_theme(), css=css, head=f"<script>{script}</script>")


def _parts(name: str) -> str:
    """The page's own file of this name and those of its folders, one after the other."""
    return "".join(path.read_text() for path in (FOLDER / name, *sorted(FOLDER.glob(f"*/{name}"))))


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.indigo,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        spacing_size=gr.themes.sizes.spacing_md,
        text_size=gr.themes.sizes.text_md,
        font=list(SANS),
        font_mono=list(MONO),
    ).set(
        body_background_fill="#f6f7f9",
        body_background_fill_dark="#0d1117",
        block_background_fill="#ffffff",
        block_background_fill_dark="#151b23",
        block_border_width="1px",
        block_shadow="none",
        block_label_text_weight="600",
        block_title_text_weight="600",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_text_color="white",
        input_border_width="1px",
        input_border_color="#cfd6e1",
        input_border_color_dark="#35404f",
        input_background_fill="#ffffff",
        input_background_fill_dark="#0d1117",
    )
