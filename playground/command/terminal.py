"""What the page shows, as text for a terminal: program output to stdout, the report to stderr."""

import sys
from collections.abc import Iterable

from playground.assembly.program import Diagnostic
from playground.emulator.execution import Execution
from playground.emulator.result import Fault, HotLine, RunResult
from playground.tasks.verdict import LADDER, Verdict


def print_execution(text: str, execution: Execution) -> None:
    """The program's own output on stdout and stderr, then how it ended (on stderr)."""
    result = execution.result
    if result is not None:
        sys.stdout.buffer.write(result.stdout)
        sys.stdout.flush()
        sys.stderr.buffer.write(result.stderr)
    report = _execution_report(text.splitlines(), execution)
    print("\n".join(report), file=sys.stderr)


def _execution_report(source_lines: list[str], execution: Execution) -> list[str]:
    assembly = execution.assembly
    lines = [f"[{assembly.detected or f'{assembly.arch}, {assembly.syntax}'}]"]
    lines += diagnostic_lines(source_lines, assembly.diagnostics)
    lines += [f"line {gap.line}: {gap.message}" if gap.line else gap.message for gap in assembly.gaps]
    if execution.result is not None:
        lines += _result_lines(source_lines, execution.result)
    else:
        lines.append(f"[{execution.stop}: not run]")
    return lines


def _result_lines(source_lines: list[str], result: RunResult) -> list[str]:
    lines = _fault_lines(source_lines, result.fault) if result.fault else []
    lines += hot_line_lines(source_lines, result.hot_lines)
    status = f" with status {result.exit_status}" if result.exit_status is not None else ""
    reason = f": {result.reason}" if result.reason and not result.fault else ""
    lines.append(f"[{result.stop}{status} after {result.instructions:,} instructions{reason}]")
    if result.missing:
        lines.append(f"[not supported: {', '.join(result.missing)}]")
    return lines


def diagnostic_lines(source_lines: list[str], diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Each diagnostic with its source line and a caret under the column."""
    lines: list[str] = []
    for diagnostic in diagnostics:
        lines.append(f"{diagnostic.line}:{diagnostic.column}: error: {diagnostic.message}")
        if 0 < diagnostic.line <= len(source_lines):
            source = source_lines[diagnostic.line - 1]
            lead = "".join("\t" if character == "\t" else " " for character in source[: diagnostic.column - 1])
            lines += [f"    {source}", f"    {lead}^"]
        if diagnostic.hint:
            lines.append(f"    {diagnostic.hint}")
    return lines


def _fault_lines(source_lines: list[str], fault: Fault) -> list[str]:
    where = f" at line {fault.line}" if fault.line else f" at {fault.pc:#x}"
    lines = [f"{fault.signal or 'fault'} ({fault.kind}){where}: {fault.description}"]
    if 0 < fault.line <= len(source_lines):
        lines.append(f"    {source_lines[fault.line - 1].strip()}")
    for frame in fault.backtrace:
        lines.append(f"  from {frame.symbol or hex(frame.address)}" + (f", line {frame.line}" if frame.line else ""))
    return lines


def hot_line_lines(source_lines: list[str], hot: Iterable[HotLine]) -> list[str]:
    """What an endless loop was doing."""
    return [
        f"  line {entry.line} ({entry.count:,} times): {source_lines[entry.line - 1].strip()}"
        for entry in hot
        if 0 < entry.line <= len(source_lines)
    ]


def print_verdict(verdict: Verdict) -> None:
    """The ladder, each case, and what stopped the answer, on stdout."""
    print(ladder_line(verdict))
    source_lines = verdict.assembly.splitlines()
    print("\n".join(diagnostic_lines(source_lines, verdict.diagnostics)), end="\n" if verdict.diagnostics else "")
    for case in verdict.cases:
        mark = "ok  " if case.passed else "FAIL"
        print(f"  {mark} {case.inputs}: expected {case.expected or '(nothing)'}, got {case.got}")
        for line in case.abi_violations:
            print(f"       {line}")
    if verdict.reason:
        print(verdict.reason)


def ladder_line(verdict: Verdict) -> str:
    """``[x] extracted  [x] assembled  …  (unscored: not supported: …)``."""
    reached = LADDER.index(verdict.stage) if verdict.stage in LADDER else -1
    marks = "  ".join(f"[{'x' if index <= reached else ' '}] {rung}" for index, rung in enumerate(LADDER))
    return f"{marks}  unscored, not supported: {', '.join(verdict.missing)}" if verdict.unscored else marks
