"""A client's text is only text, whatever it is, and none of it is lost."""

from __future__ import annotations

import zipfile
from dataclasses import fields, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from gapbench.engagement.values import Profile
from gapbench.excel.strings import REPLACEMENT, Cleaner
from gapbench.excel.workbook import write
from gapbench.rating.inputs import Judgement, Unit
from tests.excel import examples, oracle, reading

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "formula": "=1+1",
    "plus": "+49 40 123",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab": "\t=cmd|' /C calc'!A0",
    "carriage return": "\r=1+1",
    "link": "http://example.invalid/?a=1&b=2",
    "internal link": "internal:Cover!A1",
    "array": "{=1+1}",
    "error": "#REF!",
    "true": "TRUE",
    "number": "8.10",
    "date": "1-2",
    "markup": "<b>&amp;\"'</b>",
    "rich": "<r><t>x</t></r>",
    "broken rich": "<r>broken</r>",
    "escape": "_x0041_",
    "ampersand": "A&G & Sons &[Page] &P",
    "control": "a\x00b\x07c\x1bd",
    "surrogate": "half \ud83d of it",
    "not a character": "end \ufffe\uffff",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u202emoc\u202c \u0645\u0631\u062d\u0628\u0627",
    "cjk": "品質管理の継続的改善" * 40,
    "emoji": "\U0001f9ea" * 300,
    "lines": "one\ntwo\r\nthree\n\n\nsix",
    "one word": "x" * 3_000,
    "long": "A sentence of some words. " * 1_600,
    "very long": "界" * 40_000,
}


def hostile(text: str) -> examples.Example:
    """The text in every field that a person can fill in."""
    unit = Unit("u-1", text, "project")
    example = examples.Example(units=(unit,))
    example.add(examples.iso()).add(examples.cmmi(), "DEV", target=3)
    example.profile = Profile(**{it.name: text for it in fields(Profile)})
    example.say("iso-test", "8.10 a", "partial", note=text, reason=text)
    example.say("iso-test", "8.10 b", "na", note=text, reason=text)
    example.say("cmmi-test", "CM 2.2", "PM", unit.id, note=text)
    example.exclusions["cmmi-test"] = {("EST", unit.id): text}
    example.judgements["cmmi-test"] = {"CM 2.2": Judgement("CM 2.2", "LM", text)}
    everything = {"requirement": text, "evidence": text, "gap": text, "cause": text}
    example.findings = (examples.finding(1, "minor", [("iso-test", "8.10 a")], **everything),)
    return example


@pytest.mark.parametrize("name", list(TEXTS))
def test_every_field_stays_text_and_whole(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    file = tmp_path / "hostile.xlsx"
    write(hostile(text).deliverable(), file)
    _well_formed(file)
    formulas = [formula for *_, formula in oracle.formula_cells(file)]
    assert len(formulas) > 300
    assert text.strip() not in formulas
    assert not [it for it in formulas if "cmd|" in it or "@SUM" in it]
    book = oracle.load(file)
    wanted = Cleaner()(text)
    assert _note(book, "8.10 a", "Note").strip() == wanted.strip()
    assert _note(book, "8.10 b", "Reason").strip() == wanted.strip()
    assert _finding(book, "Evidence").strip() == wanted.strip()
    assert wanted.strip().rstrip(".") in _why(book)
    linked = {sheet.title for sheet in book.worksheets for row in sheet.iter_rows() for it in row if it.hyperlink}
    assert linked == {"Cover"}


def _note(book: object, item: str, head: str) -> str:
    rows = reading.table(book["Assessment"], "Key", "Ref", "Rating")  # type: ignore[index]
    return _unescaped("".join(str(row[head] or "") for row in rows if row["Ref"] == item))


def _finding(book: object, head: str) -> str:
    rows = reading.table(book["Findings"], "Key", "Evidence")  # type: ignore[index]
    return _unescaped("".join(str(row[head] or "") for row in rows if str(row["Key"]).startswith("f-1")))


def _why(book: object) -> str:
    rows = reading.table(book["Action plan"], "Key", "Why")  # type: ignore[index]
    return _unescaped("".join(str(row["Why"] or "") for row in rows if row["Clause or area"] != "8.10 Ten"))


def _unescaped(text: str) -> str:
    """OOXML writes an underscore that would start an escape as one; openpyxl leaves that in."""
    return text.replace("_x005F_", "_")


def _well_formed(file: Path) -> None:
    with zipfile.ZipFile(file) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ET.fromstring(parts.read(name))  # noqa: S314 (we wrote it)


def test_what_was_replaced_is_counted_and_said(tmp_path: Path) -> None:
    file = tmp_path / "client.xlsx"
    example = examples.only(examples.iso())
    example.say("iso-test", "4.1 a", "partial", note="bell \x07 and half \udc00")
    write(example.deliverable(), file)
    book = oracle.load(file)
    note = _note(book, "4.1 a", "Note")
    assert note == f"bell {REPLACEMENT} and half {REPLACEMENT}"
    values = {row[0].value: row[1].value for row in book["Metadata"].iter_rows(max_col=2)}
    assert int(values["Characters replaced because a file cannot hold them"]) > 0


@pytest.mark.parametrize("client", ["A&G Ltd", "3M & Söhne", "x" * 400, "&P of &N", "Line\nbreak", "品質" * 90, "&"])
def test_the_footer_names_the_client_and_fits(client: str, tmp_path: Path) -> None:
    file = tmp_path / "client.xlsx"
    example = examples.only(examples.iso())
    example.profile = replace(examples.PROFILE, client=client, classification=f"Top & {client}")
    write(example.deliverable(), file)
    with zipfile.ZipFile(file) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                footer = ET.fromstring(parts.read(name)).find(".//{*}oddFooter")  # noqa: S314
                assert footer is not None
                text = footer.text or ""
                assert len(text.encode("utf-16-le")) // 2 <= 255
                assert text.endswith("page &P of &N")
                shown = text.replace("&&", "\0").replace('&"Arial,Regular"&8', "")
                assert shown.count("&") == 5  # &L &C &R &P &N
                assert text.isprintable()


@pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no oracle")
@pytest.mark.parametrize("name", ["formula", "control", "right to left", "cjk", "ampersand", "very long", "rich"])
def test_libreoffice_still_agrees(name: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.xlsx"
    write(hostile(TEXTS[name]).deliverable(), file)
    assert oracle.ask(file).sound
