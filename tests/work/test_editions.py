"""What screens, workbook and command line show of two editions in one engagement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.editions import between
from gapbench.engagement.engagement import Engagement
from gapbench.errors import ImportRefusedError, UsageError
from gapbench.rating.inputs import Answer, Finding
from gapbench.work import answers_csv, editions, starting
from gapbench.work.editions import Counts
from gapbench.work.readiness import Readiness
from tests.engagement.small import (
    CMMI,
    CMMI3,
    ISO,
    ISO26,
    PROFILE,
    furnish,
    points,
    points_after,
    practices_after,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def audited(tmp_path: Path) -> Iterator[Engagement]:
    with Engagement.create(tmp_path / "acme.gapbench", PROFILE) as made:
        furnish(made)
        made.drop_framework(ISO)
        made.add_framework(points(3))
        made.rate(ISO, [("8.1 a", ""), ("8.1 c", ""), ("8.2 b", ""), ("8.2 c", "")], "partial", note="Late")
        made.record_finding(Finding("f1", 1, "observation", ((ISO, "8.3 c"),)))
        yield made


@pytest.fixture
def gone_on(audited: Engagement) -> Engagement:
    audited.succeed(points_after())
    return audited


def lines(found: editions.Bridge) -> dict[str, tuple[str, list[tuple[str, str]], str, bool]]:
    return {
        point.item.id: (point.asked, [(old.id, old.value) for old in point.old], point.value, point.carried)
        for clause in found.clauses
        for point in clause.points
    }


def test_the_bridge_says_what_changed_with_the_ratings_of_then_and_now(gone_on: Engagement) -> None:
    gone_on.rate(ISO26, [("8.1 c", "")], "conforming")
    found = editions.bridge(gone_on)
    assert (found.title, found.mode) == ("Tiny ISO:2015 to Tiny ISO:2026", "transition")
    assert found.counts == Counts(once=7, again=1, new=1, gone=1, disputed=1, shared=4, apart=3)
    assert lines(found) == {
        "8.1 b": ("once", [("8.1 b", "")], "", False),
        "8.1 c": ("again", [("8.1 c", "partial")], "conforming", False),
        "8.2 a": ("once", [("8.2 b", "partial")], "partial", True),
        "8.2 b": ("once", [("8.2 a", "")], "", False),
        "8.2 d": ("new", [("8.2 c", "partial")], "", False),
        "8.4 a": ("once", [("8.3 b", "")], "", False),
        "8.4 b": ("once", [("8.3 b", "")], "", False),
    }
    assert [[old.id for old in clause.gone] for clause in found.clauses] == [[], [], ["8.3 c"], []]
    assert editions.counts(gone_on, ISO26) == found.counts


def test_all_points_when_they_are_wanted(gone_on: Engagement) -> None:
    every = lines(editions.bridge(gone_on, everything=True))
    assert list(every) == [item.id for item in points_after().items]
    assert every["8.1 a"] == ("once", [("8.1 a", "partial")], "partial", True)
    assert every["8.2 c"] == ("once", [("8.2 c", "partial"), ("8.3 a", "")], "", False)


def test_a_bridge_ahead_and_one_without_an_engagement(audited: Engagement) -> None:
    ahead = editions.bridge_ahead(audited, points_after())
    assert (ahead.mode, lines(ahead)["8.1 c"]) == ("", ("again", [("8.1 c", "partial")], "", False))
    bare = editions.bridge_of(between(points_after(), points(3)))
    assert lines(bare)["8.1 c"] == ("again", [("8.1 c", "")], "", False)
    audited.drop_framework(CMMI)
    with pytest.raises(UsageError, match="follows tiny-cmmi, and this engagement has tiny-iso"):
        editions.bridge_ahead(audited, practices_after())


def test_which_edition_is_meant(audited: Engagement) -> None:
    with pytest.raises(UsageError, match="No framework of this engagement follows another edition yet"):
        editions.bridge(audited)
    audited.succeed(points_after())
    assert editions.followed(audited) == ISO26
    with pytest.raises(UsageError, match="tiny-cmmi follows no other edition here; name tiny-iso-26"):
        editions.counts(audited, CMMI)
    audited.succeed(practices_after(), "dual")
    with pytest.raises(UsageError, match="Several frameworks follow another edition; name "):
        editions.bridge(audited)
    assert editions.bridge(audited, CMMI3).mode == "dual"


def test_counts_are_of_what_is_in_scope(audited: Engagement) -> None:
    audited.succeed(practices_after())
    assert editions.counts(audited, CMMI3) == Counts(once=13, again=1, new=1, gone=1, disputed=0, shared=12, apart=1)
    (framework,) = (one for one in audited.frameworks() if one.catalog == CMMI3)
    from dataclasses import replace

    audited.change_framework(replace(framework, views=("SVC",), target=1))
    assert editions.counts(audited, CMMI3).again == 0


def test_the_old_answer_stands_beside(gone_on: Engagement) -> None:
    (one,) = editions.before(gone_on, ISO26, "8.1 c", "")
    assert (one.catalog, one.name, one.item.id) == (ISO, "Tiny ISO:2015", "8.1 c")
    assert (one.answer, one.word, one.nearest) == (Answer("partial", "Late"), "partial", False)
    near = editions.before(gone_on, ISO26, "8.2 d", "")
    assert [(each.item.id, each.word, each.nearest) for each in near] == [("8.2 c", "partial", True)]
    merged = editions.before(gone_on, ISO26, "8.2 c", "")
    assert [(each.item.id, each.word) for each in merged] == [("8.2 c", "partial"), ("8.3 a", "")]
    assert editions.before(gone_on, CMMI, "CM 1.1", "falcon") == ()
    assert editions.before(gone_on, ISO26, "9 z", "") == ()
    assert editions.origin_words(gone_on, ISO26, "tiny-iso:8.2 b") == "8.2 b of Tiny ISO:2015"


def test_findings_left_behind_are_listed(gone_on: Engagement) -> None:
    assert [one.label for one in editions.left_behind(gone_on)] == ["F-01"]
    gone_on.undo()
    assert editions.left_behind(gone_on) == ()


def test_only_the_differences_are_shown_twice(audited: Engagement) -> None:
    audited.succeed(points_after(), "dual")
    assert editions.served(audited, ISO26) == {"8.1 a", "8.1 b", "8.2 a", "8.2 b"}
    assert editions.served(audited, ISO) == editions.served(audited, CMMI) == frozenset()


def test_what_is_out_of_scope_of_the_other_edition_has_a_line_of_its_own(audited: Engagement) -> None:
    from dataclasses import replace

    (framework,) = (one for one in audited.frameworks() if one.catalog == CMMI)
    audited.change_framework(replace(framework, views=("SVC",)))
    audited.succeed(practices_after(), "dual")
    served = editions.served(audited, CMMI3)
    assert "CM 2.1" in served
    assert "OT 1.1" not in served


def test_nothing_is_served_where_one_edition_took_the_place_of_the_other(gone_on: Engagement) -> None:
    assert editions.served(gone_on, ISO26) == frozenset()
    assert editions.served(gone_on, ISO) == frozenset()


# --- what the rest of the program makes of it ------------------------------------------------------


def test_readiness_keeps_the_marks_true(gone_on: Engagement) -> None:
    readiness = Readiness(gone_on)
    assert list(readiness.cases) == [CMMI, ISO26]
    assert readiness.cases[ISO26].carried == gone_on.carried(ISO26)
    readiness.take(gone_on.confirm(ISO26, [("8.1 a", "")]))
    assert readiness.cases[ISO26].carried == gone_on.carried(ISO26) == {("8.2 a", ""): "tiny-iso:8.2 b"}
    readiness.take(gone_on.rate(ISO26, [("8.2 a", "")], "conforming"))
    assert readiness.cases[ISO26].carried == {}
    readiness.take(gone_on.undo())
    assert ("8.2 a", "") in readiness.cases[ISO26].carried
    fresh = Readiness(gone_on)
    assert (readiness.cases, readiness.results) == (fresh.cases, fresh.results)
    readiness.take(gone_on.undo())
    readiness.take(gone_on.undo())
    assert list(readiness.cases) == [CMMI, ISO]


def test_readiness_of_both_after_one_rating(audited: Engagement) -> None:
    audited.succeed(points_after(), "dual")
    readiness = Readiness(audited)
    readiness.take(audited.rate(ISO26, [("8.2 a", "")], "not_conforming"))
    fresh = Readiness(audited)
    assert (readiness.cases, readiness.results) == (fresh.cases, fresh.results)


def test_a_csv_that_answers_one_question_twice_is_refused_by_line(audited: Engagement) -> None:
    audited.succeed(points_after(), "dual")
    head = "catalog,item,unit,rating,finding,note,reason\n"
    raw = f"{head}{ISO},8.2 b,,partial,,,\n{ISO26},8.2 a,,conforming,,,\n".encode()
    before = audited.head()
    with pytest.raises(ImportRefusedError) as caught:
        answers_csv.bring_in(audited, raw, "in.csv")
    assert caught.value.problems == (
        "line 3: 8.2 a of Tiny ISO:2026 and 8.2 b of Tiny ISO:2015 are one question here, and each is given another "
        "rating; give both the same, or one of them none.",
    )
    assert audited.head() == before


def test_what_went_out_comes_back(audited: Engagement) -> None:
    audited.succeed(points_after(), "dual")
    text = answers_csv.written(answers_csv.rows(audited, everything=True))
    assert not answers_csv.bring_in(audited, text.encode(), "out.csv").changed


def test_an_import_of_the_same_answers_confirms_nothing(gone_on: Engagement) -> None:
    text = answers_csv.written(answers_csv.rows(gone_on))
    assert f"{ISO}," not in text
    marks = gone_on.carried(ISO26)
    assert not answers_csv.bring_in(gone_on, text.encode(), "out.csv").changed
    assert gone_on.carried(ISO26) == marks


def test_programs_read_it(gone_on: Engagement) -> None:
    found = json.loads(json.dumps(editions.bridge_json(editions.bridge(gone_on))))
    assert (found["format"], found["from"], found["to"], found["mode"]) == (
        "gapbench-bridge/1",
        ISO,
        ISO26,
        "transition",
    )
    assert found["counts"] == {"once": 7, "shared": 4, "apart": 3, "again": 1, "new": 1, "gone": 1}
    (point,) = (each for clause in found["clauses"] for each in clause["points"] if each["id"] == "8.1 c")
    assert point == {
        "id": "8.1 c",
        "title": "Point 8.1 c",
        "change": "changed",
        "note": "It is changed",
        "asked": "again",
        "disputed": False,
        "confidence": "high",
        "verify": False,
        "from": [{"id": "8.1 c", "title": "Point 2", "value": "partial"}],
        "value": None,
        "carried": False,
    }
    bare = editions.bridge_json(editions.bridge_of(between(points_after(), points(3))))
    assert "value" not in bare["clauses"][0]["points"][0]


# --- starting with both ----------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(points(3), points_after()), (points_after(), points(3))])
def test_an_engagement_starts_with_both_in_any_order(tmp_path: Path, order: tuple[object, object]) -> None:
    frameworks = [(catalog, (), 0) for catalog in order]
    with starting.start(tmp_path / "x.gapbench", PROFILE, frameworks, (), "E", dual=True) as made:  # type: ignore[arg-type]
        assert [one.catalog for one in made.frameworks()] == [ISO, ISO26]
        assert [one.mode for one in made.dual()] == ["dual"]
        assert [step.title for step in made.history()] == ["Set the scope", "Start the engagement of Acme"]


def test_each_edition_keeps_the_view_and_level_that_were_chosen(tmp_path: Path) -> None:
    from tests.engagement.small import practices

    frameworks = [(practices(), ("DEV",), 2), (practices_after(), ("SVC",), 1)]
    with starting.start(tmp_path / "x.gapbench", PROFILE, frameworks, (), "E", dual=True) as made:
        assert [(one.views, one.target) for one in made.frameworks()] == [(("DEV",), 2), (("SVC",), 1)]


def test_two_that_are_no_editions_leave_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.gapbench"
    with pytest.raises(UsageError, match="asked together when both are named"):
        starting.start(path, PROFILE, [(points(3), (), 0)], (), "E", dual=True)
    assert not path.exists()
