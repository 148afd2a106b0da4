"""Going on to a new edition, and what changed, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.engagement.engagement import Engagement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]
    Snapshot = Callable[[], dict[str, Any]]

ISO, ISO26 = "iso9001-2015", "iso9001-2026"


@pytest.fixture
def rated(run: Run, acme: Path) -> Path:
    """Clause 9 conforms, save for one point with its finding."""
    run("rate", acme, "9", "conforming")
    run("rate", acme, "9.2.2 b", "partial", "--finding", "minor")
    return acme


def assessed(run: Run, path: Path) -> list[str]:
    return [each["catalog"] for each in json.loads(run("readiness", path, "--json").out)["assessments"]]


def test_a_transition_and_the_way_back(run: Run, rated: Path) -> None:
    before = json.loads(run("readiness", rated, "--json").out)["assessments"]
    said = run("transition", rated, "--to", ISO26)
    assert (said.code, said.err) == (0, "")
    flat = " ".join(said.out.split())
    assert "acme.gapbench went from ISO 9001:2015 to ISO 9001:2026." in flat
    assert "points keep their answers, marked as carried over until you confirm them" in flat
    assert "9 points changed: asked again" in flat
    assert "12 points are new" in flat
    assert "1 finding goes along" in flat
    assert "Next: `gapbench bridge acme.gapbench` says what changed" in flat
    assert max(map(len, said.out.splitlines())) < 80
    assert assessed(run, rated) == [ISO26, "cmmi-2.0"]
    assert run("check", rated).out == "acme.gapbench: sound.\n"
    assert run("undo", rated).out == "Took back: Go from ISO 9001:2015 to 2026\n"
    assert json.loads(run("readiness", rated, "--json").out)["assessments"] == before
    assert run("redo", rated).out == "Did again: Go from ISO 9001:2015 to 2026\n"
    assert assessed(run, rated) == [ISO26, "cmmi-2.0"]


def test_it_says_beforehand_what_would_come_of_it(run: Run, rated: Path, snapshot: Snapshot) -> None:
    before = snapshot()
    said = run("transition", rated, "--to", ISO26, "--dry-run")
    flat = " ".join(said.out.split())
    assert "would go from ISO 9001:2015 to ISO 9001:2026." in flat
    assert f"`gapbench transition acme.gapbench --to {ISO26}` does it." in flat
    report = json.loads(run("transition", rated, "--to", ISO26, "--dry-run", "--json").out)
    assert snapshot() == before
    done = json.loads(run("transition", rated, "--to", ISO26, "--json").out)
    assert report == done | {"done": False}
    assert {key: done[key] for key in ("from", "to", "mode", "changed", "new", "done")} == {
        "from": ISO,
        "to": ISO26,
        "mode": "transition",
        "changed": 9,
        "new": 12,
        "done": True,
    }
    assert done["findings"] == {"moved": 1, "left": []}
    assert 0 < done["carried"] == done["answers"]


def test_both_editions_together(run: Run, rated: Path) -> None:
    said = run("transition", rated, "--to", ISO26, "--dual")
    flat = " ".join(said.out.split())
    assert "acme.gapbench is asked about ISO 9001:2015 and ISO 9001:2026 together." in flat
    assert "points are one question for both" in flat
    assert assessed(run, rated) == [ISO, ISO26, "cmmi-2.0"]
    assert run("rate", rated, f"{ISO26}:4.1 §1", "conforming").out == "Rate 4.1 §1 conforming.\n"
    with Engagement.open(rated, read_only=True) as engagement:
        assert engagement.answer(ISO, "4.1 §1", "").value == "conforming"


def test_cmmi_goes_on_too(run: Run, acme: Path) -> None:
    run("rate", acme, "RDM 2.4", "LM", "--unit", "Falcon", "--note", "Late")
    report = json.loads(run("transition", acme, "--to", "cmmi-3.0", "--json").out)
    assert (report["carried"], report["from"]) == (1, "cmmi-2.0")
    with Engagement.open(acme, read_only=True) as engagement:
        falcon = engagement.units()[0].id
        assert engagement.answer("cmmi-3.0", "RDM 2.3", falcon).note == "Late"
        assert engagement.carried("cmmi-3.0") == {("RDM 2.3", falcon): "cmmi-2.0:RDM 2.4"}
        (found,) = (one for one in engagement.frameworks() if one.catalog == "cmmi-3.0")
        assert (found.views, found.target) == (("DEV",), 3)


def test_starting_with_both(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.gapbench"
    said = run("new", path, "--client", "ACME", "--framework", ISO26, "--framework", ISO, "--dual")
    assert (said.code, said.err) == (0, "")
    assert "ISO 9001:2015 and ISO 9001:2026 are asked together" in said.out
    assert assessed(run, path) == [ISO, ISO26]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--to", "cmmi-2.0"], 1, "is in this engagement already"),
        (["--to", "iso14001-2026"], 1, "follows iso14001-2015, which is not in this engagement; it has ISO 9001:2015"),
        (["--to", "iso9001-2062"], 2, "did you mean iso9001-20"),
        ([], 2, "needs --to"),
    ],
)
def test_what_cannot_be_gone_on_to(
    run: Run, acme: Path, snapshot: Snapshot, words: list[str], code: int, sentence: str
) -> None:
    before = snapshot()
    said = run("transition", acme, *words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.sentence
    assert snapshot() == before


def test_a_model_that_follows_none_is_never_converted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.gapbench"
    if run("new", path, "--client", "ACME", "--framework", "cmmi-dev-1.3").code:
        pytest.skip("CMMI-DEV V1.3 is not shipped yet")
    said = run("transition", path, "--to", "cmmi-2.0")
    assert said.code == 1
    assert "a rating is never converted" in said.sentence
    assert "crosswalk" in said.sentence


def test_two_steps_at_once_name_the_crosswalk(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.gapbench"
    run("new", path, "--client", "ACME", "--framework", "cmmi-dev-1.3")
    said = run("transition", path, "--to", "cmmi-3.0")
    assert said.code == 1
    assert "`gapbench catalogs map cmmi-dev-1.3 cmmi-3.0`" in said.sentence


def test_the_edition_before_says_by_what_it_was_followed(run: Run, rated: Path) -> None:
    run("transition", rated, "--to", ISO26)
    said = run("rate", rated, f"{ISO}:4.1 §1", "partial")
    assert said.code == 2
    assert (
        f"ISO 9001:2015 was followed by ISO 9001:2026 in this engagement and is only read; write {ISO26}:4.1 §1"
        in said.sentence
    )


def test_dual_copies_what_was_split_or_merged(run: Run, acme: Path) -> None:
    run("rate", acme, "5.2", "conforming")
    run("rate", acme, "10", "conforming")
    report = json.loads(run("transition", acme, "--to", ISO26, "--dual", "--json").out)
    assert (report["shared"], report["apart"], report["changed"], report["new"]) == (308, 4, 9, 12)
    with Engagement.open(acme, read_only=True) as engagement:
        twins = engagement.twins_of(ISO26)
        apart = {
            item for item in ("5.2.1 a", "5.2.1 e", "10.1 §1", "10.1 §2") if engagement.answer(ISO26, item, "").value
        }
        assert apart
        assert not apart & {item for item, others in twins.items() if others}
        assert not engagement.carried(ISO26)
    assert run("check", acme).code == 0
    assert "308 one question for both, 4 unchanged but split or merged" in " ".join(run("bridge", acme).out.split())


def test_what_lies_outside_the_new_view_is_said(run: Run, acme: Path) -> None:
    run("rate", acme, "SAM", "FM", "--unit", "Falcon")
    said = run("transition", acme, "--to", "cmmi-3.0", "--dry-run")
    assert "practices with an answer lie outside DEV and do not count (SAM" in " ".join(said.out.split())


def test_new_counts_what_is_in_scope_of_both(run: Run, tmp_path: Path) -> None:
    said = run(
        "new", tmp_path / "x.gapbench", "--client", "A", "--dual",
        "--framework", "cmmi-2.0:dev:3", "--framework", "cmmi-3.0:dev:3",
    )  # fmt: skip
    assert "of 170 practices 166 are one question for both, 4 changed, 0 new" in " ".join(said.out.split())


def test_new_hints_at_what_would_be_asked_twice(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "x.gapbench", "--client", "A", "--framework", ISO, "--framework", "as9100d")
    assert "contains ISO 9001:2015 whole" in said.sentence
    said = run("new", tmp_path / "y.gapbench", "--client", "A", "--framework", ISO, "--framework", ISO26)
    assert "--dual asks what is the same once" in said.sentence


def test_only_one_of_two_editions_leaves_no_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.gapbench"
    said = run("new", path, "--client", "ACME", "--framework", ISO26, "--dual")
    assert (said.code, path.exists()) == (2, False)
    assert "--framework iso9001-2015 --framework iso9001-2026 --dual" in said.sentence


# --- the bridge ----------------------------------------------------------------------------------


def test_the_bridge_of_an_engagement(run: Run, rated: Path) -> None:
    run("transition", rated, "--to", ISO26)
    run("rate", rated, "9.2.2 a", "conforming")
    said = run("bridge", rated)
    assert (said.code, said.err) == (0, "")
    assert max(map(len, said.out.splitlines())) < 80
    flat = " ".join(said.out.split())
    assert flat.startswith("ISO 9001:2015 to ISO 9001:2026 ")
    assert "9 changed, 12 new, 0 gone" in flat
    assert "Was 9.2.2 b partial. Now conforming." in flat
    assert "were only moved or put in other words; --all shows them." in flat
    assert ".." not in flat.replace("...", "")
    assert len(run("bridge", rated, "--all").out) > len(said.out)


def test_the_bridge_before_it_is_crossed(run: Run, rated: Path) -> None:
    flat = " ".join(run("bridge", rated, "--to", ISO26).out.split())
    assert "Was 9.2.2 b partial." in flat
    assert "Not rated yet" not in flat
    assert run("bridge", rated).code == 2


def test_the_bridge_between_catalogs(run: Run) -> None:
    said = run("bridge", "--from", ISO, "--to", ISO26)
    assert said.code == 0
    assert said.out == run("bridge", "--to", ISO26).out
    report = json.loads(run("bridge", "--to", ISO26, "--json").out)
    assert (report["format"], report["from"], report["mode"]) == ("gapbench-bridge/1", ISO, None)
    (point,) = (each for row in report["clauses"] for each in row["points"] if each["id"] == "4.2 c")
    assert (point["change"], point["asked"], point["verify"]) == ("new", "new", True)


def test_several_bridges_ask_for_a_name(run: Run, acme: Path) -> None:
    run("transition", acme, "--to", ISO26)
    run("transition", acme, "--to", "cmmi-3.0")
    assert "name iso9001-2026 or cmmi-3.0" in run("bridge", acme).sentence
    assert run("bridge", acme, "--to", "CMMI-3.0").out.startswith("CMMI 2.0 to CMMI 3.0")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "needs an engagement, or the new edition with --to"),
        (["--to", ISO], "has no edition before it"),
        (["--from", "cmmi-2.0", "--to", ISO26], "follows iso9001-2015, not cmmi-2.0"),
        (["acme.gapbench", "--from", ISO, "--to", ISO26], "leave --from out"),
        (["acme.gapbench"], "No framework of this engagement follows another edition yet"),
        (["acme.gapbench", "--to", "iso14001-2026"], "follows iso14001-2015, and this engagement has"),
    ],
)
def test_bridges_that_lead_nowhere(run: Run, acme: Path, words: list[str], sentence: str) -> None:
    said = run("bridge", *words)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.sentence


# --- two editions asked together -----------------------------------------------------------------


@pytest.fixture
def together(run: Run, acme: Path) -> Path:
    """ISO 9001:2015 and 2026 asked together, nothing answered."""
    assert run("transition", acme, "--to", ISO26, "--dual").code == 0
    return acme


def test_a_number_that_is_one_question_in_both_is_not_ambiguous(run: Run, together: Path) -> None:
    assert run("rate", together, "4.1 §1", "partial", "--note", "Seen").out == "Rate 4.1 §1 partial.\n"
    with Engagement.open(together) as engagement:
        said = [
            engagement.answer(*pair, "").value
            for pair in ((ISO, "4.1 §1"), *engagement.twins_of(ISO, ["4.1 §1"])["4.1 §1"])
        ]
    assert said == ["partial", "partial"]


def test_a_number_that_means_two_questions_still_is(run: Run, together: Path) -> None:
    with Engagement.open(together) as engagement:
        former, new = engagement.catalog(ISO).item, engagement.catalog(ISO26).item
        twins = engagement.twins_of(ISO)
        two = next(name for name in former if name in new and (ISO26, name) not in twins.get(name, ()))
    refused = run("rate", together, two, "partial")
    assert refused.code == 2
    assert f"may mean {ISO}:{two} or {ISO26}:{two}" in refused.sentence


def test_a_finding_on_twins_is_changed_and_not_doubled(run: Run, together: Path) -> None:
    run("rate", together, "4.1 §1", "not_conforming", "--finding", "minor")
    run("rate", together, f"{ISO26}:4.1 §1", "not_conforming", "--finding", "major")
    with Engagement.open(together) as engagement:
        (finding,) = engagement.findings()
        assert (finding.cls, {catalog for catalog, _ in finding.items}) == ("major", {ISO, ISO26})


def test_answers_go_out_with_the_finding_of_twins_and_come_back_as_they_were(run: Run, together: Path) -> None:
    run("rate", together, "4.1 §1", "not_conforming", "--finding", "minor")
    table = run("answers", "export", together).out
    assert [line.split(",")[4] for line in table.splitlines()[1:]] == ["minor", "minor"]
    run("answers", "export", together, "-o", "out.csv")
    assert "1 finding" not in run("answers", "import", together, "out.csv").out
    run("undo", together)
    assert run("answers", "import", together, "out.csv").code == 0
    with Engagement.open(together) as engagement:
        (finding,) = engagement.findings()
        assert (finding.cls, len(finding.items)) == ("minor", 2)
    assert run("answers", "export", together).out == table


def test_one_question_cannot_have_two_findings(run: Run, together: Path) -> None:
    run("rate", together, "4.1 §1", "not_conforming", "--finding", "minor")
    run("answers", "export", together, "-o", "out.csv")
    first, last = (together.parent / "out.csv").read_bytes().decode().rsplit("minor", 1)
    (together.parent / "two.csv").write_bytes(f"{first}major{last}".encode())
    refused = run("answers", "import", together, "two.csv")
    assert refused.code == 1
    assert "is minor on line 2" in refused.err
