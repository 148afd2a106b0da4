"""What must hold whatever the answers are."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gapbench.rating import conformity, practice_groups
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope
from gapbench.rating.results import ClauseResult, Tally

from .small import CLASSES, CMMI, HERON, ISO, KESTREL, OFFICE, PLANT, QUALITY

VALUES = ["conforming", "partial", "not_conforming", "na", "condition_not_met", ""]
BETTER = {"not_conforming": ["partial", "conforming"], "partial": ["conforming"]}
PRACTICE_VALUES = ["FM", "LM", "PM", "DM", "NY", "NC", ""]
PRACTICE_BETTER = {"DM": ["PM", "LM", "FM"], "PM": ["LM", "FM"], "LM": ["FM"], "NY": ["FM"]}

site_sets = st.sampled_from([(), (PLANT,), (PLANT, OFFICE), (HERON, PLANT)])
unit_sets = st.sampled_from([(), (HERON,), (HERON, KESTREL), (HERON, KESTREL, QUALITY), (QUALITY,)])
answers_of = {
    name: st.builds(Answer, value=st.sampled_from(codes), note=st.sampled_from(["", "seen"]))
    for name, codes in (("iso", VALUES), ("cmmi", PRACTICE_VALUES))
}


@st.composite
def iso_findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    items = st.lists(st.sampled_from(ISO.items), min_size=1, max_size=3, unique_by=id)
    kinds = st.tuples(st.sampled_from(CLASSES), st.sampled_from(["open", "closed"]), items)
    return tuple(
        Finding(
            id=f"id-{number}",
            number=number,
            cls=cls,
            items=tuple((ISO.id, item.id) for item in chosen),
            status="closed" if status == "closed" else "open",
        )
        for number, (cls, status, chosen) in enumerate(draw(st.lists(kinds, max_size=4)), 1)
    )


@st.composite
def iso_cases(draw: st.DrawFn) -> Case:
    units = draw(site_sets)
    asked = [unit.id for unit in units if unit.kind == "site"] or [""]
    keys = [(item.id, unit) for item in ISO.items for unit in asked]
    answers = draw(st.fixed_dictionaries(dict.fromkeys(keys, answers_of["iso"])))
    return Case(Scope(ISO, units=units), answers, findings=draw(iso_findings()))


@st.composite
def cmmi_cases(draw: st.DrawFn) -> Case:
    units = draw(unit_sets)
    codes = draw(st.sampled_from([PRACTICE_VALUES, ["FM", "LM"], ["FM", "FM", "LM", "PM"]]))
    answer = st.builds(Answer, value=st.sampled_from(codes), note=st.sampled_from(["", "seen"]))
    keys = [(item.id, unit) for item in CMMI.items for unit in [u.id for u in units] or [""]]
    excluded = draw(st.sets(st.sampled_from([("SAM", ""), ("CM", "heron"), ("PCM", "quality")])))
    chosen = st.sampled_from(["FM", "LM", "PM", "DM"])
    weighs = st.sampled_from(["significant", "none"])
    subjects = dict.fromkeys(("CM 2.1", "DAR 3.1", "GOV 2.1"), chosen)
    judged = draw(st.fixed_dictionaries({}, optional=subjects | dict.fromkeys(("CM/2", "GOV/2"), weighs)))
    return Case(
        Scope(
            CMMI,
            draw(st.sampled_from([("DEV",), ("SVC",), ("DEV", "SVC"), ()])),
            draw(st.integers(0, 3)),
            units,
            dict.fromkeys(excluded, "agreed"),
        ),
        draw(st.fixed_dictionaries(dict.fromkeys(keys, answer))),
        {name: Judgement(name, value, "talked over") for name, value in judged.items()},
    )


def walk(clauses: tuple[ClauseResult, ...]) -> list[ClauseResult]:
    return [it for clause in clauses for it in (clause, *walk(clause.groups))]


def added(tallies: list[Tally]) -> tuple[int, int, int, int]:
    return (
        sum(it.scored for it in tallies),
        sum(it.rated for it in tallies),
        sum(it.counted for it in tallies),
        sum(it.halves for it in tallies),
    )


@given(iso_cases())
def test_children_add_up_to_their_parent(case: Case) -> None:
    result = conformity.assess(case)
    assert added([result.tally]) == added([group.tally for group in result.groups])
    for clause in walk(result.groups):
        if clause.groups:
            assert added([clause.tally]) == added([child.tally for child in clause.groups])
        assert sum(clause.tally.counts.values()) == clause.tally.scored


@given(iso_cases())
def test_figures_stay_within_their_bounds(case: Case) -> None:
    result = conformity.assess(case)
    for clause in walk(result.groups):
        for figure in (clause.tally.percent, clause.tally.coverage):
            assert figure is None or 0 <= figure <= 100
        assert clause.tally.counted <= clause.tally.scored
        assert clause.majors <= result.majors
        assert clause.minors <= result.minors
    assert (result.blockers == ()) == (result.verdict == "likely")


@given(iso_cases(), st.data())
def test_a_better_answer_never_lowers_readiness(case: Case, data: st.DataObject) -> None:
    weak = [key for key, answer in case.answers.items() if answer.value in BETTER]
    assume(weak)
    key = data.draw(st.sampled_from(weak))
    better = data.draw(st.sampled_from(BETTER[case.answers[key].value]))
    improved = replace(case, answers={**case.answers, key: Answer(better)})
    before, after = conformity.assess(case).tally, conformity.assess(improved).tally
    assert (after.percent or 0) >= (before.percent or 0)
    others = [answer for (item, _), answer in case.answers.items() if item == key[0]]
    if all(answer.value for answer in others):  # else a point that was settled may now wait for other sites
        assert after.coverage == before.coverage


@settings(max_examples=200)
@given(iso_cases(), st.data())
def test_reassess_of_points_and_findings_equals_assess(case: Case, data: st.DataObject) -> None:
    before = conformity.assess(case)
    keys = data.draw(st.lists(st.sampled_from(sorted(case.answers)), max_size=3))
    changed = {key: data.draw(answers_of["iso"]) for key in keys}
    findings = data.draw(st.one_of(st.just(case.findings), iso_findings()))
    now = replace(case, answers={**case.answers, **changed}, findings=findings)
    items = frozenset(item for item, _ in keys)
    assert conformity.reassess(now, before, items) == conformity.assess(now)


@settings(max_examples=200)
@given(cmmi_cases(), st.data())
def test_reassess_of_practices_and_judgements_equals_assess(case: Case, data: st.DataObject) -> None:
    before = practice_groups.assess(case)
    keys = data.draw(st.lists(st.sampled_from(sorted(case.answers)), max_size=3))
    changed = {key: data.draw(answers_of["cmmi"]) for key in keys}
    subjects = data.draw(st.sets(st.sampled_from(["CM/2", "GOV/2", "CM 2.1"])))
    judged = {name: Judgement(name, "significant", "it weighs") for name in subjects}
    now = replace(
        case,
        answers={**case.answers, **changed},
        judgements={**case.judgements, **judged},
    )
    named = frozenset(item for item, _ in keys) | subjects
    assert practice_groups.reassess(now, before, named) == practice_groups.assess(now)


@settings(max_examples=200)
@given(cmmi_cases(), st.data())
def test_a_better_answer_never_lowers_the_level(case: Case, data: st.DataObject) -> None:
    weak = [key for key, answer in case.answers.items() if answer.value in PRACTICE_BETTER]
    assume(weak)
    key = data.draw(st.sampled_from(weak))
    better = data.draw(st.sampled_from(PRACTICE_BETTER[case.answers[key].value]))
    improved = replace(case, answers={**case.answers, key: Answer(better, "seen")})
    before, after = practice_groups.assess(case), practice_groups.assess(improved)
    assert after.maturity_level >= before.maturity_level
    for old, new in zip(before.areas, after.areas, strict=True):
        assert new.level >= old.level
        assert new.capability_level >= old.capability_level


@given(cmmi_cases())
def test_levels_coverage_and_blockers_fit_together(case: Case) -> None:
    result = practice_groups.assess(case)
    assert (result.next_level is None) == (result.blockers == ())
    assert sum(result.counts.values()) == result.in_scope == len(practice_groups.in_scope(case.scope))
    assert result.coverage is not None
    assert 0 <= result.coverage <= 100
    assert (result.verdict == "incomplete") == (result.counts["NC"] > 0)
    if result.verdict == "on_target":
        assert result.next_level is None
    for area in result.areas:
        assert area.capability_level <= 3
        assert area.level <= area.top


@given(cmmi_cases())
def test_the_value_of_a_practice_is_always_an_allowed_one(case: Case) -> None:
    for item in CMMI.items:
        result = practice_groups.item_result(case, item)
        assert result.value in result.allowed
        assert not (result.judgement_due and len(result.allowed) == 1)


@given(iso_cases())
def test_a_proposal_stands_over_exactly_the_weak_points_that_nothing_covers(case: Case) -> None:
    result = conformity.assess(case)
    covered = {item for it in case.findings if it.cls in ("major", "minor") for _, item in it.items}
    weak = {
        name
        for leaf in result.leaves.values()
        for name, point in leaf.points.items()
        if point.value in ("partial", "not_conforming") and ISO.item[name].scored
    }
    proposed = [item for it in result.findings if it.proposed for _, item in it.items]
    assert len(proposed) == len(set(proposed))
    assert set(proposed) == weak - covered
