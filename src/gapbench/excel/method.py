"""Method and legend: scales, rules and limits in plain words, with live counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import column
from gapbench.excel.book import CAVEAT, METHOD, Book, conformity_of, levels_of, said
from gapbench.excel.page import Page
from gapbench.excel.strings import quoted
from gapbench.rating import achievement, attribute_method, goal_method, practice_method
from gapbench.rating.methods import method_of

if TYPE_CHECKING:
    from gapbench.rating.method import Method as RatingMethod
    from gapbench.work.deliverable import Assessed

_LAST = 4

_CONFORMITY = (
    "Readiness of a clause is the sum of its point values (conforming 1, partial one half, not "
    "conforming 0) divided by the number of points that have one of these three values. All points "
    "weigh the same.",
    "Coverage is the share of points in any state but unrated. A readiness without its coverage says "
    "nothing, so the two always stand together.",
    "The worst point gives a clause its word; the percentage stands beside it and cannot hide it.",
    "Where sites are assessed, a point is as good as its worst site, once every site is rated; a point "
    "that does not conform at one site is settled at once.",
    "Weak points that no recorded nonconformity covers carry one proposed finding per clause. It is "
    "major when nothing that applies in a gate clause is in place, or when the number of "
    "not-conforming points in the clause reaches the threshold; otherwise minor. A recorded finding "
    "always goes before a proposed one.",
    "The verdict is the first line that holds: a gate clause is wholly missing, so not ready; not "
    "everything is rated, so no verdict yet; a major is open, so not recommended; a minor is open, so "
    "likely with an accepted plan; otherwise likely. A finding is open until its correction is verified.",
    "Points taken out of the count on weak grounds are listed as cautions. They stand beside the verdict, "
    "whatever it is, and do not change it.",
)
_PRACTICES = (
    "Each project or support function in the sample gets a value for each practice it is asked. LM, PM "
    "and DM need the weakness in writing; NC means that too little was seen to say.",
    "From these values the table below gives the value of the organisation. Where it leaves a choice, "
    "a recorded judgement decides; until there is one, the lower value counts.",
    "A practice group is satisfied when all its practices are FM; or all FM or LM, with all lower "
    "groups satisfied and no significant harm from the weaknesses together. It is unsatisfied when a "
    "practice is PM, DM or NY. Otherwise it is not rated.",
    "A practice area has the highest level up to which all its groups are satisfied. A maturity level "
    "needs every area that the view asks at that level, those that sustain habit included. There is "
    "no average and no percentage in it.",
)
_GOALS = (
    "Each project or support function in the sample gets a value for each practice it is asked. LI, PI and NI need "
    "the weakness in writing. From these values the table below gives the value of the organisation; where it leaves "
    "a choice, a recorded judgement decides, and until there is one the lower value counts.",
    "A goal is satisfied when all its practices are FI or LI and nobody has judged their weaknesses to harm it "
    "significantly. It is not rated while a practice is open or not yet due. Specific goals make capability level 1, "
    "generic goal 2 and generic goal 3 levels 2 and 3; an area has the highest level up to which all are satisfied.",
    "In the staged view maturity level 2 needs its areas at capability level 2, each level above needs its areas and "
    "those below at capability level 3. In the continuous view each area is compared with the level aimed at. No "
    "average is taken in either.",
)
_ANSWERS = (
    "Goals are answered for the whole organisation: yes, partly, no, or not applicable with a reason. Partly does not "
    "satisfy a goal; there is no half.",
    "A key process area is satisfied when all its goals that apply are answered yes. A maturity level needs every key "
    "process area of that level and of all levels below. Everybody is at level 1.",
    "Signs (commitment, ability, activities, measurement, verification) are asked beside the goals and are not "
    "scored. Where a sign says no while the goals say yes, the area is listed among what an assessor will question.",
)
_PROCESSES = (
    "Each instance (a project, or the organisation) gets a rating for each process attribute: N up to 15 %, P up to "
    "50 %, L up to 85 %, F above. L+, L-, P+ and P- are finer steps and count as L and P. Less than F needs its "
    "weakness in writing.",
    "Over several instances an attribute has the mean of their ratings with N 0, P 1, L 2, F 3, rounded to the "
    "nearest; from the midpoint it is rounded up. It is not rated while an instance is missing.",
    "A process is at a level when the attributes of that level are at L or F and all attributes of the levels below "
    "are at F. Each process keeps its own level: the result is a profile and never an average.",
)
_EDITIONS = (
    "Two editions of one framework are linked item by item. The same, reworded and moved items keep their meaning: an "
    "answer to them serves both. Changed items are asked again, with the former answer beside; new ones are open.",
    "An answer that came along is marked with the item that it came from until somebody confirms it. It counts like "
    "any other.",
    "Disputed means that sources disagree about a change; what stands here is our reading. Rows marked for "
    "proof-reading rest on published accounts: compare them with your own licensed copy before you rely on them.",
)
_OUT = (
    "Not applicable, condition not met, not yet rated and not in the sample are four different "
    "things, and none of them is a zero. The first two need a written reason and leave the "
    "denominator; the other two lower the coverage.",
    "Example: of ten points five conform, two are partial, one does not, one is not applicable and one is "
    "not rated. Readiness is (5 + 2 x 0.5) / 8 = 75.0 %; coverage is 9 / 10 = 90.0 %. Counting the not "
    "applicable point as conforming would give 77.8 %, as not conforming 66.7 %: so it counts as neither.",
)
_LIMITS = (
    "This is a gap analysis from interviews, documents and samples in a few days. What was not seen "
    "may still be missing, and what was seen may not hold everywhere. It is neither a certification "
    "audit nor an appraisal.",
    "Questions and explanations are in our own words. Read them beside your own licensed copy of the "
    "standard or model; where they differ, the standard or model is right.",
    "Sheets are protected without a password, so that a key is not lost by accident; unprotect a sheet "
    "to sort it or to change what is locked.",
)


def write(book: Book) -> None:
    """Write the sheet."""
    page = Page(book, METHOD, (22, 22, 88, 17, 17))
    page.heading("Method and legend", _LAST)
    for assessed in book.deliverable.assessed:
        _scale(page, assessed)
    if conformity_of(book.deliverable):
        _words(page, "How readiness for certification is found", _CONFORMITY)
    for title, texts, method in _kinds(book):
        _words(page, title, texts)
        _from_units(page, method)
    if book.deliverable.bridges or any(row.change for row in book.deliverable.rows):
        _words(page, "Editions", _EDITIONS)
    _words(page, "Not applicable, not rated", _OUT)
    _words(page, "Limits", (CAVEAT, *_LIMITS))
    _sample(page)
    _owners(page)
    page.finish(page.row, _LAST)


def _kinds(book: Book) -> list[tuple[str, tuple[str, ...], RatingMethod]]:
    """Heading, text and rules of each way in which levels are found here."""
    every = {
        id(practice_method.METHOD): ("How levels are found", _PRACTICES, practice_method.METHOD),
        id(goal_method.PRACTICES): ("How goals make levels", _GOALS, goal_method.PRACTICES),
        id(goal_method.GOALS): ("How answered goals make levels", _ANSWERS, goal_method.GOALS),
        id(attribute_method.METHOD): ("How process attributes make levels", _PROCESSES, attribute_method.METHOD),
    }
    there = {id(method_of(one.scope.catalog)) for one, _ in levels_of(book.deliverable)}
    return [kind for name, kind in every.items() if name in there]


def _words(page: Page, title: str, texts: tuple[str, ...]) -> None:
    page.section(title, _LAST)
    for text in texts:
        page.row = page.span(page.row, 0, _LAST, text, "plain")


def _scale(page: Page, assessed: Assessed) -> None:
    """Every rating in words, with the number of rows that have it now."""
    page.section(f"{assessed.name}: the ratings and how often they stand in this workbook", _LAST)
    page.head_row(page.row, ("Rating", "In words", "Meaning", "Wants in writing", "Rows"), 0, (4,))
    page.row += 1
    catalog = assessed.framework.catalog
    mine = [row for row in page.book.deliverable.rows if row.catalog == catalog]
    which = f'{column("Catalog")},{quoted(catalog)},{column("Asked")},"?*"'
    wants = {"note": "the weakness", "reason": "the reason", "": ""}
    for value in assessed.scale:
        row = page.row
        word = said(value)
        texts = (word, value.word, value.meaning, wants[value.needs])
        for col, text in enumerate(texts):
            page.text(row, col, text, "cell", bold=col == 0)
        page.fit(row, [(2, 2, value.meaning)])
        number = sum(1 for one in mine if one.value == value.code)
        formula = f"=COUNTIFS({which},{column('Rating')},{quoted(word)})"
        page.formula(row, 4, formula, number, page.style("number"))
        page.row += 1
    open_ones = sum(1 for one in mine if not one.value)
    for col, text in enumerate(("(empty)", "not rated", "Nobody has said anything yet; not a zero.", "")):
        page.text(page.row, col, text, "cell", bold=col == 0)
    formula = f'=COUNTIFS({which},{column("Rating")},"")'
    page.formula(page.row, 4, formula, open_ones, page.style("number"))
    page.row += 1


def _from_units(page: Page, method: RatingMethod) -> None:
    """The table from units to the organisation."""
    page.row += 1
    page.head_row(page.row, ("First that holds", "", "", "Organisation", ""))
    page.row += 1
    words = {value.code: said(value) for value in method.table.scale} | {"": "not rated"}
    for number, rule in enumerate(method.table.rules, 1):
        page.text(page.row, 0, str(number), "cell")
        page.span(page.row, 1, 2, rule.words, "cell")
        made = "the rounded mean" if rule.made is achievement.mean else "the value they share"
        page.span(page.row, 3, _LAST, " or ".join(words[code] for code in rule.allowed) or made, "cell")
        page.row += 1


def _sample(page: Page) -> None:
    profile = page.book.deliverable.profile
    page.section("Sample", _LAST)
    units = page.book.deliverable.units
    names = ", ".join(f"{unit.name} ({unit.kind})" for unit in units)
    asked = names or "The organisation was assessed as a whole; no projects or sites were sampled."
    lines = (
        ("Seen", asked),
        ("How it was drawn", profile.sampling),
        ("In scope", profile.in_scope),
        ("Out of scope", profile.out_of_scope),
    )
    for label, text in lines:
        page.text(page.row, 0, label, "label")
        page.row = page.span(page.row, 1, _LAST, text or "not stated", "plain")


def _owners(page: Page) -> None:
    page.section("Whose the frameworks are", _LAST)
    for assessed in page.book.deliverable.assessed:
        catalog = assessed.scope.catalog
        notice = catalog.notice or "The framework belongs to its publisher; the words here are our own."
        page.text(page.row, 0, assessed.name, "label")
        page.row = page.span(page.row, 1, _LAST, notice, "plain")
