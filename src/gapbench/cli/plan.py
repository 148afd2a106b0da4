"""One plan for every framework: what to do, in what order, when the client is ready; and what was decided on it."""

from __future__ import annotations

from gapbench.cli import opening, plan_questions, plan_words, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Change
    from gapbench.planning.values import Action, Decision, Settings, Track
    from gapbench.work.planning import Plan

ABOUT = """\
One plan for every framework of the engagement: work packages in the order of
work with why they rank so, what they take and when they run, the milestones of
certification and appraisal, and the readiness that the rules will give by month.

A word after FILE says something for the plan, or asks it something.
"""
EXAMPLES = """\
  gapbench plan acme.gapbench
  gapbench plan acme.gapbench --json
  gapbench plan acme.gapbench set --size M --begin 2027-01-11 --capacity 20 \\
      --cmmi-mandate mandatory --iso-mandate scored --deadline 2027-08-31
  gapbench plan acme.gapbench package WP04 --owner "Maria Lang" --pain 3x4
  gapbench plan acme.gapbench action "Write the procedure" --package WP04
  gapbench plan acme.gapbench what-if WP04,WP12
  gapbench plan acme.gapbench best 30"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    import argparse

    opening.takes_file(parser)
    _for_all(parser, None)
    verbs = parser.add_subparsers(dest="verb", metavar="[VERB]", required=False)
    _set(verbs.add_parser("set", help="say size, begin, capacity, mandates and deadlines of the programme"))
    _package(verbs.add_parser("package", help="decide on one work package"))
    _action(verbs.add_parser("action", help="record, change or remove an action"))
    plan_questions.arguments(verbs)
    for verb in verbs.choices.values():
        _for_all(verb, argparse.SUPPRESS)


def _for_all(parser: Any, default: Any) -> None:
    parser.add_argument("--today", metavar="DATE", default=default, help="count from this day instead of today")
    parser.add_argument(
        "--unrated-as-met",
        action="store_true",
        default=False if default is None else default,
        help="forecast as if all that nobody has rated were met",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default is None else default,
        help="for programs: gapbench-plan/1",
    )


def _set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=("S", "M", "L"), help="up to 25, 150 or 500 people")
    parser.add_argument("--begin", metavar="DATE", help="first day of work; none: today")
    parser.add_argument("--capacity", metavar="DAYS", help="person-days a month")
    parser.add_argument("--month", metavar="YYYY-MM=DAYS", action="append", default=[], help="a month that differs")
    parser.add_argument("--deadline", metavar="DATE", help="day by which all must stand; none: there is none")
    parser.add_argument("--iso-deadline", metavar="DATE", help="day by which the certificate must be there")
    parser.add_argument("--cmmi-deadline", metavar="DATE", help="day by which the rating must be there")
    mandates = plan_words.MANDATES
    parser.add_argument("--iso-mandate", choices=mandates, help="how much a contract asks for the certificate")
    parser.add_argument("--cmmi-mandate", choices=mandates, help="how much a contract asks for the level")
    parser.add_argument(
        "--holiday", metavar="FROM[..TO]", action="append", default=[], help="days without work; none takes all away"
    )
    _dry_run(parser)


def _package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", metavar="PACKAGE", help="as in WP04")
    _common(parser)
    parser.add_argument("--effort", metavar="LOW-HIGH", help="person-days of this client, as in 4-8")
    parser.add_argument("--pain", metavar="3x4", help="how likely and how bad, each 1 to 5")
    parser.add_argument("--priority", metavar="P", help="your own, with --reason")
    parser.add_argument("--reason", metavar="TEXT", help="why that priority")
    _dry_run(parser)


def _action(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", metavar="TEXT|ID", help="what is to be done; or a recorded or proposed one by its id, as in WP04/2"
    )
    parser.add_argument("--what", metavar="TEXT", help="other words for one that is there")
    parser.add_argument(
        "--package", metavar="PACKAGE", help="where it belongs; left out, it follows from what it closes"
    )
    parser.add_argument("--closes", metavar="ITEM", action="append", help="a clause or practice; none takes all away")
    parser.add_argument("--finding", metavar="F-01", help="the finding that it answers")
    _common(parser)
    parser.add_argument("--effort", metavar="DAYS", help="person-days")
    parser.add_argument("--needs", metavar="ID", action="append", help="an action that comes before it")
    parser.add_argument("--drop", action="store_true", help="remove it")
    _dry_run(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--owner", metavar="NAME", help="who does it")
    parser.add_argument("--status", choices=("planned", "started", "done", "verified"), help="how far it is")
    parser.add_argument("--start", metavar="DATE", help="not before this day")
    parser.add_argument("--due", metavar="DATE", help="to be done by this day")


def _dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would move")


def run(options: argparse.Namespace) -> int:
    """Show the plan, ask it something, or say something for it."""
    if options.verb in ("set", "package", "action"):
        return _write(options)
    with opening.to_read(options) as engagement:
        plan = plan_words.planner(engagement, options).look()
        if options.verb is not None:
            plan_questions.answer(plan, options)
        elif options.json:
            from gapbench.work.planning import plan_json

            terminal.emit_json(plan_json(plan))
        else:
            from gapbench.cli import plan_text

            plan_text.show(plan)
    return 0


def _write(options: argparse.Namespace) -> int:
    with opening.to_read(options) if options.dry_run else opening.to_write(options) as engagement:
        planner = plan_words.planner(engagement, options)
        before = planner.look()
        given = _given(engagement, before, options)
        after = planner.trial(**given)  # what cannot be planned is refused before it is written
        title = ""
        if not options.dry_run:
            change = _said(engagement, **given)
            planner.take(change)
            title, after = change.title if change else "", planner.look()
        _tell(before, after, title, options)
    return 0


def _tell(before: Plan, after: Plan, title: str, options: argparse.Namespace) -> None:
    if options.json:
        from gapbench.work.planning import plan_json

        terminal.emit_json(plan_json(after))
        return
    from gapbench.cli import plan_text

    if options.dry_run:
        terminal.say("Nothing is written; what would move:")
    else:
        terminal.say(f"{title}." if title else "It is so already; nothing was changed.")
    plan_text.moved(before, after)


def _given(engagement: Engagement, plan: Plan, options: argparse.Namespace) -> dict[str, Any]:
    if options.verb == "set":
        return {"settings": _settings(plan.settings, options)}
    if options.verb == "package":
        known = {it.package: it for it in engagement.decisions()}
        return {"decision": _decision(plan, known, options)}
    if options.drop:
        return {"without": plan_words.named(engagement, plan, options.action).id}
    return {"action": _recorded(engagement, plan, options)}


def _said(
    engagement: Engagement,
    *,
    settings: Settings | None = None,
    decision: Decision | None = None,
    action: Action | None = None,
    without: str = "",
) -> Change:
    if settings is not None:
        return engagement.set_plan(settings)
    if decision is not None:
        return engagement.decide_package(decision)
    if action is not None:
        return engagement.record_action(action)
    return engagement.drop_action(without)


def _settings(before: Settings, options: argparse.Namespace) -> Settings:
    from dataclasses import replace

    said = plan_words.programme(options)
    if options.month:
        said["capacities"] = plan_words.months(before.capacities, options.month)
    if options.holiday:
        said["holidays"] = plan_words.holidays(before.holidays, options.holiday)
    deadlines: dict[Track, str | None] = {"iso": options.iso_deadline, "cmmi": options.cmmi_deadline}
    if any(text is not None for text in deadlines.values()):
        said["deadlines"] = plan_words.deadlines(before.deadlines, deadlines)
    plan_words.refuse_nothing(said, options)
    return replace(before, **said)


def _decision(plan: Plan, known: dict[str, Decision], options: argparse.Namespace) -> Decision:
    from dataclasses import replace

    from gapbench.planning.values import Decision

    name = plan_words.package(plan, options.package)
    said = plan_words.common(options)
    if options.effort is not None:
        said["effort"] = plan_words.effort(options.effort)
    if options.pain is not None:
        said["pain"] = plan_words.pain(options.pain)
    if options.priority is not None:
        clears = options.priority in plan_words.NOTHING
        said["priority"] = None if clears else plan_words.number(options.priority, "A priority")
        said |= {"reason": ""} if clears else {}
    if options.reason is not None:
        said["reason"] = options.reason
    plan_words.refuse_nothing(said, options)
    return replace(known.get(name, Decision(name)), **said)


def _recorded(engagement: Engagement, plan: Plan, options: argparse.Namespace) -> Action:
    from dataclasses import replace

    from gapbench.planning.values import Action

    before = plan_words.action_called(plan, options.action)
    said = plan_words.common(options)
    if options.what is not None:
        said["what"] = options.what
    if options.package is not None:
        said["package"] = "" if options.package in plan_words.NOTHING else plan_words.package(plan, options.package)
    if options.effort is not None:
        clears = options.effort in plan_words.NOTHING
        said["effort"] = None if clears else plan_words.number(options.effort, "An effort")
    if options.closes is not None:
        said["closes"] = plan_words.references(engagement, options.closes)
    if options.finding is not None:
        said["finding"] = plan_words.finding(engagement, options.finding)
    if options.needs is not None:
        wanted = [name for name in options.needs if name not in plan_words.NOTHING]
        said["needs"] = tuple(plan_words.named(engagement, plan, name).id for name in wanted)
    if before is None:
        return replace(Action("", "", options.action, manual=True), **said)
    return replace(before, **said)
