"""Where the subjects of one framework stand in another."""

from __future__ import annotations

from gapbench.cli import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.catalog.crosswalk import Counterpart, Crosswalk

_ABOUT = """\
Say where the subjects of one framework stand in another, or what became of the
points of an edition in the next. In brackets: what a subject only touches. A
rating is never converted by it.
"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("map", help="where the subjects of one stand in another", description=_ABOUT)
    parser.add_argument("from_", metavar="FROM", help="a catalog, as in sw-cmm-1.1")
    parser.add_argument("to", metavar="TO", help="another, as in cmmi-dev-1.3")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Say it."""
    from gapbench.catalog.crosswalk import NEVER, crosswalk

    found = crosswalk(options.from_, options.to)
    if options.json:
        terminal.emit_json(_as_json(found))
        return 0
    terminal.paragraph(f"{found.title}.")
    terminal.paragraph(NEVER)
    terminal.say("")
    rows = [(row.from_, _targets(row), row.confidence, row.note) for row in found.rows]
    terminal.table(rows, heads=(found.from_, found.to, "sure", "note"))
    if found.provenance:
        terminal.say("")
        terminal.paragraph(f"Rests on: {found.provenance}")
    return 0


def _targets(row: Counterpart) -> str:
    also = f"({', '.join(row.also)})" if row.also else ""
    return " ".join(filter(None, [", ".join(row.to), also])) or "-"


def _as_json(found: Crosswalk) -> dict[str, Any]:
    from gapbench.catalog.crosswalk import NEVER

    return {
        "from": found.from_,
        "to": found.to,
        "title": found.title,
        "notice": NEVER,
        "provenance": found.provenance,
        "rows": [
            {
                "from": row.from_,
                "to": list(row.to),
                "also": list(row.also),
                "confidence": row.confidence,
                "note": row.note,
            }
            for row in found.rows
        ],
    }
