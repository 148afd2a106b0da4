"""A client's text is only text: what goes in comes out, but for what no file may carry."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.text import clean_text
from gapbench.engagement.values import PROFILE_FIELDS, Profile
from gapbench.errors import RefusedError
from gapbench.rating.inputs import Answer, Finding, Unit
from tests.engagement.small import CMMI, ISO

KEPT = [
    "[/", "[red]x[/red]", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "'; DROP TABLE answer; --", '"quoted" \\ back',
    "Zeile 1\nZeile 2\tTab", "  spaces  ", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "\u05e9\u05dc\u05d5\u05dd", "日本語",
    "\N{GRINNING FACE}\N{ZERO WIDTH JOINER}", "e\N{COMBINING ACUTE ACCENT}", "\u2028line", "%s %d {}", "\ufeffbom",
    "x" * 40_000, "ß" * 199_999, "null", "true", "0", "{}", "[]",
]  # fmt: skip
CLEANED = {
    "a\0b": "a\ufffdb",
    "\x1b]0;pwned\x07": "\ufffd]0;pwned\ufffd",
    "\x9b31m": "\ufffd31m",
    "\ud800 alone": "\ufffd alone",
    "\udfff\ud800": "\ufffd\ufffd",
    "\ufffe\uffff": "\ufffd\ufffd",
    "dos\r\nlines\r\n": "dos\nlines\n",
    "mac\rline": "mac\ufffdline",
    "del\x7f": "del\ufffd",
}
TEXTS = [*((text, text) for text in KEPT), *CLEANED.items()]


@pytest.mark.parametrize(("given_", "stored"), TEXTS)
def test_through_every_field(engagement: Engagement, given_: str, stored: str) -> None:
    name = f"U {given_[:50]} U"
    engagement.describe(Profile(**dict.fromkeys(PROFILE_FIELDS, given_ + "!")))
    engagement.put_unit(Unit("u", name, "project", given_))
    engagement.rate(ISO, [("8.1 a", "")], "partial", note=given_, reason=given_)
    engagement.rate(CMMI, [("CM 1.1", "u")], "LM", note=given_)
    engagement.exclude(CMMI, "SAM", "u", given_ + "!")
    engagement.record_finding(Finding("f", 0, "minor", ((ISO, "8.1 a"),), *4 * (given_,)))
    engagement.rate(ISO, [("8.1 b", "")], "partial", title=given_)
    path = engagement.path
    engagement.close()
    with Engagement.open(path) as again:
        assert again.profile() == Profile(**dict.fromkeys(PROFILE_FIELDS, stored + "!"))
        unit = next(unit for unit in again.units() if unit.id == "u")
        assert unit.note == stored
        assert unit.name == clean_text(" ".join(name.split()))
        assert again.answer(ISO, "8.1 a", "") == Answer("partial", stored, stored)
        assert again.exclusions(CMMI) == {("SAM", "u"): stored + "!"}
        finding = again.findings()[0]
        assert {finding.requirement, finding.evidence, finding.gap, finding.cause} == {stored}
        assert again.undo_title() == clean_text(given_[:200])
        assert again.check() == ()
        while again.undo_title():
            again.undo()
        assert again.check() == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters()))
def test_any_text_at_all(engagement: Engagement, text: str) -> None:
    engagement.note(ISO, "8.1 a", "", text)
    assert engagement.answer(ISO, "8.1 a", "").note == clean_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    clean_text(text).encode("utf-8")


def test_author_and_file_name(engagement: Engagement) -> None:
    path = engagement.path.with_name("[red]\x1b]0;x.gapbench")
    with Engagement.create(path, Profile("X"), author="E\x1b[31m Gray") as other:
        assert other.history()[0].author == "E\ufffd[31m Gray"
        with pytest.raises(Exception, match="window") as caught:
            Engagement.open(path)
        assert "\x1b" not in str(caught.value)


def test_too_long_is_refused_with_the_length() -> None:
    with pytest.raises(RefusedError, match="The note has 200,001 characters and 200,000 fit"):
        clean_text("x" * 200_001, "The note")
