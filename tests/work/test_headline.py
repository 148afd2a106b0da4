"""Readiness in a line: the words, and never a percentage alone."""

from dataclasses import replace

import pytest

from gapbench.cli import readiness_text
from gapbench.rating.inputs import Answer, Case, Finding, Scope
from gapbench.rating.models import model_of
from gapbench.work.headline import VERDICTS, Headline, headline, headlines, progress
from tests.engagement.small import ISO, points, practices
from tests.rating.small import spice

ITEMS = [item.id for item in points().items]


def _iso(values: dict[str, str], findings: tuple[Finding, ...] = ()) -> tuple[Headline, str]:
    answers = {(item, ""): Answer(value, reason="because") for item, value in values.items()}
    return _line(Case(Scope(points()), answers, findings=findings))


def _cmmi(value: str, items: int = 99, target: int = 2) -> tuple[Headline, str]:
    catalog = practices()
    answers = {(item.id, ""): Answer(value, note="seen") for item in catalog.items[:items]}
    return _line(Case(Scope(catalog, ("DEV",), target), answers))


def _line(case: Case) -> tuple[Headline, str]:
    result = model_of(case.scope).assess(case)
    return headline(case, result), progress(case, result)


def test_nothing_rated_has_no_percentage() -> None:
    line, far = _iso({})
    assert (line.name, line.short, line.figure, line.detail) == ("Tiny ISO:2015", "Tiny", "nothing rated", "")
    assert far == "0 of 6 points"


def test_a_percentage_stands_beside_its_coverage_and_its_minors() -> None:
    line, far = _iso({"8.1 a": "conforming", "8.1 b": "partial"})
    assert line.figure == "75.0 % of 33 %"
    assert line.detail == "1 minor"
    assert line.verdict == "incomplete"
    assert far == "2 of 6 points"


def test_a_major_is_never_hidden_by_a_good_percentage() -> None:
    values = dict.fromkeys(ITEMS, "conforming") | {"8.1 a": "not_conforming"}
    major = Finding("f1", 1, "major", ((ISO, "8.1 a"),))
    line, _ = _iso(values, (major,))
    assert (line.figure, line.detail) == ("83.3 % of 100 %", "1 major")
    assert line.verdict != "likely"
    assert line.tone == "bad"


def test_all_conforming_is_likely() -> None:
    line, far = _iso(dict.fromkeys(ITEMS, "conforming"))
    assert (line.figure, line.detail, line.verdict, line.tone) == ("100.0 % of 100 %", "0 minors", "likely", "good")
    assert far == "6 of 6 points"


def test_a_level_says_what_is_reached_aimed_at_and_missing() -> None:
    line, far = _cmmi("FM", items=4)
    assert line.name == "Tiny CMMI 2.0 DEV"
    assert line.figure == "ML0 > 2"
    assert line.detail.endswith(" to ML1")
    assert far == "4 of 16 practices"


def test_a_level_beyond_the_one_aimed_at_says_how_much_was_seen() -> None:
    line, _ = _cmmi("FM")
    assert (line.figure, line.detail, line.verdict, line.tone) == (
        "ML3 > 2",
        "100 % characterized",
        "on target",
        "good",
    )


def test_several_views_stand_in_the_name() -> None:
    case = Case(Scope(practices(), ("DEV", "SVC"), 2))
    assert headline(case, model_of(case.scope).assess(case)).name == "Tiny CMMI 2.0 DEV+SVC"


def test_short_names_tell_apart_what_stands_together() -> None:
    def short(*names: tuple[str, str]) -> list[str]:
        cases = {
            f"{title}-{edition}": Case(Scope(replace(points(), id=f"{title}-{edition}", title=title, edition=edition)))
            for title, edition in names
        }
        results = {name: model_of(case.scope).assess(case) for name, case in cases.items()}
        return [line.short for line in headlines(cases, results)]

    assert short(("ISO 9001", "2015"), ("CMMI", "2.0")) == ["ISO", "CMMI"]
    assert short(("ISO 9001", "2015 + Amd 1:2024"), ("ISO 9001", "2026"), ("CMMI", "2.0")) == ["2015", "2026", "CMMI"]
    assert short(("ISO 9001", "2015"), ("ISO 14001", "2015")) == ["9001", "14001"]
    assert short(("ISO 9001", "2015"), ("ISO 9001", "2026"), ("ISO 14001", "2026")) == ["2015", "9001:2026", "14001"]


@pytest.mark.parametrize(
    "verdict",
    ["not_ready", "not_recommended", "likely_with_plan", "likely", "incomplete", "below_target", "on_target"],
)
def test_every_verdict_has_words_and_a_tone(verdict: str) -> None:
    case = Case(Scope(points()))
    result = replace(model_of(case.scope).assess(case), verdict=verdict)
    line = headline(case, result)
    assert line.verdict == VERDICTS[verdict]
    assert line.tone in {"good", "fair", "bad"}
    assert (line.tone == "good") == (verdict in {"likely", "on_target"})


def test_a_profile_counts_what_stands_before_the_next_levels() -> None:
    line, _ = _line(spice({"SWE.1 PA 1.1": "P", "SUP.1 PA 2.2": "L"}, target=3))
    assert (line.figure, line.detail) == ("CL0 > 3", "2 to next levels")
    line, _ = _line(spice({"SWE.1 PA 1.1": "P"}, target=1))
    assert line.detail == "1 to next level"


def test_nobody_is_recommended_where_nobody_certifies() -> None:
    case = Case(Scope(replace(points(), family="Supplier check")), {(item, ""): Answer("conforming") for item in ITEMS})
    assert _line(case)[0].verdict == "would pass"


def test_the_printed_profile_says_where_the_lowest_stands(capsys: pytest.CaptureFixture[str]) -> None:
    case = spice({"SWE.1 PA 1.1": "P"}, target=3)
    readiness_text.show(case, model_of(case.scope).assess(case))
    said = " ".join(capsys.readouterr().out.split())
    assert "The lowest of 2 processes is at capability level 0; 1 is at the 3 aimed at; 10 of 10" in said
    assert "Each of the" not in said


def test_the_closing_lines_fit_the_families_and_none_stands_twice() -> None:
    lines = readiness_text.closing([spice(), spice(), Case(Scope(points()))])
    assert len(lines) == 2
    assert "certif" not in lines[0]
    assert "certification body" in lines[1]
