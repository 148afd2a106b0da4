"""What the plan can be asked: what if, what gives most, in which order, which audits, which agenda."""

from __future__ import annotations

from gapbench.cli import plan_words, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.planning.programme import Audit, AuditedUnit
    from gapbench.planning.values import Reference
    from gapbench.work.planning import Plan

_REFS = 12
_QUESTIONS = 60


def arguments(verbs: Any) -> None:
    """Describe what can be asked."""
    what_if = verbs.add_parser("what-if", help="the readiness if some packages were done")
    what_if.add_argument("packages", metavar="PACKAGES", help="as in WP04,WP12")
    best = verbs.add_parser("best", help="which packages give most for so many person-days")
    best.add_argument("days", metavar="DAYS", help="person-days that there are")
    verbs.add_parser("compare", help="both together, ISO first or CMMI first")
    verbs.add_parser("actions", help="every action with its id")
    verbs.add_parser("audits", help="one audit programme for every framework")
    verbs.add_parser("review", help="one agenda of the management review")


def answer(plan: Plan, options: argparse.Namespace) -> None:
    """Answer one question."""
    if options.verb == "what-if":
        _what_if(plan, plan_words.packages(plan, options.packages), json=options.json)
    elif options.verb == "best":
        _best(plan, plan_words.number(options.days, "A number of days"), json=options.json)
    elif options.verb == "compare":
        _compare(plan, json=options.json)
    elif options.verb == "actions":
        _actions(plan, json=options.json)
    elif options.verb == "audits":
        _audits(plan, json=options.json)
    else:
        _review(plan, json=options.json)


# --- what if, what gives most, in which order -------------------------------------------------------


def _what_if(plan: Plan, names: tuple[str, ...], *, json: bool) -> None:
    from gapbench.cli import plan_text
    from gapbench.rating.wording import listed

    after = plan.what_if(names)
    if json:
        from gapbench.work.plan_report import moment_json

        found = {"done": list(names), "now": moment_json(plan, plan.now), "then": moment_json(plan, after)}
        terminal.emit_json({"format": "gapbench-what-if/1", **found})
        return
    days = sum(plan.package[name].days for name in names)
    terminal.paragraph(f"If {listed(names, last='and') or 'nothing'} were done ({days:.1f} person-days):")
    rows = [
        (plan.names[name], plan_text.said(plan, plan.now[name]), plan_text.said(plan, it), f"{it.open} open")
        for name, it in after.items()
    ]
    terminal.table(rows, heads=("framework", "now", "then", "left"))
    missing = [need for name in names for need in plan.package[name].needs if need not in names]
    if missing:
        before = listed(dict.fromkeys(missing), last="and")
        terminal.paragraph(f"Before them come {before}, which this leaves as they are.")


def _best(plan: Plan, days: float, *, json: bool) -> None:
    from gapbench.rating.wording import listed, plural

    choice = plan.best(days)
    goals = [f"{plan.names.get(it.catalog, it.catalog)}: {it.title}" for it in choice.goals]
    if json:
        found = {"budget": days, "packages": list(choice.packages), "days": round(choice.days, 1)}
        terminal.emit_json({"format": "gapbench-best/1", **found, "points": round(choice.points, 1), "reached": goals})
        return
    if not choice.packages:
        terminal.paragraph(f"No package with all that it needs fits into {days:g} person-days.")
        return
    count = plural(len(choice.packages), "package")
    terminal.paragraph(f"{count} for {choice.days:.1f} of {days:g} person-days give most:")
    rows = [
        (name, f"{plan.package[name].days:.1f}", str(len(plan.package[name].open)), plan.package[name].package.name)
        for name in choice.packages
    ]
    terminal.table(rows, heads=("id", "days", "closes", "package"), right="days closes")
    terminal.paragraph(
        f"Reached with them: {listed(goals)}." if goals else "No level or verdict is reached with them alone."
    )


def _compare(plan: Plan, *, json: bool) -> None:
    found = plan.paths()
    if json:
        from gapbench.work.plan_report import gate_json

        terminal.emit_json(
            {
                "format": "gapbench-paths/1",
                "paths": [
                    {
                        "order": it.order,
                        "finish": it.finish.isoformat(),
                        "gates": [gate_json(gate) for gate in it.gates],
                    }
                    for it in found
                ],
            }
        )
        return
    names = {"together": "both together", "iso": "ISO first", "cmmi": "CMMI first"}
    last = {it.order: {gate.track: gate.finish.isoformat() for gate in it.gates} for it in found}
    rows = [
        (names[it.order], it.finish.isoformat(), last[it.order].get("iso", "-"), last[it.order].get("cmmi", "-"))
        for it in found
    ]
    terminal.table(rows, heads=("order", "work done", "certificate", "rating"))
    if len(found) == 1:
        terminal.say("One programme alone has one order.")


# --- actions ------------------------------------------------------------------------------------------


def _actions(plan: Plan, *, json: bool) -> None:
    if json:
        from gapbench.work.plan_report import action_json

        actions = [{"package": it.package, **action_json(plan, it)} for it in plan.actions]
        terminal.emit_json({"format": "gapbench-actions/1", "actions": actions})
        return
    recorded = {it.id for it in plan.recorded}
    rows = [
        (
            it.id[:8],
            it.package or "-",
            it.status if it.id in recorded else "proposed",
            str(plan.dates[it.id][1] if it.id in plan.dates else it.due or ""),
            f"{it.what}{f' ({it.owner})' if it.owner else ''}",
        )
        for it in plan.actions
    ]
    terminal.table(rows, heads=("id", "package", "status", "due", "action"))


# --- audits and review ----------------------------------------------------------------------------------


def _audits(plan: Plan, *, json: bool) -> None:
    programme = plan.programme
    units = {unit.id: unit for unit in programme.units}
    if json:
        terminal.emit_json(
            {
                "format": "gapbench-audits/1",
                "begin": programme.begin.isoformat(),
                "days": list(programme.days),
                "projects": programme.projects,
                "rules": list(programme.rules),
                "units": [_unit_json(unit) for unit in programme.units],
                "audits": [
                    {
                        "unit": it.unit,
                        "quarter": it.quarter,
                        "begin": it.begin.isoformat(),
                        "end": it.end.isoformat(),
                        "visits": it.visits,
                        "sample": list(it.sample),
                    }
                    for it in programme.audits
                ],
            }
        )
        return
    low, high = programme.days
    terminal.paragraph(
        f"One audit programme, twelve months from {programme.begin}; {low} to {high} auditor-days (estimate)."
    )
    terminal.paragraph(programme.projects)
    for quarter in range(1, 5):
        audits = programme.of_quarter(quarter)
        if audits:
            terminal.say("", f"Quarter {quarter}: {audits[0].begin} to {audits[0].end}")
            rows = [(it.unit, str(len(units[it.unit].refs)), _audited(it, units[it.unit])) for it in audits]
            terminal.table(rows, heads=("unit", "refs", "what"), right="refs")
    terminal.say("", "Checklists (one question, a result in each framework)")
    for unit in programme.units:
        terminal.say("")
        terminal.paragraph(f"{unit.id} {unit.text.name}; not by: {', '.join(unit.not_by) or '-'}", "", "  ")
        for question in unit.questions[:_QUESTIONS]:
            terminal.paragraph(f"{question.ask} [{_refs(question.refs)}]", "  - ", "    ")
    terminal.say("", "Rules")
    for rule in programme.rules:
        terminal.paragraph(rule, "  - ", "    ")


def _audited(audit: Audit, unit: AuditedUnit) -> str:
    sample = f"; {', '.join(audit.sample)}" if audit.sample else ""
    twice = f"; twice as often: {unit.doubled}" if unit.doubled else ""
    visits = f"; {audit.visits} visits" if audit.visits > 1 else ""
    return f"{unit.text.name}{sample}{visits}{twice}"


def _unit_json(unit: AuditedUnit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.text.name,
        "layer": unit.text.layer,
        "method": unit.text.method,
        "auditor": unit.text.auditor,
        "not_by": list(unit.not_by),
        "times": unit.times,
        "doubled": unit.doubled or None,
        "refs": [f"{catalog}:{ref}" for catalog, ref in unit.refs],
        "questions": [
            {"ask": it.ask, "refs": [f"{catalog}:{ref}" for catalog, ref in it.refs], "evidence": it.evidence}
            for it in unit.questions
        ],
    }


def _review(plan: Plan, *, json: bool) -> None:
    agenda = plan.agenda
    if json:
        items = [
            {
                "id": it.id,
                "topic": it.topic,
                "refs": [f"{catalog}:{ref}" for catalog, ref in it.refs],
                "pack": it.pack,
                "decision": it.decision,
                "figures": list(it.figures),
                "due": it.due.isoformat(),
                "brings": list(it.brings),
            }
            for it in agenda.items
        ]
        terminal.emit_json({"format": "gapbench-review/1", "day": agenda.day.isoformat(), "items": items})
        return
    terminal.paragraph(f"One management review for every framework, {agenda.day}. {agenda.rhythm}")
    terminal.paragraph(f"Present: {agenda.present}")
    for it in agenda.items:
        terminal.say("")
        terminal.paragraph(f"{it.id} {it.topic} [{_refs(it.refs)}]", "", "     ")
        for figure in it.figures:
            terminal.paragraph(figure, "     ")
        terminal.paragraph(f"Pack: {it.pack}; due {it.due}, by {', '.join(it.brings) or '-'}", "     ", "       ")
        terminal.paragraph(f"Decide: {it.decision}", "     ", "       ")


def _refs(refs: tuple[Reference, ...]) -> str:
    from gapbench.rating.wording import listed

    return listed([ref for _, ref in refs], limit=_REFS) or "-"
