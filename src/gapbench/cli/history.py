"""What was done, by whom and when."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Step

ABOUT = """\
List the steps taken in an engagement, newest first; with ITEM, those that
touched one point or practice. Steps that are taken back at present are marked.
"""
EXAMPLES = """\
  gapbench history acme.gapbench --limit 20
  gapbench history acme.gapbench "8.4.1 c\""""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument("item", metavar="ITEM", nargs="?", help='a point or practice, "8.4.1 c"')
    parser.add_argument("--limit", metavar="N", type=_count, default=0, help="at most N steps")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """List the steps."""
    with opening.to_read(options) as engagement:
        catalog, item = _meant(engagement, options.item)
        steps = engagement.history(catalog=catalog, item=item, limit=options.limit)
    if options.json:
        terminal.emit_json([_plain(step) for step in steps])
    elif steps:
        terminal.table([_row(step) for step in steps], heads=("when", "who", "", "what"))
    else:
        terminal.say("Nothing was done there yet." if item else "Nothing was done yet.")
    return 0


def _count(text: str) -> int:
    import argparse

    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 on")
    return int(text)


def _meant(engagement: Engagement, text: str | None) -> tuple[str, str]:
    if text is None:
        return "", ""
    from gapbench.work import words

    scopes = [engagement.scope(framework.catalog) for framework in engagement.frameworks()]
    subject = words.item(scopes, text)
    return subject.scope.catalog.id, subject.id


def _row(step: Step) -> tuple[str, str, str, str]:
    when = step.at.astimezone().strftime("%Y-%m-%d %H:%M")
    who = step.author if len(step.author) <= 16 else f"{step.author[:13]}..."
    return when, who, "back" if step.undone else "", step.title


def _plain(step: Step) -> dict[str, object]:
    return {
        "id": step.id,
        "at": step.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "author": step.author,
        "device": step.device,
        "title": step.title,
        "kind": step.kind,
        "undone": step.undone,
    }
