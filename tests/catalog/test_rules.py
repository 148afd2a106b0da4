"""What the newer keys demand: editions, a framework inside another, areas, goals, attributes, tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.load import load
from gapbench.catalog.validate import validate
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
gapbench_catalog: 1
id: {id}
title: Mine
edition: "1"
family: Mine
model: {model}
revision: 1
"""

GOALS = (
    HEAD.format(id="mine-1", model="goals")
    + """\
levels: 3
views:
  - id: ALL
    title: All
    from_level_2: [CM, PP]
  - id: EACH
    title: Each
    scheme: continuous
    levels: 2
    from_level_1: [CM]
generic:
  - id: GG 2
    title: "{area}: managed"
    level: 2
    items:
      - id: GP 2.1
        title: Policy
        text: Which policy says what {area} is for?
  - items:
      - id: XX 1
        level: 1
        kind: indicator
        title: A sign
        text: Where does {area} hurt?
tests:
  - name: all
    view: ALL
    target: 2
    answers: {"*": FI, CM SG 1: LI, CM GP 2.1: FI}
    gives: {level: 2, areas: {CM: 2}, goals: {CM SG 1: satisfied}}
groups:
  - id: CM
    area: true
    title: Configuration
    ask: [Engineers]
  - id: CM SG 1
    parent: CM
    title: Baselines
    level: 1
    items:
      - id: CM SP 1.1
        title: Known
        text: What is on the list?
  - id: PP
    area: true
    title: Planning
  - id: PP SG 1
    parent: PP
    title: Plans
    level: 1
    items:
      - id: PP SP 1.1
        title: Planned
        text: Where is the plan?
"""
)

EXTENDS = (
    HEAD.format(id="shop-1", model="conformity")
    + """\
extends: iso9001-2015
verify: due
counts: {leaves: 66, items: 326, scored: 322}
groups:
  - id: "8.4.1"
    ask: [Buyers]
    items:
      - id: "8.4.1 S1"
        title: A second source
        text: Who delivers when this supplier cannot?
  - id: "8.1.1"
    parent: "8.1"
    title: Counterfeits
    items:
      - id: "8.1.1 a"
        title: Nothing false gets in
        text: How would you notice a part that is not what it says?
        principles: [process]
"""
)

EDITION = (
    HEAD.format(id="small-2", model="conformity")
    + """\
base: iso9001-2015
groups:
  - id: "4.1"
    title: Context
    items:
      - id: "4.1 §1"
        title: Same
        text: What is the same?
      - id: "4.1 x"
        base: ["4.1 §2", "4.1 §3"]
        change: changed
        change_note: two became one
        title: Changed
        text: What is changed?
      - id: "4.1 n"
        base: []
        change: new
        change_note: nobody asked before
        disputed: true
        title: New
        text: What is new?
  - id: "4.9"
    title: Quite new
    change: new
    verify: due
    items:
      - id: "4.9 a"
        title: New
        text: What else is new?
"""
)

ATTRIBUTES = (
    HEAD.format(id="spice-1", model="process_attributes")
    + """\
levels: 2
generic:
  - items:
      - id: PA 1.1
        level: 1
        title: Done
        text: What came of {area}?
      - id: PA 2.1
        level: 2
        title: Managed
        text: Who plans {area}?
groups:
  - id: ENG
    title: Engineering
  - id: ENG.1
    parent: ENG
    area: true
    title: Design
  - id: ENG.2
    parent: ENG
    area: true
    title: Building
"""
)

SOURCES = {"goals": GOALS, "extends": EXTENDS, "edition": EDITION, "attributes": ATTRIBUTES}


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("source", SOURCES)
def test_the_good_ones_are_good(tmp_path: Path, source: str) -> None:
    path = written(tmp_path, SOURCES[source])
    assert validate(path) == ()
    load(path)


def test_what_is_asked_in_every_area_is_expanded(tmp_path: Path) -> None:
    catalog = load(written(tmp_path, GOALS))
    assert [group.id for group in catalog.groups] == ["CM", "CM SG 1", "CM GG 2", "PP", "PP SG 1", "PP GG 2"]
    assert [item.id for item in catalog.below("CM")] == ["CM XX 1", "CM SP 1.1", "CM GP 2.1"]
    item = catalog.item["CM GP 2.1"]
    assert item.text == "Which policy says what Configuration is for?"
    assert (item.level, item.ask, item.group) == (2, ("Engineers",), "CM GG 2")
    assert catalog.group["CM GG 2"].title == "Configuration: managed"
    assert catalog.item["CM SP 1.1"].level == 1  # from its goal


def test_a_framework_inside_another(tmp_path: Path) -> None:
    catalog = load(written(tmp_path, EXTENDS))
    added = catalog.item["8.4.1 S1"]
    assert (added.ask, added.verify) == (("Buyers",), "due")
    assert catalog.items_of["8.4.1"][-1] is added
    assert catalog.item["8.4.1 a"].verify == ""
    assert catalog.group["8.4.1"].ask != ("Buyers",)
    assert "process" in catalog.principles


def test_links_to_the_edition_before(tmp_path: Path) -> None:
    catalog = load(written(tmp_path, EDITION))
    assert [(item.base, item.change) for item in catalog.items] == [
        (("4.1 §1",), "same"),
        (("4.1 §2", "4.1 §3"), "changed"),
        ((), "new"),
        ((), "new"),
    ]
    assert catalog.item["4.9 a"].verify == "due"


CASES = {
    # --- a framework inside another
    "unknown inside": ("extends", "extends: iso9001-2015", "extends: iso9001-1994", "extends: There is no framework"),
    "inside itself": ("extends", "extends: iso9001-2015", "extends: shop-1", "extends: .*rests on itself"),
    "its own id": ("extends", '- id: "8.4.1 S1"', '- id: "8.4.1 a"', r"8\.4\.1 a: id: '8\.4\.1 a' stands in ISO 9001"),
    "said alike": ("extends", '- id: "8.4.1 S1"', '- id: "8.4.1a"', r"id: '8\.4\.1 a' stands in ISO 9001:2015 already"),
    "group alike": ("extends", '- id: "8.1.1"\n', '- id: "8.4.1."\n', r"said like '8\.4\.1' of ISO 9001:2015"),
    "its gate": ("extends", "    ask: [Buyers]", "    gate: always", "gate: that of ISO 9001:2015 holds; leave it out"),
    "its parent": ("extends", "    ask: [Buyers]", '    parent: "8.1"', "parent: that of ISO 9001:2015 holds"),
    "no title": ("extends", "    title: Counterfeits\n", "", "8.1.1: the key 'title' is missing"),
    "odd parent": ("extends", 'parent: "8.1"', 'parent: "8.11"', "there is no group '8.11'"),
    "whole counts": ("extends", "items: 326", "items: 2", "counts: items: says 2, the file holds 326"),
    "its question": (
        "extends",
        "Who delivers when this supplier cannot?",
        "What has changed in your market or in your own house lately that could help or hurt the quality you deliver?",
        "the same question as 4.1 §1",
    ),
    "its model": ("extends", "model: conformity", "model: practice_groups", "model: must be conformity"),
    # --- editions
    "no edition": ("edition", "base: iso9001-2015\n", "", "base: the head does not say `base`"),
    "no former point": ("edition", '"4.1 §2", ', '"4.1 §7", ', "base: there is no '4.1 §7' in ISO 9001:2015"),
    "own number unknown": ("edition", '- id: "4.1 §1"', '- id: "4.1 §9"', "name its point there, or say `change: new`"),
    "no note": ("edition", "        change_note: two became one\n", "", "change_note: missing; .* \\(changed\\)"),
    "no note for new": ("edition", "        change_note: nobody asked before\n", "", "change_note: missing; .*new"),
    "no points": ("edition", 'base: ["4.1 §2", "4.1 §3"]', "base: []", "base: names no point"),
    "a point twice": ("edition", '"4.1 §2", "4.1 §3"', '"4.1 §3", "4.1 §3"', "base: names a point twice"),
    "odd change": ("edition", "change: changed", "change: rewritten", "'rewritten' is not one of same, wording"),
    "odd verify": ("edition", "verify: due", "verify: done", "verify: 'done' is not one of due"),
    "long note": ("edition", "two became one", "two" * 70, "change_note: 210 characters; at most 200"),
    "its own base": ("edition", "base: iso9001-2015\n", "base: small-2\n", "base: small-2 rests on itself"),
    # --- asked in every area
    "no areas": ("attributes", "    area: true\n", "", "no group has `area: true`"),
    "no {area}": ("goals", "what {area} is for", "what it is for", "GP 2.1: text: without {area} every area would"),
    "odd braces": ("goals", '"{area}: managed"', '"{Area}: managed"', r"only {area} can stand .* not {Area}"),
    "{area} elsewhere": ("goals", "What is on the list?", "What is {area}?", "{area} has a meaning only below"),
    "too long an id": ("goals", "- id: GP 2.1", "- id: GPGPGPGPGPGPGPGPGP 2.1", "becomes 'CM GPGP.*25 characters"),
    "id again": ("goals", "- id: GP 2.1", "- id: SP 1.1", "SP 1.1: id: becomes 'CM SP 1.1'; 'CM SP 1.1' stands"),
    "goal again": ("goals", "- id: GG 2", "- id: SG 1", "SG 1: id: becomes 'CM SG 1'; 'CM SG 1' stands in the file"),
    "goal without title": ("goals", '    title: "{area}: managed"\n', "", "GG 2: the key 'title' is missing"),
    # --- models, levels, views
    "view of no area": ("goals", "from_level_1: [CM]", "from_level_1: [CM SG 1]", "no area 'CM SG 1' marked with"),
    "view too high": ("goals", "    levels: 2\n", "    levels: 4\n", "EACH: levels: 4 is out of range"),
    "beyond the view": ("goals", "from_level_1: [CM]", "from_level_3: [CM]", "from_level_3: out of range"),
    "odd scheme": ("goals", "scheme: continuous", "scheme: stage", "'stage' is not one of staged, continuous"),
    "area in area": ("goals", "    parent: CM\n", "    parent: CM\n    area: true\n", "stands in the area 'CM'"),
    "goal without level": ("goals", "    title: Baselines\n    level: 1\n", "    title: Baselines\n", "level: missing"),
    "scale elsewhere": ("attributes", "levels: 2\n", "levels: 2\nscale: answers\n", "only with `model: goals`"),
    "odd scale": ("goals", "levels: 3\n", "levels: 3\nscale: marks\n", "'marks' is not one of answers"),
    "odd units": ("goals", "levels: 3\n", "levels: 3\nunits: all\n", "'all' is not one of organisation"),
    "a hole": ("attributes", "        level: 1\n", "        level: 2\n", r"area ENG\.1 has no attribute of level 1"),
    "outside": (
        "attributes",
        "    title: Engineering\n",
        "    title: Engineering\n    items:\n      - {id: E 1, level: 1, title: T, text: Q?}\n",
        "ENG: items: stand in no area",
    ),
    "area with clauses": ("edition", "    title: Context\n", "    title: Context\n    area: true\n", "leave it out"),
    "scheme with clauses": (
        "edition",
        "groups:",
        'views:\n  - {id: A, title: A, scheme: staged, from_level_1: ["4.1"]}\ngroups:',
        "scheme: has no meaning with `model: conformity`",
    ),
    # --- tests
    "unknown answer": ("goals", 'answers: {"*": FI, CM SG 1', 'answers: {"*": FI, CM SG 9', "CM SG 9: there is no"),
    "unknown view": ("goals", "    view: ALL\n    target", "    view: ANY\n    target", "view: there is no view 'ANY'"),
    "two views": ("goals", "    view: ALL\n    target", "    view: ALL+EACH\n    target", "are not combined"),
    "target too high": ("goals", "target: 2", "target: 4", "target: 4 is out of range; .* levels 1 to 3"),
    "nothing expected": ("extends", "groups:", "tests: [{name: a, answers: {}, gives: {}}]\ngroups:", "expects"),
    "unknown area": ("goals", "areas: {CM: 2}", "areas: {CX: 2}", "areas: there is no area 'CX'"),
    "unknown goal": ("goals", "goals: {CM SG 1:", "goals: {CM SG 7:", "goals: there is no goal 'CM SG 7'"),
    "odd state": ("goals", "CM SG 1: satisfied", "CM SG 1: fine", "'fine' is not one of satisfied"),
    "odd figure": ("goals", "gives: {level: 2", "gives: {size: 2", "unknown key 'size'"),
    "odd share": ("goals", "gives: {level: 2", "gives: {percent: many", "percent: 'many' cannot be used"),
    "share beyond": ("goals", "gives: {level: 2", "gives: {percent: 101", "percent: 101 is too large; at most 100"),
    "test twice": ("goals", "groups:", "  - {name: all, answers: {CM: FI}, gives: {level: 1}}\ngroups:", "this name"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "old", "new", "said"), CASES.values(), ids=CASES)
def test_refusals(tmp_path: Path, source: str, old: str, new: str, said: str) -> None:
    assert old in SOURCES[source]
    path = written(tmp_path, SOURCES[source].replace(old, new))
    problems = validate(path)
    assert any(re.search(said, problem) for problem in problems), problems
    assert all(re.match(r"mine\.yaml, line \d+: ", problem) for problem in problems)
    assert all(problem.endswith(".") and problem.isprintable() for problem in problems)
    assert max(map(len, problems)) < 400
    with pytest.raises(CatalogError, match=r"^mine\.yaml"):
        load(path)


def test_a_long_title_of_an_area_must_fit_into_what_is_asked_of_it(tmp_path: Path) -> None:
    text = GOALS.replace("title: Configuration", f"title: {'Long ' * 22}name")
    question = f"Which policy says what {{area}} is for, {'and who ' * 10}has read it?"
    path = written(tmp_path, text.replace("Which policy says what {area} is for?", question))
    assert any("characters with the title of CM in it; at most" in problem for problem in validate(path))


def test_an_edition_before_that_gapbench_does_not_have_is_no_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, EDITION.replace("base: iso9001-2015", "base: iso9001-2008"))
    assert validate(path) == ()


def test_what_the_inner_one_says_of_its_editions_is_not_ours(tmp_path: Path) -> None:
    text = EXTENDS.replace("iso9001-2015", "iso9001-2026").replace("items: 326, scored: 322", "items: 339, scored: 335")
    catalog = load(written(tmp_path, text))
    assert {item.change for item in catalog.items} == {"same"}
    assert {item.base for item in catalog.items} == {()}


def test_a_pack_of_five_thousand_items_is_checked(tmp_path: Path) -> None:
    groups = "".join(
        f'  - id: "{clause}"\n    title: Clause {clause}\n    items:\n'
        + "".join(
            f'      - id: "{clause} p{point}"\n        title: Point {point}\n'
            f"        text: What of point {point} in clause {clause}?\n        look_for: A record of {point}.\n"
            for point in range(50)
        )
        for clause in range(1, 101)
    )
    text = HEAD.format(id="large-1", model="conformity") + "groups:\n" + groups
    assert validate(written(tmp_path, text)) == ()
