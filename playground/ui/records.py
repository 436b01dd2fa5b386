"""Values as JSON for clients of the endpoints and for agents: plain text, named fields, no markup."""

from typing import Any

from playground.assembly.program import Diagnostic
from playground.emulator.execution import Execution
from playground.emulator.result import Fault
from playground.tasks.verdict import CaseResult, Verdict
from playground.ui.comparison.board import Answer

Record = dict[str, Any]


def diagnostic_record(diagnostic: Diagnostic) -> Record:
    """``{"line", "column", "message", "hint"}``"""
    return {
        "line": diagnostic.line,
        "column": diagnostic.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def fault_record(fault: Fault | None) -> Record | None:
    """``{"kind", "signal", "description", "line", "address"}``, or None."""
    if fault is None:
        return None
    return {
        "kind": fault.kind,
        "signal": fault.signal,
        "description": fault.description,
        "line": fault.line,
        "address": fault.address,
    }


def execution_record(execution: Execution) -> Record:
    """How a program's run ended; the fields of ``run --json`` with text instead of base64, and more."""
    result = execution.result
    return {
        "stop": execution.stop,
        "exit_status": result.exit_status if result else None,
        "stdout": result.stdout.decode(errors="replace") if result else "",
        "stderr": result.stderr.decode(errors="replace") if result else "",
        "instructions": result.instructions if result else 0,
        "reason": result.reason if result else "",
        "fault": fault_record(result.fault if result else None),
        "registers": {name: hex(value) for name, value in result.registers.items()} if result else {},
        "diagnostics": [diagnostic_record(one) for one in execution.assembly.diagnostics],
        "missing": list(execution.missing),
        "detected": execution.assembly.detected,
    }


def verdict_record(verdict: Verdict) -> Record:
    """How far an answer got; the fields of ``check`` and what explains them."""
    return {
        "stage": verdict.stage,
        "passed": verdict.passed,
        "unscored": verdict.unscored,
        "cases_passed": verdict.cases_passed,
        "cases": len(verdict.cases),
        "reason": verdict.reason,
        "missing": list(verdict.missing),
        "diagnostics": [diagnostic_record(one) for one in verdict.diagnostics],
        "results": [case_result_record(case) for case in verdict.cases],
        "instructions": verdict.instructions,
        "code_bytes": verdict.code_bytes,
        "assembly": verdict.assembly,
    }


def case_result_record(case: CaseResult) -> Record:
    """One case as it went."""
    return {
        "inputs": case.inputs,
        "expected": case.expected,
        "got": case.got,
        "passed": case.passed,
        "fault": fault_record(case.fault),
    }


def answer_record(answer: Answer) -> Record:
    """One answer of a comparison with its figures and verdict."""
    return {
        "model": answer.model,
        "text": answer.text,
        "tokens": answer.tokens,
        "tokens_per_second": round(answer.tokens_per_second, 2),
        "seconds_to_first_token": answer.seconds_to_first_token,
        "ended_by": answer.ended_by,
        "error": answer.error,
        "verdict": verdict_record(answer.verdict) if answer.verdict else None,
    }
