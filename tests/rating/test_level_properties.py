"""What must hold of goals and process attributes, whatever the answers are."""

import re
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gapbench.catalog.model import Catalog
from gapbench.rating import levels
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Judgement, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import LevelResult

from .small import DEV, HERON, KESTREL, PLANT, QUALITY, SPICE, SW
from .test_explain import again

SCALES = {
    DEV.id: ["FI", "LI", "PI", "NI", "NY", ""],
    SW.id: ["yes", "partly", "no", "na", ""],
    SPICE.id: ["F", "L", "P", "N", "L+", "L-", "P+", "P-", ""],
}
GOOD = {DEV.id: ["FI", "FI", "LI", "PI"], SW.id: ["yes", "yes", "partly"], SPICE.id: ["F", "F", "L", "L-"]}
ORDERS = [["FI", "LI", "PI", "NI"], ["FI", "NY"], ["yes", "partly", "no"], ["F", "L+", "L", "L-", "P+", "P", "P-", "N"]]
BETTER = {
    worse: {better for order in ORDERS if worse in order for better in order[: order.index(worse)]}
    for worse in {value for order in ORDERS for value in order}
}
SUBJECTS = {DEV.id: ["CM SG 1", "CM GG 2", "OPD SG 1"], SW.id: [], SPICE.id: []}
OUT = {
    DEV.id: [("SAM", ""), ("CM", "heron"), ("OPD", "quality")],
    SW.id: [("SSM", "")],
    SPICE.id: [("SWE.2", ""), ("SWE.1", "heron"), ("SUP.1", "quality")],
}

unit_sets = st.sampled_from([(), (HERON,), (HERON, KESTREL), (HERON, KESTREL, QUALITY), (QUALITY,), (PLANT,)])
catalogs = st.sampled_from([DEV, SW, SPICE])


def everywhere(units: tuple[Unit, ...]) -> list[str]:
    return ["", *(unit.id for unit in units if unit.kind != "site")]


@st.composite
def answers_of(draw: st.DrawFn, catalog: Catalog) -> Answer:
    value = draw(st.sampled_from(SCALES[catalog.id]))
    return Answer(value, note=draw(st.sampled_from(["", "seen"])), reason=draw(st.sampled_from(["", "agreed"])))


@st.composite
def judgements_of(draw: st.DrawFn, catalog: Catalog) -> dict[str, Judgement]:
    chosen = st.sampled_from(["LI", "PI", "FI"])
    weighs = st.sampled_from(["significant", "none"])
    items = dict.fromkeys([item.id for item in catalog.items[:3]], chosen)
    judged = draw(st.fixed_dictionaries({}, optional=items | dict.fromkeys(SUBJECTS[catalog.id], weighs)))
    return {name: Judgement(name, value, "talked over") for name, value in judged.items()}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    catalog = draw(catalogs)
    units = draw(unit_sets)
    codes = draw(st.sampled_from([SCALES[catalog.id], GOOD[catalog.id]]))
    answer = st.builds(Answer, value=st.sampled_from(codes), note=st.sampled_from(["", "seen"]))
    keys = [(item.id, unit) for item in catalog.items for unit in everywhere(units)]
    excluded = draw(st.sets(st.sampled_from(OUT[catalog.id])))
    view = draw(st.sampled_from([(view.id,) for view in catalog.views] + [()]))
    return Case(
        Scope(catalog, view, draw(st.integers(0, 4)), units, dict.fromkeys(excluded, "agreed")),
        draw(st.fixed_dictionaries(dict.fromkeys(keys, answer))),
        draw(judgements_of(catalog)),
    )


def assess(case: Case) -> LevelResult:
    result = model_of(case.scope).assess(case)
    assert isinstance(result, LevelResult)
    return result


@settings(max_examples=300)
@given(cases(), st.data())
def test_reassess_equals_assess(case: Case, data: st.DataObject) -> None:
    catalog = case.scope.catalog
    before = assess(case)
    keys = data.draw(st.lists(st.sampled_from(sorted(case.answers)), max_size=3))
    changed = {key: data.draw(answers_of(catalog)) for key in keys}
    judged = data.draw(st.one_of(st.just(case.judgements), judgements_of(catalog)))
    now = replace(case, answers={**case.answers, **changed}, judgements=judged)
    subjects = {name for name in {*judged, *case.judgements} if judged.get(name) != case.judgements.get(name)}
    named = frozenset({item for item, _ in keys} | subjects)
    assert model_of(now.scope).reassess(now, before, named) == assess(now)
    groups = frozenset(catalog.item[name].group if name in catalog.item else name for name in named)
    assert model_of(now.scope).reassess(now, before, groups) == assess(now)


@settings(max_examples=300)
@given(cases(), st.data())
def test_a_better_answer_never_lowers_a_level(case: Case, data: st.DataObject) -> None:
    weak = [key for key, answer in case.answers.items() if BETTER.get(answer.value)]
    assume(weak)
    key = data.draw(st.sampled_from(weak))
    better = data.draw(st.sampled_from(sorted(BETTER[case.answers[key].value])))
    before, after = assess(case), assess(replace(case, answers={**case.answers, key: Answer(better, "seen")}))
    assert after.maturity_level >= before.maturity_level
    for old, new in zip(before.areas, after.areas, strict=True):
        assert (new.level, new.capability_level) >= (old.level, old.capability_level)


@given(cases())
def test_levels_coverage_and_blockers_fit_together(case: Case) -> None:
    result = assess(case)
    asked = levels.asked_at(result.areas, result.target)
    walked = [item for item in model_of(case.scope).in_scope(case.scope) if item.scored]
    assert sum(result.counts.values()) == result.in_scope == len(walked)
    assert result.characterized == result.in_scope - result.counts[""]
    assert (result.next_level is None) == (result.maturity_level >= result.target)
    if levels.asked_at(result.areas, result.target if result.scheme == "continuous" else result.next_level or 0):
        assert (result.next_level is None) == (result.blockers == ())
    nothing = not result.in_scope and result.target > levels.floor_of(case.scope)
    assert (result.verdict == "incomplete") == (result.counts[""] > 0 or nothing)
    if result.verdict == "on_target" and result.target > levels.floor_of(case.scope):
        assert all(levels.holds(area, result.target) for area in asked)
    if result.scheme == "continuous" and asked:
        lowest = min(area.level for area in asked)
        assert result.maturity_level == lowest  # all areas have the same top here
    for area in result.areas:
        assert area.level <= area.top
        assert area.capability_level == (0 if area.out else area.level)


@given(cases())
def test_the_value_of_an_item_is_always_an_allowed_one(case: Case) -> None:
    for item in case.scope.catalog.items:
        result = model_of(case.scope).item_result(case, item)
        assert result.value in (result.allowed or ("",))
        assert not (result.judgement_due and len(result.allowed) == 1)
        assert result.complete == (result.value != "")
        assert result.value in {"", *SCALES[case.scope.catalog.id]}


CODES = re.compile(r"[a-z]_[a-z]|\bofi\b|  +\S.*: *$|\(\)|: ,|\bNone\b|->\s*$")


@settings(max_examples=60)
@given(cases())
def test_every_figure_is_explained_in_words_that_add_up(case: Case) -> None:
    result = assess(case)
    areas = {area.id: area for area in result.areas}
    subjects = ["", *areas, *(f"{area.id}/{level}" for area in result.areas for level in area.practice_groups)]
    subjects += [goal for area in result.areas for goal in area.goals]
    subjects += [f"{result.mark}{level}" for level in range(1, levels.top_of(case.scope) + 1)]
    subjects += [item for area in result.areas for item in area.practices]
    for subject in subjects:
        lines = explain(case, result, subject)
        assert lines
        assert all(line == line.rstrip() and "\n" not in line for line in lines)
        assert not [line for line in lines if CODES.search(line)]
        assert again(lines) == ([result.coverage] if not subject and result.coverage is not None else [])


@given(cases())
def test_the_areas_that_hold_are_counted_right(case: Case) -> None:
    result = assess(case)
    for line in explain(case, result):
        found = re.match(r"(ML|CL)(\d): (\d+) of (\d+) ", line)
        if found:
            level, held, asked = map(int, found.groups()[1:])
            needed = levels.asked_at(result.areas, result.target if result.scheme == "continuous" else level)
            assert (held, asked) == (sum(levels.holds(area, level) for area in needed), len(needed))
