"""Rate one point or practice, or all that is unrated below a heading, as one step."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import RefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import FindingClass
    from gapbench.work.words import Subject

ABOUT = """\
Rate one point of a standard or one practice of a model. With the number of a
clause or practice area, all that is still unrated in it gets the rating, as
one step that one `gapbench undo` takes back. Alternative routes (8.7.1 a to d)
are left out of that, except with na.

ratings (upper or lower case):
  ISO 9001, ISO 14001, AS9100
             conforming  partial  not_conforming  na (or -)  condition_not_met
  CMMI 2.0, 3.0                    FM  LM  PM  DM  NY  NC
  CMMI 1.3 (DEV, SVC, ACQ)         FI  LI  PI  NI  NY
  SW-CMM                           yes  partly  no  na
  SPICE, ISO/IEC 15504 and 33061   F  L  P  N  (or L+ L- P+ P-)
  clear, or "", takes the rating away

na and condition_not_met want --reason; LM, PM and DM want their weakness in --note.
What else is missing is said, and the rating is taken; na without a reason is not.
"""
EXAMPLES = """\
  gapbench rate acme.gapbench "8.4.1 c" partial --note "Two of five suppliers"
  gapbench rate acme.gapbench 8.3 na --reason "No design; the client designs"
  gapbench rate acme.gapbench "CM 2.1" LM --unit Falcon --note "Tags missing"
  gapbench rate acme.gapbench "9.2.2 a" not_conforming --finding major
  gapbench rate acme.gapbench "iso9001-2015:8.4.1 c" clear"""

_WANTED = {"note": ("the weakness", "--note"), "reason": ("the reason, which condition is absent", "--reason")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument(
        "item",
        metavar="ITEM",
        help='number of a point, practice, clause or area ("8.4.1 c", "CM 2.1", 8.4, CM); with '
        "CATALOG: before it where two frameworks share a number",
    )
    parser.add_argument("rating", metavar="RATING", help="a rating of its scale, or clear")
    parser.add_argument("--unit", metavar="NAME", help="project, function or site that was asked")
    parser.add_argument("--note", metavar="TEXT", help="what was seen, or the weakness")
    parser.add_argument("--reason", metavar="TEXT", help="why it is not applicable, or what triggers it is absent")
    parser.add_argument(
        "--finding",
        metavar="CLASS",
        help="record a finding on the point: major, minor, ofi, observation or strength",
    )


def run(options: argparse.Namespace) -> int:
    """Take one step."""
    from gapbench.work import words

    cls = None if options.finding is None else words.finding_class(options.finding)
    with opening.to_write(options) as engagement:
        words.refuse_followed(engagement, options.item)
        scopes = [engagement.scope(framework.catalog) for framework in engagement.frameworks()]
        subject = words.subject(scopes, options.item, engagement.twins_of)
        value = words.rating(subject.scope, options.rating)
        if subject.is_group:
            words.refuse_finding_on_group(subject, cls)
            _rate_group(engagement, subject, value, options)
        else:
            _rate_item(engagement, subject, value, cls, options)
    return 0


def _rate_item(
    engagement: Engagement,
    subject: Subject,
    value: str,
    cls: FindingClass | None,
    options: argparse.Namespace,
) -> None:
    from gapbench.work import words

    cells, catalog = words.cells(subject, options.unit), subject.scope.catalog.id
    if cls is None:
        change = engagement.rate(catalog, cells, value, note=options.note, reason=options.reason)
    else:
        change = _rate_with_finding(engagement, subject, cells, value, cls, options)
    done = change.title if change else f"{subject.id} is so already; nothing was changed"
    terminal.say(f"{done}.")
    _remind(engagement, subject, cells, value)


def _rate_with_finding(
    engagement: Engagement,
    subject: Subject,
    cells: list[tuple[str, str]],
    value: str,
    cls: FindingClass,
    options: argparse.Namespace,
) -> Change:
    """Rating and finding as one step; whatever refuses it does so before anything is begun."""
    from gapbench.engagement.values import AnswerRow
    from gapbench.engagement.wording import class_words, rated
    from gapbench.rating.models import model_of
    from gapbench.work import words

    scope, catalog = subject.scope, subject.scope.catalog.id
    rows = [AnswerRow(catalog, *cell, value, options.note, options.reason) for cell in cells]
    if engagement.refused(rows):
        return engagement.rate(catalog, cells, value, note=options.note, reason=options.reason)
    why = words.refuse_finding(engagement.case(catalog), subject, dict.fromkeys(cells, value), cls)
    if why:
        raise RefusedError(why)
    title = rated(scope, model_of(scope).scale(scope.catalog), cells, value)
    with engagement.together(f"{title}, finding {class_words(cls)}") as step:
        engagement.rate(catalog, cells, value, note=options.note, reason=options.reason)
        known = engagement.findings()
        engagement.record_finding(words.finding(known, subject, cls, options.note, engagement.twins_of))
    return step.change


def _rate_group(engagement: Engagement, heading: Subject, value: str, options: argparse.Namespace) -> None:
    from gapbench.rating.wording import plural
    from gapbench.work import words

    catalog, subject = heading.scope.catalog.id, words.for_value(heading, value)
    cells = words.cells(subject, options.unit)
    wanted = words.to_rate(cells, engagement.answers(catalog), clear=not value)
    routes = len(heading.items) - len(subject.items)
    aside = f"; left out: {plural(routes, 'alternative route')}" if routes else ""
    if not wanted:
        state = "unrated" if value else "rated"
        terminal.say(f"Nothing in {subject.id} is {state}; nothing was changed{aside}.")
        return
    change = engagement.rate(catalog, wanted, value, note=options.note, reason=options.reason)
    state = "already rated" if value else "not rated"
    left = f"; {len(cells) - len(wanted)} of {len(cells)} in {subject.id} were {state}"
    terminal.say(f"{change.title}{left if len(wanted) < len(cells) else ''}{aside}.")
    _remind(engagement, subject, wanted, value)


def _remind(engagement: Engagement, subject: Subject, cells: list[tuple[str, str]], value: str) -> None:
    """Say what speaks against the rating, and what is still to be written for it."""
    from gapbench.rating.models import model_of
    from gapbench.rating.wording import plural

    scope = subject.scope
    model, case = model_of(scope), engagement.case(scope.catalog.id)
    rated = [scope.catalog.item[item] for item in dict.fromkeys(item for item, _ in cells)]
    for caution in model.cautions(scope, rated, value):
        terminal.note(caution)
    need = next((each.needs for each in model.scale(scope.catalog) if each.code == value), "")
    if not need:
        return
    due = {item.id: model.item_result(case, item).due for item in rated}
    lacking = sum(unit in due[item] for item, unit in cells)
    what, option = _WANTED[need]
    if lacking and subject.is_group:
        noun = "practice" if scope.catalog.levels else "point"
        where = f"{plural(lacking, noun)} of {subject.id}"
        terminal.note(f"Still to be written for {where}: {what}; undo and rate again with {option}, or one by one.")
    elif lacking:
        terminal.note(f"Still to be written for {subject.id}: {what} ({option}).")
