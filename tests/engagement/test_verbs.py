"""Every verb does what it says, as one step that can be taken back, or refuses in a sentence."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Change, Framework, Profile
from gapbench.errors import GapbenchError, RefusedError, UsageError
from gapbench.rating.inputs import Answer, Finding, Judgement, Unit
from tests.engagement.small import CMMI, ISO, PROFILE, points, practices, state
from tests.rating.small import DEV

if TYPE_CHECKING:
    from pathlib import Path

Verb = Callable[[Engagement], Change]


def finding(**words: object) -> Finding:
    fields: dict[str, object] = {"id": "", "number": 0, "cls": "minor", "items": ((ISO, "8.1 a"),)}
    return Finding(**(fields | words))  # type: ignore[arg-type]


def _together(engagement: Engagement) -> Change:
    with engagement.together("Two at once") as step:
        first = engagement.rate(ISO, [("8.1 b", "")], "partial")
        assert first.cells == {(ISO, "8.1 b", "")}
        assert not first, "a part of a step has no id of its own"
        engagement.put_unit(Unit("crane", "Crane", "project"))
    return step.change


VERBS: dict[str, tuple[Verb, str]] = {
    "rate": (lambda e: e.rate(ISO, [("8.1 b", "")], "partial"), "Rate 8.1 b partial"),
    "rate again": (lambda e: e.rate(ISO, [("8.1 a", "")], "conforming"), "Rate 8.1 a conforming"),
    "rate a unit": (lambda e: e.rate(CMMI, [("CM 2.1", "falcon")], "FM"), "Rate CM 2.1 FM in Falcon"),
    "rate units": (
        lambda e: e.rate(CMMI, [("CM 2.1", "falcon"), ("CM 2.1", "heron")], "LM"),
        "Rate CM 2.1 LM in 2 units",
    ),
    "rate a clause": (
        lambda e: e.rate(ISO, [("8.1 a", ""), ("8.1 b", ""), ("8.1 c", "")], "conforming"),
        "Rate 3 points of 8.1 conforming",
    ),
    "rate clauses": (
        lambda e: e.rate(ISO, [("8.1 a", ""), ("8.2 b", "")], "not_conforming"),
        "Rate 2 points of 8 not conforming",
    ),
    "rate areas": (
        lambda e: e.rate(CMMI, [("CM 1.1", "heron"), ("GOV 1.1", "heron")], "FM"),
        "Rate 2 practices of Tiny CMMI 2.0 FM in Heron",
    ),
    "rate a function for what projects do": (
        lambda e: e.rate(CMMI, [("CM 1.1", "school")], "FM"),
        "Rate CM 1.1 FM in School",
    ),
    "clear": (lambda e: e.rate(ISO, [("8.1 a", "")], ""), "Clear 8.1 a"),
    "own title": (lambda e: e.rate(ISO, [("8.1 b", "")], "partial", title="Mine"), "Mine"),
    "not applicable": (lambda e: e.rate(ISO, [("8.2 a", "")], "na", reason="No design"), "Rate 8.2 a not applicable"),
    "write": (
        lambda e: e.write_answers([AnswerRow(ISO, "8.1 c", "", "conforming"), AnswerRow(ISO, "8.1 a", "", "")], "In"),
        "In",
    ),
    "note": (lambda e: e.note(ISO, "8.1 b", "", "Look again"), "Note on 8.1 b"),
    "note in a unit": (lambda e: e.note(CMMI, "CM 1.1", "heron", "Weak"), "Note on CM 1.1 in Heron"),
    "reason": (lambda e: e.reason(ISO, "8.1 b", "", "No trigger"), "Reason on 8.1 b"),
    "flag": (lambda e: e.flag(ISO, "8.1 b", "", on=True), "Flag 8.1 b"),
    "judge": (
        lambda e: e.judge(CMMI, "CM 1.2", "PM", "The new team is weak"),
        "Judge CM 1.2 PM",
    ),
    "judge impact": (lambda e: e.judge(CMMI, "CM/2", "significant", "Half is lost"), "Judge CM/2 significant"),
    "exclude": (lambda e: e.exclude(CMMI, "CM", "falcon", "No product"), "Leave out CM for Falcon"),
    "exclude an optional area": (lambda e: e.exclude(CMMI, "SAM", "", "Nothing bought"), "Leave out SAM"),
    "finding": (lambda e: e.record_finding(finding()), "Finding F-02 minor on 8.1 a"),
    "finding on many": (
        lambda e: e.record_finding(finding(items=((CMMI, "CM 1.2"), (ISO, "8.1 a"), (ISO, "8.1 a")))),
        "Finding F-02 minor on CM 1.2 and 1 more",
    ),
    "opportunity": (
        lambda e: e.record_finding(finding(cls="ofi", items=((ISO, "8.1 c"),))),
        "Finding F-02 opportunity for improvement on 8.1 c",
    ),
    "proposed finding": (
        lambda e: e.record_finding(finding(id="proposed:8.1", proposed=True)),
        "Finding F-02 minor on 8.1 a",
    ),
    "close": (lambda e: e.record_finding(replace(e.findings()[0], status="closed")), "Close finding F-01"),
    "other items": (
        lambda e: e.record_finding(replace(e.findings()[0], items=((ISO, "8.1 a"), (CMMI, "CM 1.2")))),
        "Change finding F-01",
    ),
    "drop a finding": (lambda e: e.drop_finding("first"), "Remove finding F-01"),
    "describe": (lambda e: e.describe(Profile("Beta", classification="")), "Describe the engagement"),
    "add a unit": (lambda e: e.put_unit(Unit("", "  Plant  1 ", "project")), "Add project Plant 1"),
    "rename": (lambda e: e.put_unit(Unit("heron", "Egret", "project", "Moved")), "Rename Heron to Egret"),
    "drop a unit": (lambda e: e.drop_unit("falcon"), "Remove Falcon"),
    "change a framework": (
        lambda e: e.change_framework(Framework(CMMI, ("svc",), 3, evaluation=False, position=1)),
        "Change Tiny CMMI 2.0",
    ),
    "drop a framework": (lambda e: e.drop_framework(ISO), "Remove Tiny ISO:2015"),
    "together": (_together, "Two at once"),
}


@pytest.fixture
def furnished(engagement: Engagement) -> Engagement:
    """With something for every verb to change."""
    engagement.rate(ISO, [("8.1 a", "")], "partial", note="One project only")
    engagement.rate(CMMI, [("CM 1.2", "falcon"), ("OT 1.1", "school")], "LM", note="Late")
    engagement.rate(CMMI, [("CM 1.2", "heron")], "PM")
    engagement.put_unit(Unit("ibis", "Ibis", "project"))
    engagement.rate(CMMI, [("CM 1.2", "ibis")], "FM")
    engagement.exclude(CMMI, "SAM", "falcon", "Buys nothing")
    engagement.judge(CMMI, "CM/1", "significant", "Releases are lost")
    engagement.record_finding(finding(id="first"))
    return engagement


@pytest.mark.parametrize("name", VERBS)
def test_verb_is_one_step_and_can_be_taken_back(furnished: Engagement, name: str) -> None:
    verb, title = VERBS[name]
    before, steps = state(furnished), len(furnished.history())
    change = verb(furnished)
    after = state(furnished)
    assert (change.title, bool(change)) == (title, True)
    assert (change.step, change.at) == furnished.head()
    assert after != before
    assert len(furnished.history()) == steps + 1
    assert furnished.undo_title() == title

    back = furnished.undo()
    assert back.title == f"Took back: {title}"
    assert (back.kinds, back.cells) == (change.kinds, change.cells)
    assert state(furnished) == before
    assert furnished.redo_title() == title
    assert furnished.redo().title == f"Did again: {title}"
    assert state(furnished) == after
    assert furnished.check() == ()


MAKES_NEW = frozenset({"finding", "opportunity", "finding on many", "proposed finding", "add a unit", "together"})
TAKES_AWAY = frozenset({"drop a finding", "drop a unit", "drop a framework"})


@pytest.mark.parametrize("name", sorted(VERBS.keys() - MAKES_NEW - TAKES_AWAY))
def test_same_again_is_no_step(furnished: Engagement, name: str) -> None:
    verb, _ = VERBS[name]
    verb(furnished)
    before, head = state(furnished), furnished.head()
    assert not verb(furnished)
    assert state(furnished) == before
    assert furnished.head() == head


NOTHING_NEW: dict[str, Callable[[Engagement], object]] = {
    "rate": lambda e: e.rate(ISO, [("8.1 a", "")], "partial"),
    "import": lambda e: e.write_answers(
        [AnswerRow(CMMI, "CM 1.2", unit, value) for unit, value in (("heron", "PM"), ("ibis", "FM"))], "In"
    ),
    "clear nothing": lambda e: e.rate(ISO, [("8.2 c", "")], ""),
    "note": lambda e: e.note(ISO, "8.1 a", "", "One project only"),
    "flag": lambda e: e.flag(ISO, "8.1 a", "", on=False),
    "exclude": lambda e: e.exclude(CMMI, "SAM", "falcon", "Buys nothing"),
    "bring back": lambda e: e.exclude(CMMI, "CM", "falcon", ""),
    "judge": lambda e: e.judge(CMMI, "CM/1", "significant", "Releases are lost"),
    "finding": lambda e: e.record_finding(e.findings()[0]),
    "describe": lambda e: e.describe(e.profile()),
    "unit": lambda e: e.put_unit(e.units()[0]),
    "framework": lambda e: e.change_framework(e.frameworks()[0]),
    "refused": lambda e: e.rate(ISO, [("8.1 c", "")], "na"),
    "redo": lambda e: e.redo(),
    "together": lambda e: _together_in(e, lambda: e.rate(ISO, [("8.1 a", "")], "partial")),
    "refused together": lambda e: _together_in(e, lambda: e.rate(ISO, [("8.1 c", "")], "na")),
    "half together": lambda e: _together_in(
        e,
        lambda: e.rate(ISO, [("8.1 b", "")], "partial"),
        lambda: e.add_framework(replace(points(), id="other")),
        lambda: e.write_answers([AnswerRow(ISO, f"8.{n} {k}", "", "partial") for n in (1, 2) for k in "abc"], "In"),
        lambda: e.rate(ISO, [("8.1 c", "")], "na"),
    ),
    "there and back together": lambda e: _together_in(
        e, lambda: e.rate(ISO, [("8.1 b", "")], "partial"), lambda: e.rate(ISO, [("8.1 b", "")], "")
    ),
    "kept inside together": lambda e: _together_in(e, lambda: _swallowed(e)),
}


def _together_in(engagement: Engagement, *verbs: Callable[[], object]) -> None:
    with engagement.together("Together"):
        for verb in verbs:
            verb()


def _swallowed(engagement: Engagement) -> None:
    with pytest.raises(RefusedError):
        engagement.rate(ISO, [("8.1 c", "")], "na")


@pytest.mark.parametrize("name", NOTHING_NEW)
def test_what_changes_nothing_leaves_every_byte(furnished: Engagement, path: Path, name: str) -> None:
    furnished.close()
    before = sha256(path.read_bytes()).hexdigest()
    with Engagement.open(path, author="E. Gray") as engagement:
        try:
            change = NOTHING_NEW[name](engagement)
        except GapbenchError:
            change = None
        assert not change
        # Not its bytes while it is open: closing it here would drop our lock.
        assert [each.name for each in path.parent.iterdir()] == [path.name]
        engagement.tidy()
    assert sha256(path.read_bytes()).hexdigest() == before
    with Engagement.open(path, author="E. Gray") as engagement:  # and nothing of it stays in the way
        with suppress(GapbenchError):
            NOTHING_NEW[name](engagement)
        assert engagement.rate(ISO, [("8.2 b", "")], "partial")
        assert engagement.check() == ()
        assert engagement.undo()
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_together_from_a_file_at_rest(furnished: Engagement, path: Path) -> None:
    """The first step of a session is rehearsed; what is written is the same, snapshots included."""

    def verbs(engagement: Engagement) -> None:
        with engagement.together("Many things") as step:
            engagement.add_framework(replace(points(), id="other"))
            engagement.rate("other", [("8.1 a", "")], "partial", note="“Half” \\ [red]\t\N{GREEK SMALL LETTER ALPHA}")
            engagement.drop_unit("falcon")
            engagement.put_unit(Unit("crane", "Crane", "project"))
            engagement.record_finding(finding(id="second", items=(("other", "8.1 a"), (ISO, "8.1 a"))))
            assert engagement.answer("other", "8.1 a", "").value == "partial", "one reads what one wrote"
        assert (step.change.step, step.change.at) == engagement.head()
        assert step.change.kinds == {"scope", "answers", "findings"}

    furnished.tidy()
    verbs(furnished)
    at_once = state(furnished)
    furnished.undo()
    furnished.close()
    with Engagement.open(path) as engagement:
        verbs(engagement)
        assert state(engagement) == at_once
        assert engagement.catalog("other").items == points().items
        assert engagement.check() == ()
    with Engagement.open(path) as engagement:
        assert state(engagement) == at_once
        assert engagement.undo().title == "Took back: Many things"
        assert engagement.check() == ()


@pytest.mark.parametrize("at_rest", [False, True])
def test_together_in_together(furnished: Engagement, path: Path, *, at_rest: bool) -> None:
    if at_rest:
        furnished.close()
        furnished = Engagement.open(path)

    def inner() -> None:
        with furnished.together("Inner"):
            furnished.rate(ISO, [("8.1 c", "")], "partial")
            furnished.rate(ISO, [("8.2 c", "")], "na")

    with furnished.together("Outer"):
        furnished.rate(ISO, [("8.1 b", "")], "partial")
        with pytest.raises(RefusedError):
            inner()
        with furnished.together("Another"):
            furnished.flag(ISO, "8.1 b", "", on=True)
    assert furnished.answer(ISO, "8.1 b", "") == Answer("partial", flag=True)
    assert furnished.answer(ISO, "8.1 c", "") == Answer()
    assert furnished.check() == ()
    assert furnished.undo_title() == "Outer"
    furnished.close()


def test_values_come_back(furnished: Engagement) -> None:
    assert furnished.profile() == PROFILE
    assert furnished.catalog(ISO) == points()
    assert furnished.catalog(CMMI) == practices()
    assert furnished.frameworks() == (
        Framework(ISO, (), 0, position=0),
        Framework(CMMI, ("DEV",), 2, position=1),
    )
    assert [unit.name for unit in furnished.units()] == ["Falcon", "Heron", "School", "Ibis"]
    assert furnished.answer(ISO, "8.1 a", "") == Answer("partial", "One project only")
    assert furnished.answer(ISO, "8.1 b", "") == Answer()
    assert furnished.answers(ISO) == {("8.1 a", ""): Answer("partial", "One project only")}
    assert furnished.exclusions(CMMI) == {("SAM", "falcon"): "Buys nothing"}
    assert furnished.judgements(CMMI) == {"CM/1": Judgement("CM/1", "significant", "Releases are lost")}
    assert furnished.findings() == (finding(id="first", number=1),)
    case = furnished.case(CMMI)
    assert case.answers == furnished.answers(CMMI)
    assert case.scope.units == furnished.units()


def test_clearing_keeps_the_note(furnished: Engagement) -> None:
    furnished.rate(ISO, [("8.1 a", "")], "")
    assert furnished.answer(ISO, "8.1 a", "") == Answer("", "One project only")
    furnished.note(ISO, "8.1 a", "", "")
    assert furnished.answers(ISO) == {}


def test_a_unit_takes_its_answers_along(furnished: Engagement) -> None:
    change = furnished.drop_unit("falcon")
    assert (CMMI, "CM 1.2", "falcon") in change.cells
    assert change.kinds == {"scope", "answers"}
    assert {unit for _, unit in furnished.answers(CMMI)} == {"heron", "school", "ibis"}
    assert furnished.exclusions(CMMI) == {}


def test_a_framework_takes_its_findings_along(furnished: Engagement) -> None:
    furnished.record_finding(finding(items=((ISO, "8.1 a"), (CMMI, "CM 1.2"))))
    furnished.drop_framework(ISO)
    assert [each.items for each in furnished.findings()] == [((CMMI, "CM 1.2"),)]
    furnished.undo()
    assert len(furnished.findings()) == 2


def test_numbers_of_dropped_findings_are_not_given_again(furnished: Engagement) -> None:
    furnished.record_finding(finding())
    furnished.drop_finding(furnished.findings()[1].id)
    furnished.record_finding(finding())
    assert [each.number for each in furnished.findings()] == [1, 3]
    furnished.undo()
    furnished.record_finding(finding())
    assert [each.number for each in furnished.findings()] == [1, 3], "taken back is as if it never was"


def test_closing_a_finding_whose_point_conforms_by_now(furnished: Engagement) -> None:
    furnished.rate(ISO, [("8.1 a", "")], "conforming")
    furnished.record_finding(replace(furnished.findings()[0], status="closed"))
    assert furnished.findings()[0].status == "closed"


def test_an_exception_takes_all_verbs_back(furnished: Engagement) -> None:
    before, head = state(furnished), furnished.head()

    def half() -> None:
        with furnished.together("Half"):
            furnished.rate(ISO, [("8.1 b", "")], "partial")
            furnished.drop_unit("falcon")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert (state(furnished), furnished.head()) == (before, head)


def test_a_refused_verb_inside_a_step_leaves_the_others(furnished: Engagement) -> None:
    with furnished.together("Some"):
        furnished.rate(ISO, [("8.1 b", "")], "partial")
        with pytest.raises(RefusedError):
            furnished.rate(ISO, [("8.1 c", "")], "na")
        with pytest.raises(RefusedError, match="when it is done"):
            furnished.undo()
    assert furnished.answer(ISO, "8.1 b", "").value == "partial"
    assert furnished.answer(ISO, "8.1 c", "") == Answer()
    assert furnished.check() == ()


def test_many_rows_leave_the_collector_as_it_was(furnished: Engagement) -> None:
    def rows() -> Iterator[AnswerRow]:
        assert not gc.isenabled()
        yield AnswerRow(ISO, "8.1 z", "", "partial")

    for before in (True, False):
        (gc.enable if before else gc.disable)()
        try:
            with pytest.raises(UsageError):
                furnished.write_answers(rows(), "In")
            assert gc.isenabled() is before
        finally:
            gc.enable()


def test_rows_that_would_be_refused_are_named_by_place(furnished: Engagement) -> None:
    rows = [
        AnswerRow(ISO, "8.1 b", "", "partial"),
        AnswerRow(ISO, "8.1 z", "", "partial"),
        AnswerRow("none", "8.1 b", "", "partial"),
        AnswerRow(ISO, "8.1 c", "", "na"),
    ]
    places = furnished.refused(rows)
    assert [place for place, _ in places] == [1, 2, 3]
    with pytest.raises(UsageError, match="no framework none"):
        furnished.write_answers(rows, "In")
    assert furnished.answer(ISO, "8.1 b", "") == Answer()


def _lose_reason(engagement: Engagement) -> None:
    engagement.rate(ISO, [("8.2 a", "")], "na", reason="Nothing is bought")
    engagement.reason(ISO, "8.2 a", "", "")


def _minor_on_conforming(engagement: Engagement) -> None:
    engagement.rate(ISO, [("8.2 b", "")], "conforming")
    engagement.record_finding(finding(items=((ISO, "8.2 b"),)))


REFUSED: dict[str, tuple[Callable[[Engagement], object], type[GapbenchError], str]] = {
    "unknown item": (lambda e: e.rate(ISO, [("8.1 aa", "")], "partial"), UsageError, "nearest number is 8.1 a."),
    "unknown framework": (lambda e: e.rate("as9100", [("1", "")], "partial"), UsageError, "has tiny-iso and tiny-cmmi"),
    "unit not asked": (
        lambda e: e.rate(ISO, [("8.1 a", "falcon")], "partial"),
        UsageError,
        "of Organisation, not of Falcon",
    ),
    "organisation not asked": (lambda e: e.rate(CMMI, [("CM 1.1", "")], "FM"), UsageError, "Falcon, Heron or"),
    "function's practice": (
        lambda e: e.rate(CMMI, [("OT 1.1", "")], "FM"),
        UsageError,
        "School, not of the organisation",
    ),
    "half a character": (lambda e: e.rate(ISO, [("8.1 \ud800", "")], "partial"), UsageError, "how it is written"),
    "half a name": (lambda e: e.rate("\ud800", [("8.1 a", "")], "partial"), UsageError, "no framework \ufffd;"),
    "too large": (lambda e: e.record_finding(finding(number=1 << 70)), UsageError, "how it is written"),
    "other scale": (lambda e: e.rate(ISO, [("8.1 a", "")], "FM"), UsageError, "conforming"),
    "NY on GOV": (lambda e: e.rate(CMMI, [("GOV 1.1", "falcon")], "NY"), RefusedError, "GOV"),
    "na without reason": (lambda e: e.rate(ISO, [("8.1 a", "")], "na", reason=" "), RefusedError, "say why"),
    "na losing its reason": (_lose_reason, RefusedError, "say why"),
    "long note": (lambda e: e.note(ISO, "8.1 a", "", "x" * 200_001), RefusedError, "200,001 characters"),
    "judgement on points": (lambda e: e.judge(ISO, "8.1 a", "partial", "x"), RefusedError, "nothing to judgement"),
    "judgement without choice": (lambda e: e.judge(CMMI, "CM 2.1", "LM", "x"), RefusedError, "NC"),
    "judgement without reason": (lambda e: e.judge(CMMI, "CM/2", "significant", " "), RefusedError, "reason"),
    "judgement on no group": (lambda e: e.judge(CMMI, "CM/5", "significant", "x"), UsageError, "CM/1"),
    "judgement in other words": (lambda e: e.judge(CMMI, "CM/2", "bad", "x"), UsageError, "significant"),
    "exclude GOV": (lambda e: e.exclude(CMMI, "GOV", "falcon", "x"), RefusedError, "never out of scope"),
    "exclude for all": (lambda e: e.exclude(CMMI, "CM", "", "x"), RefusedError, "whole organisation"),
    "exclude a clause": (lambda e: e.exclude(ISO, "8.1", "falcon", "x"), RefusedError, "not applicable"),
    "exclude nothing": (lambda e: e.exclude(CMMI, "CX", "falcon", "x"), UsageError, "nearest is CM"),
    "exclude for nobody": (lambda e: e.exclude(CMMI, "CM", "condor", "x"), UsageError, "Falcon, Heron"),
    "ofi on a gap": (lambda e: e.record_finding(finding(cls="ofi")), RefusedError, "improvement"),
    "minor on what conforms": (_minor_on_conforming, RefusedError, "nonconformity"),
    "finding on nothing": (lambda e: e.record_finding(finding(items=())), RefusedError, "at least one"),
    "finding on unknown": (lambda e: e.record_finding(finding(items=((ISO, "9"),))), UsageError, "nearest"),
    "finding of no class": (lambda e: e.record_finding(finding(cls="bad")), UsageError, "major"),
    "finding of no status": (lambda e: e.record_finding(finding(status="lost")), UsageError, "open or closed"),
    "number taken": (lambda e: e.record_finding(finding(number=1)), UsageError, "F-01"),
    "no such finding": (lambda e: e.drop_finding("x"), UsageError, "F-01"),
    "no client": (lambda e: e.describe(Profile(" ")), UsageError, "name of the client"),
    "no name": (lambda e: e.put_unit(Unit("", " \n", "site")), UsageError, "needs a name"),
    "same name": (lambda e: e.put_unit(Unit("", "FALCON", "site")), UsageError, "already"),
    "no kind": (lambda e: e.put_unit(Unit("", "X", "bird")), UsageError, "project, function or site"),  # type: ignore[arg-type]
    "other kind": (lambda e: e.put_unit(Unit("falcon", "Falcon", "site")), RefusedError, "answers as a project"),
    "no such unit": (lambda e: e.drop_unit("x"), UsageError, "Falcon"),
    "twice": (lambda e: e.add_framework(points()), RefusedError, "already"),
    "no view": (lambda e: e.change_framework(Framework(CMMI, ("XXX",), 2)), UsageError, "DEV or SVC"),
    "two views": (lambda e: e.change_framework(Framework(CMMI, ("DEV", "SVC"), 2)), UsageError, "one view"),
    "no level": (lambda e: e.change_framework(Framework(CMMI, ("DEV",), 4)), UsageError, "1 to 3"),
    "level above the view": (lambda e: e.add_framework(DEV, ("PROFILE",), 4), UsageError, "1 to 3"),
    "level that asks nothing": (lambda e: e.add_framework(DEV, (), 1), UsageError, "aim at 2 to 4"),
    "level of points": (lambda e: e.change_framework(Framework(ISO, (), 1)), UsageError, "no levels"),
    "view of points": (lambda e: e.change_framework(Framework(ISO, ("DEV",), 0)), UsageError, "as a whole"),
    "threshold": (lambda e: e.change_framework(Framework(ISO, major_threshold=0)), UsageError, "at least 1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_sentences_and_write_nothing(furnished: Engagement, name: str) -> None:
    verb, kind, words = REFUSED[name]
    with pytest.raises(GapbenchError) as caught:
        verb(furnished)
    assert type(caught.value) is kind
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert furnished.check() == ()
    if not name.startswith(("na losing", "minor on")):
        assert furnished.history()[0].title.startswith("Finding F-01")


def test_nothing_to_take_back(engagement: Engagement) -> None:
    engagement.undo()
    with pytest.raises(RefusedError, match=r"Nothing to take back\."):
        engagement.undo()
    assert engagement.undo_title() == ""
    assert engagement.profile() == PROFILE, "the engagement itself stays"
    engagement.redo()
    with pytest.raises(RefusedError, match=r"Nothing to do again\."):
        engagement.redo()
    assert engagement.redo_title() == ""


def test_the_default_target_is_the_highest_of_the_view(engagement: Engagement) -> None:
    engagement.add_framework(DEV, ("PROFILE",))
    assert engagement.frameworks()[-1].target == 3
    engagement.change_framework(replace(engagement.frameworks()[-1], views=("STAGED",), target=4))
    engagement.change_framework(replace(engagement.frameworks()[-1], views=("PROFILE",)))
    assert engagement.frameworks()[-1].target == 3


def test_what_no_chosen_view_asks_is_not_rated(engagement: Engagement) -> None:
    engagement.change_framework(replace(engagement.frameworks()[1], views=("SVC",)))
    unit = engagement.units()[0].id
    with pytest.raises(RefusedError, match=r"SAM 1\.1 is not asked in this view \(SVC\); choose another view\."):
        engagement.rate(CMMI, [("SAM 1.1", unit)], "FM")
    engagement.rate(CMMI, [("SAM 1.1", unit)], "")  # what stands there from before can be cleared


def test_what_is_out_of_scope_says_why_and_how_to_come_back(engagement: Engagement) -> None:
    engagement.add_framework(DEV)
    engagement.exclude(DEV.id, "SAM", "", "None bought")
    unit = engagement.units()[0].id
    with pytest.raises(
        UsageError, match=r"SAM is out of scope for the whole organisation \(None bought\)\. Take SAM back"
    ):
        engagement.rate(DEV.id, [("SAM SP 1.1", unit)], "FI")


def test_defaults_of_a_framework(engagement: Engagement) -> None:
    engagement.drop_framework(CMMI)
    engagement.add_framework(practices())
    assert engagement.frameworks()[1] == Framework(CMMI, ("DEV",), 3, position=1)
