"""Answers as CSV: what goes out comes back, whatever the text."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapbench.catalog.model import Catalog, Group, Item
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.errors import ImportRefusedError
from gapbench.rating.inputs import Answer, Finding, Unit
from gapbench.work import answers_csv, words

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = "catalog,item,unit,rating,finding,note,reason"
ISO = "small-iso"


def catalog() -> Catalog:
    """One leaf with four points."""
    items = tuple(Item(f"4.1 {mark}", "4.1", f"Title {mark}", f"Question {mark}?") for mark in ("§1", "a", "b", "c"))
    groups = (Group("4", "Context"), Group("4.1", "The organisation", parent="4"))
    return Catalog(ISO, "ISO 9001", "2015", "ISO 9001", "conformity", 1, groups, items)


def made(path: Path, *units: Unit) -> Engagement:
    engagement = Engagement.create(path, Profile("ACME"), author="E. Gray")
    engagement.add_framework(catalog())
    for unit in units:
        engagement.put_unit(unit)
    return engagement


@pytest.fixture
def engagement(tmp_path: Path) -> Iterator[Engagement]:
    with made(tmp_path / "one.gapbench") as opened:
        yield opened


def bring(engagement: Engagement, *lines: str, header: str = HEADER) -> answers_csv.Done:
    return answers_csv.bring_in(engagement, "\r\n".join([header, *lines]).encode(), "in.csv")


texts = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["=1+1", "+x", "-", "@a", '"', '""', ",", ";", "\n", "a\r\nb", "\r", " leading", "\t", "\x00", "\x1b[2J", "\ufffe",
     "東京", "\u202e"]
)  # fmt: skip
values = st.sampled_from(["", "conforming", "partial", "not_conforming", "na", "condition_not_met"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["4.1 §1", "4.1 a", "4.1 b", "4.1 c"]), st.tuples(values, texts, texts)))
def test_out_and_in_again_is_the_same(said: dict[str, tuple[str, str, str]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        made(Path(folder) / "one.gapbench") as one,
        made(Path(folder) / "two.gapbench") as other,
    ):
        for item, (value, note, reason) in said.items():
            kept = reason if reason.strip() or value != "na" else "because"
            one.rate(ISO, [(item, "")], value, note=note, reason=kept)
        text = answers_csv.written(answers_csv.rows(one))
        answers_csv.bring_in(other, text.encode(), "out.csv")
        assert answers_csv.written(answers_csv.rows(other)) == text
        assert other.answers(ISO) == one.answers(ISO)


def test_a_finding_goes_with_its_item(engagement: Engagement) -> None:
    engagement.rate(ISO, [("4.1 a", ""), ("4.1 b", "")], "partial")
    engagement.record_finding(Finding("", 0, "minor", ((ISO, "4.1 a"),)))
    engagement.record_finding(Finding("", 0, "major", ((ISO, "4.1 a"), (ISO, "4.1 b"))))
    engagement.record_finding(Finding("", 0, "observation", ((ISO, "4.1 c"),)))
    rows = answers_csv.rows(engagement)
    assert [(row[1], row[3], row[4]) for row in rows] == [
        ("4.1 a", "partial", "minor"),
        ("4.1 b", "partial", ""),
        ("4.1 c", "", "observation"),
    ]


def test_a_finding_stands_once_where_sites_answer(tmp_path: Path) -> None:
    with made(tmp_path / "sites.gapbench", Unit("n", "North", "site"), Unit("s", "South", "site")) as engagement:
        engagement.rate(ISO, [("4.1 a", "n"), ("4.1 a", "s")], "partial")
        engagement.record_finding(Finding("", 0, "minor", ((ISO, "4.1 a"),)))
        assert [(row[2], row[4]) for row in answers_csv.rows(engagement)] == [("North", "minor"), ("South", "")]


def test_a_finding_may_rest_on_what_one_site_has_said(tmp_path: Path) -> None:
    with made(tmp_path / "sites.gapbench", Unit("n", "North", "site"), Unit("s", "South", "site")) as engagement:
        case = engagement.case(ISO)
        subject = words.subject([case.scope], "4.1 a")
        for value, refused in (("partial", False), ("not_conforming", False), ("conforming", True), ("", True)):
            why = words.refuse_finding(case, subject, {("4.1 a", "n"): value}, "minor")
            assert (why is not None) is refused


def test_an_import_is_one_step(engagement: Engagement) -> None:
    done = bring(engagement, f"{ISO},4.1 a,,partial,minor,n,", f"{ISO},4.1 b,,na,,,r")
    assert (done.rows, done.findings, done.changed) == (2, 1, True)
    assert engagement.undo_title() == "Import answers from in.csv"
    engagement.undo()
    assert (engagement.answers(ISO), engagement.findings()) == ({}, ())


def test_the_same_again_is_no_step(engagement: Engagement) -> None:
    line = f"{ISO},4.1 a,,partial,minor,n,"
    bring(engagement, line)
    head = engagement.head()
    assert bring(engagement, line).changed is False
    assert engagement.head() == head


def test_an_empty_rating_clears_and_other_empty_cells_leave_what_is_there(engagement: Engagement) -> None:
    bring(engagement, f"{ISO},4.1 a,,partial,,note,reason")
    bring(engagement, f"{ISO},4.1 a,,,,,")
    assert engagement.answer(ISO, "4.1 a", "") == Answer("", "note", "reason")


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (HEADER, "small-iso,4.1 a,,partial,,n,"),
        ("\ufeff" + HEADER, "SMALL-ISO,4.1A,Organisation,PARTIAL,,n,"),
        (HEADER.replace(",", ";"), ";4.1 a;organisation;Partial;;n;"),
        ("Note, Item ,unit,rating,finding,catalog,reason", "n,clause 4.1 a,,partial,,,"),
        (HEADER, '"small-iso","4.1 a","","partial","","n",""\r\n\r\n,,,,,,'),
    ],
)
def test_many_spellings_are_understood(engagement: Engagement, header: str, line: str) -> None:
    bring(engagement, line, header=header)
    assert engagement.answers(ISO) == {("4.1 a", ""): Answer("partial", "n")}


def test_a_paragraph_may_be_spelt_plainly(engagement: Engagement) -> None:
    bring(engagement, f"{ISO},4.1 para 1,,conforming,,,")
    assert set(engagement.answers(ISO)) == {("4.1 §1", "")}


def test_every_wrong_line_is_named_and_nothing_is_written(engagement: Engagement) -> None:
    head = engagement.head()
    with pytest.raises(ImportRefusedError) as refused:
        bring(
            engagement,
            f"{ISO},4.1 a,,conforming,,,",
            f'{ISO},4.1 b,,partial,,"two\r\nlines",',
            f"{ISO},4.1 x,,partial,,,",
            f"{ISO},4.1 c,Mars,good,grave,,",
            f"{ISO},4.1 c,,na,,,",
            f"{ISO},4.1 a,,conforming,major,,",
        )
    lines = [problem.partition(": ")[0] for problem in refused.value.problems]
    assert lines == ["line 5", "line 6", "line 6", "line 6", "line 7", "line 8", "line 8"]
    assert engagement.head() == head


def test_findings_that_differ_on_one_item_are_refused(tmp_path: Path) -> None:
    with (
        made(tmp_path / "sites.gapbench", Unit("n", "North", "site"), Unit("s", "South", "site")) as engagement,
        pytest.raises(ImportRefusedError) as refused,
    ):
        bring(engagement, f"{ISO},4.1 a,North,partial,minor,,", f"{ISO},4.1 a,South,partial,major,,")
    assert refused.value.problems == ("line 3: the finding on 4.1 a is minor on line 2.",)


def test_what_is_written_is_plain_csv(engagement: Engagement) -> None:
    engagement.rate(ISO, [("4.1 a", "")], "partial", note='=cmd|"x"\nsecond')
    text = answers_csv.written(answers_csv.rows(engagement))
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {"catalog": ISO, "item": "4.1 a", "unit": "", "rating": "partial", "finding": "", "note": '=cmd|"x"\nsecond',
         "reason": ""}
    ]  # fmt: skip


def test_many_rows_are_quick_to_refuse_and_the_limit_of_a_cell_is_put_back(engagement: Engagement) -> None:
    before = csv.field_size_limit()
    with pytest.raises(ImportRefusedError) as refused:
        bring(engagement, *[f"{ISO},4.1 z,,partial,,,"] * 20_000)
    assert len(refused.value.problems) == 20_000
    assert csv.field_size_limit() == before
