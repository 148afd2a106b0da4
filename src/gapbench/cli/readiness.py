"""How far the client is, with what stands in the way."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from gapbench.engagement.engagement import Engagement

ABOUT = """\
Say how ready the client is, framework by framework: the verdict by the rules of
the audit and of the appraisal, its reasons, and what stands in the way. A
percentage stands beside the share of points it rests on and the majors.

--explain shows the arithmetic behind a figure: a clause, a point, a principle, a
practice area, a practice group (CM/2) or a maturity level (ML2); "" explains the
verdicts.
"""
EXAMPLES = """\
  gapbench readiness acme.gapbench
  gapbench readiness acme.gapbench --explain 8.4
  gapbench readiness acme.gapbench --explain "CM 2.1"
  gapbench readiness acme.gapbench --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs: gapbench-readiness/1")
    form.add_argument("--explain", metavar="SUBJECT", help="show how a figure comes about")


def run(options: argparse.Namespace) -> int:
    """Say how ready the client is."""
    with opening.to_read(options) as engagement:
        if options.json:
            from gapbench.work.readiness_report import report

            terminal.emit_json(report(engagement))
        elif options.explain is not None:
            _explain(engagement, options.explain)
        else:
            _show(engagement)
    return 0


def _show(engagement: Engagement) -> None:
    from gapbench.cli import readiness_text
    from gapbench.work.readiness import Readiness

    readiness = Readiness(engagement)
    profile = engagement.profile()
    terminal.paragraph(" - ".join(filter(None, [profile.client, profile.title])))
    for catalog, case in readiness.cases.items():
        readiness_text.show(case, readiness.results[catalog])
    terminal.say("")
    for line in readiness_text.closing(readiness.cases.values()):
        terminal.paragraph(line)


def _explain(engagement: Engagement, text: str) -> None:
    from gapbench.rating.explain import explain
    from gapbench.work import words
    from gapbench.work.readiness import Readiness

    readiness = Readiness(engagement)
    for catalog, subject in words.figures(readiness.cases, readiness.results, text):
        case = readiness.cases[catalog]
        for line in explain(case, readiness.results[catalog], subject):
            indent = line[: len(line) - len(line.lstrip())]
            terminal.paragraph(line.strip(), indent, indent + "  ")
