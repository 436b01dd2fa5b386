"""A verdict as a person sees it: chips, the reason, errors or cases, the listing."""

from playground.tasks.verdict import Verdict
from playground.ui.render.cases import render_cases
from playground.ui.render.diagnostics import render_diagnostics
from playground.ui.render.ladder import render_ladder
from playground.ui.render.listing import render_listing
from playground.ui.render.notice import notice
from playground.ui.render.text import count, disclosure, element, escape


def render_verdict(verdict: Verdict) -> str:
    """The whole view of one judged answer."""
    parts = (
        render_ladder(verdict),
        _reason(verdict),
        render_diagnostics(verdict.diagnostics, verdict.assembly),
        render_cases(verdict.cases),
        _listing(verdict),
        _figures(verdict),
    )
    return element("section", "".join(parts), classes="ap-verdict", aria_label="Verdict")


def _reason(verdict: Verdict) -> str:
    if verdict.unscored:
        return notice(verdict.reason or f"Not scored; not supported: {', '.join(verdict.missing)}.", "warning")
    if verdict.passed:
        return notice(verdict.reason, "warning")
    return notice(verdict.reason)


def _listing(verdict: Verdict) -> str:
    if not verdict.listing:
        return ""
    table = render_listing(verdict.listing, verdict.arch, verdict.syntax)
    return disclosure(f"Listing <span class='ap-muted'>{count(len(verdict.listing), 'row')}</span>", table)


def _figures(verdict: Verdict) -> str:
    figures = [verdict.detected]
    if verdict.code_bytes:
        figures.append(f"{count(verdict.code_bytes, 'byte')} of code")
    if verdict.instructions:
        figures.append(f"{count(verdict.instructions, 'instruction')} executed")
    if verdict.seconds:
        figures.append(f"judged in {verdict.seconds * 1000:.0f} ms" if verdict.seconds >= 0.001 else "judged at once")
    return element("p", " · ".join(escape(figure) for figure in figures if figure), classes="ap-figures")
