"""A longer differential run: csmith's programs by gcc and clang, against GNU as; exits 1 on a difference.

python tests/assembly/x86/conformance_x86.py [PROGRAMS]
"""

import sys
import tempfile
from pathlib import Path

from test_x86_gnu_agreement import is_thread_local_address
from x86_comparison import compare, unexplained
from x86_corpus import SOURCES, csmith_sources, distinct
from x86_gnu import GnuCode, assemble_each


def main(programs: int) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [*sorted(SOURCES.iterdir()), *csmith_sources(programs, folder)]
        for syntax in ("gas", "intel"):
            statements = distinct(sources, syntax)
            peer = assemble_each(statements, syntax, folder)
            differences = compare(statements, syntax, peer, folder)
            report = unexplained(differences, is_thread_local_address)
            accepted = sum(isinstance(code, GnuCode) for code in peer)
            print(f"{syntax}: {len(statements)} distinct statements of {len(sources)} programs, {accepted} accepted")
            print(report or "  all agree")
            failed += bool(report)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
