"""The sheets and columns of the workbook in which people write a framework of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gapbench.catalog.lookup import spoken

FRAMEWORK, GROUPS, ITEMS, VIEWS, TESTS = "Framework", "Groups", "Items", "Views", "Tests"
README = "Read me"

EVERY_AREA = "*"
"""As the group of an item: it is asked in every area."""

Sort = Literal["number", "text", "list", "flag", "level", "word", "pairs"]
"""How a cell is read: an id, a line, a list with ";", yes or empty, a whole number, a known word, "a = b; c = d"."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or on the sheet Framework one row.

    Attributes:
        key: As the YAML file says it.
        label: What stands above it.
        help: One line for the sheet Read me.
        words: What the drop-down offers.
        models: Rating models whose form shows it; none means every one.
        width: In characters.
    """

    key: str
    label: str
    help: str
    sort: Sort = "text"
    words: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    width: int = 16


_ISO, _PRACTICES = ("conformity",), ("practice_groups",)
_AREAS = ("goals", "process_attributes")
_LEVELS = ("practice_groups", *_AREAS)
_CONFIDENCE = ("high", "medium", "low")
_CHANGES = ("same", "wording", "moved", "changed", "new")

_SURE = (
    Column("verify", "Verify", "due: to be proof-read against a licensed copy", "word", ("due",)),
    Column("confidence", "Confidence", "how sure you are; left out, as above", "word", _CONFIDENCE),
    Column("provenance", "Rests on", "what the row rests on; left out, as above", width=24),
)
_WHO = (
    Column("ask", "Who can answer", "people, with ; between them", "list", width=22),
    Column("evidence", "Evidence", "typical evidence, with ; between", "list", width=28),
    Column("principles", "Principles", "keys of the principles served, with ; between", "list", models=_ISO),
)
_NA = Column("na", "N/A", "how readily not applicable is accepted", "word", ("no", "rare", "partly", "typical"))
_CHANGE = Column("change", "Change", "since the edition before", "word", _CHANGES)

HEAD = (
    Column("id", "Id", "short name with the edition in it: small letters, digits, dots, hyphens", "number"),
    Column("title", "Title", "name without the edition"),
    Column("edition", "Edition", "begins with the year or the version", "number"),
    Column("family", "Family", "editions of one family can be compared"),
    Column("model", "Model", "how it is rated", "word", ("conformity", *_LEVELS)),
    Column("revision", "Revision", "your own count of changes", "level"),
    Column("levels", "Levels", "highest level", "level", models=_LEVELS),
    Column("combine", "Combine views", "several views may be chosen together", "flag", models=_LEVELS),
    Column("scale", "Scale", "answers: yes, partly, no, na", "word", ("answers",), models=("goals",)),
    Column("units", "Units", "organisation: rated once for all", "word", ("organisation",), models=_LEVELS),
    Column("base", "Edition before", "id of its catalog", "number"),
    Column("extends", "Contains", "id of a catalog that this one contains whole", "number"),
    Column("verify", "Verify", "due: every row is to be proof-read against a licensed copy", "word", ("due",)),
    Column("confidence", "Confidence", "how sure you are", "word", _CONFIDENCE),
    Column("provenance", "Rests on", "what the rows rest on"),
    Column("notice", "Notice", "whose the framework is, and whose words these are"),
)
PRINCIPLE = Column("principles", "Principle", "key = title; one row for each", "pairs", models=_ISO)

_GROUP = (
    Column("id", "Number", "number of the clause or short name of the area; text, so that 8.10 stays 8.10", "number"),
    Column("parent", "Stands below", "number of the clause or area around it", "number"),
    Column("title", "Title", "its title", width=36),
    Column("working_title", "Our title", "yes where the framework gives it none", "flag"),
    Column("area", "Area", "yes: a process area or process, which has a level", "flag", models=_AREAS),
    Column("every_area", "In every area", "yes: a goal that every area has", "flag", models=("goals",)),
    Column("level", "Level", "of a goal: 1, or that of a goal of every area", "level", models=_AREAS, width=8),
    Column("gate", "Gate", "always: without it nobody passes", "word", ("always", "depends", "rarely"), models=_ISO),
    _NA,
    *_WHO,
    Column("supports_principles", "Supports", "principles served in a supporting way", "list", models=_ISO),
    Column("category", "Category", "for sorting", models=_LEVELS),
    Column("capability_area", "Capability area", "for sorting", models=_PRACTICES),
    Column("always", "Always", "yes: never out of scope", "flag", models=_LEVELS),
    Column("optional", "Optional", "yes: may be declared not applicable", "flag", models=_LEVELS),
    Column("support", "Support", "yes: usually a support function's work", "flag", models=_LEVELS),
    Column("note", "Note", "a remark for the consultant", width=24),
    _CHANGE,
    *_SURE,
)
_ITEM = (
    Column("id", "Number", "as people say it; text, so that 8.10 stays 8.10", "number"),
    Column("group", "Group", f"number of its group; {EVERY_AREA} for every area", "number"),
    Column("level", "Level", "level of the practice or attribute", "level", models=_LEVELS, width=8),
    Column("title", "Title", "what must be there, one line", width=36),
    Column("text", "Question", "to say aloud; no two alike", width=48),
    Column("look_for", "Look for", "what the eye should look for, one line", width=48),
    Column("kind", "Kind", "do is the rule", "word", ("do", "consider", "option", "gate", "indicator")),
    Column(
        "documented",
        "Documented",
        "the duty to have it in writing",
        "word",
        ("none", "maintain", "retain", "maintain+retain", "available"),
        _ISO,
    ),
    Column("conditional", "Conditional", "yes: it has its own trigger, which may be absent", "flag", models=_ISO),
    _NA,
    *_WHO,
    Column("base", "Grew from", "numbers in the edition before, with ; between", "list"),
    _CHANGE,
    Column("change_note", "What changed", "one line", width=24),
    Column("disputed", "Disputed", "yes: sources disagree whether it changed", "flag"),
    *_SURE,
)
_VIEW = (
    Column("id", "Name", "short name", "number"),
    Column("title", "Title", "what it selects", width=36),
    Column("scheme", "Scheme", "one level for all, or one for each area", "word", ("staged", "continuous"), _AREAS),
    Column("levels", "Levels", "highest target of this view", "level", models=_LEVELS),
    *(
        Column(f"from_level_{level}", f"From level {level}", "areas asked from there on, with ; between", "list")
        for level in range(1, 6)
    ),
    Column("confidence", "Confidence", "how sure you are", "word", _CONFIDENCE),
    Column("note", "Note", "a remark for the consultant", width=24),
)
_TEST = (
    Column("name", "Name", "what is tried", width=36),
    Column("view", "View", "left out, the first", "number", models=_LEVELS),
    Column("target", "Target", "level aimed at; left out, the highest", "level", models=_LEVELS),
    Column("answers", "Answers", "item, group or * = rating, with ; between; later ones win", "pairs", width=40),
    Column("verdict", "Verdict", "likely, not_recommended, not_ready, incomplete", models=_ISO),
    Column("percent", "Per cent", "share of what is met", models=_ISO),
    Column("coverage", "Coverage", "share of what is rated"),
    Column("majors", "Majors", "proposed major findings", "level", models=_ISO),
    Column("minors", "Minors", "proposed minor findings", "level", models=_ISO),
    Column("level", "Level", "level reached", "level", models=_LEVELS),
    Column("areas", "Areas", "area = level, with ; between", "pairs", models=_LEVELS, width=28),
    Column("goals", "Goals", "goal = satisfied or unsatisfied, with ; between", "pairs", models=("goals",), width=28),
)
GIVES = frozenset({"verdict", "percent", "coverage", "majors", "minors", "level", "areas", "goals"})
"""Columns of a test that say what must come out."""

TABLES: dict[str, tuple[Column, ...]] = {GROUPS: _GROUP, ITEMS: _ITEM, VIEWS: _VIEW, TESTS: _TEST}


def shown(columns: tuple[Column, ...], model: str) -> tuple[Column, ...]:
    """The columns that the form of a rating model shows."""
    return tuple(column for column in columns if not column.models or model in column.models)


def said(label: str) -> str:
    """A heading without regard to case, blanks and underscores."""
    return " ".join(spoken(label.replace("_", " ")))
