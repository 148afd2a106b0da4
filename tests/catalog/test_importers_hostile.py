"""Files from elsewhere that are broken, hostile or simply strange: a sentence, or a catalog that is sound."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapbench.catalog.importers import foreign, recognise
from gapbench.catalog.reading import read_bytes, unprintable
from gapbench.catalog.validate import problems_of
from gapbench.errors import CatalogError, FileError
from tests.catalog.test_importers import LIBRARY, catalog, control, drafted, items, library, node, statement

if TYPE_CHECKING:
    from pathlib import Path

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)

HOSTILE: dict[str, tuple[bytes, str]] = {
    "anchors that explode": (BOMB.encode(), "line 1: the anchor 'a' is not allowed; write it out."),
    "an alias": (b"a: x\nb: *a\n", "line 2: the anchor 'a' is not allowed"),
    "a tag that builds": (b"a: !!python/object/apply:os.system [ls]\n", "line 1: the tag tag:yaml.org,2002:python"),
    "a tag on a key": (b"!!str a: b\n", "line 1: a key must be a plain word."),
    "a key that is a list": (b"? [a]\n: b\n", "a key must be a plain word"),
    "a key twice": (b"a: b\nc: d\na: e\n", "line 3: the key 'a' is given twice in one place; remove one."),
    "a key twice in JSON": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' is given twice"),
    "deep YAML": (b"a: " + b"[" * 500 + b"]" * 500, "nested more than 60 levels deep"),
    "deep JSON": (b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}", "nested more than 60 levels deep"),
    "bottomless JSON": (b'{"a":' * 200_000, "nested too deeply"),
    "NUL": (LIBRARY.replace("Orders", "Or\0ders").encode(), "a NUL character; is it a text file?"),
    "Latin-1": (LIBRARY.replace("Orders", "Aufträge").encode("latin-1"), "not UTF-8; save the file as UTF-8."),
    "UTF-16": (LIBRARY.encode("utf-16"), "is UTF-16; save it as UTF-8."),
    "half a character": (b"a: \xed\xa0\x80\n", "line 1: not UTF-8"),
    "broken YAML": (b"a: b\nc: [d\n", "not YAML, "),
    "broken JSON": (b'{"a": 1,\n "b"', "line 2: not JSON, "),
    "two documents": (b"a: b\n---\nc: d\n", "a second document begins"),
    "a list": (b"[1, 2]", "holds no `key: value` lines"),
    "a word": (b"hello", "holds no `key: value` lines"),
    "nothing": (b"", "is empty."),
    "blanks": (b" \n\t\n ", "is empty."),
    "a comment": (b"# nothing\n", "is empty."),
    "XML": (b"\xef\xbb\xbf<catalog/>", "is XML; convert it to JSON first"),
    "a mark of order in the middle": (b"a: \xff\xfe\n", "not UTF-8"),
    "too many values": (b'{"a":[' + b"0," * 1_000_001 + b"0]}", "more than 1,000,000 values"),
    "steering in a key": (b'{"\x1b[31mred": 1}', "not JSON"),
    "steering in a name": (rb'{"\u001b[31mred\u202e": 1}', "it begins with ?[31mred?"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_sentence(name: str) -> None:
    content, wanted = HOSTILE[name]
    with pytest.raises(CatalogError) as caught:
        recognise.draft_of(content, "theirs.yaml")
    said = str(caught.value)
    assert wanted in said
    assert said.startswith("theirs.yaml")
    assert said.isprintable()
    assert len(said) < 400


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "LIMIT", 1024 * 1024)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(CatalogError, match=r"^large\.json is larger than 1 MB;"):
        foreign.read_file(path)
    with pytest.raises(CatalogError, match=r"^large\.json is larger than 1 MB;"):
        foreign.parse(path.read_bytes(), "large.json")


@pytest.mark.parametrize("name", ["gone.yaml", "."])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=r"cannot be read \(.+\); check the path\.$"):
        foreign.read_file(tmp_path / name)


def test_more_requirements_than_a_catalog_takes() -> None:
    rows = (node(str(number), description="x") for number in range(12_001))
    with pytest.raises(CatalogError, match=r"holds 12,001 requirements; a catalog takes 12,000 at most"):
        recognise.draft_of(library(*rows), "theirs.json")


TEXTS = {
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+1-2",
    "at": "@SUM(A1)",
    "markup": "<b>bold</b> [link](http://example.invalid) *x* `y` {{ z }}",
    "rich": "[red]not red[/red] [@click=app.quit]x[/]",
    "yaml": "a: [b, {c: d}] # e",
    "dashes": "--- |- >- & * ! %",
    "quotes": "'\"`\\",
    "no": "no",
    "number": "8.10",
    "date": "2024-02-01",
    "cjk": "品質管理",
    "emoji": "\U0001f9ea ok",
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_stays_the_text_it_was(name: str) -> None:
    text = TEXTS[name]
    said: dict[str, Any] = {
        "name": f"N {text}",
        "description": text,
        "annotation": f"Why {text}",
        "typical_evidence": f"Seen {text}",
    }
    draft = drafted(library(node("1", False, name=text), node("1.1", above="1", **said), name=text))
    document = read_bytes(draft.text.encode(), "ours.yaml")
    group = document["groups"][0]
    (item,) = group["items"]
    assert (group["title"], item["title"], item["text"]) == (text, f"N {text}", text)
    assert (item["look_for"], item["evidence"]) == (f"Why {text}", [f"Seen {text}"])


def test_what_steers_a_terminal_is_taken_out() -> None:
    draft = drafted(library(node("1", name="a\u202eb\u200b\x1b[31mc\x85d\x00e", description="x\x07y\u2028z")))
    (item,) = items(draft)
    assert (item["title"], item["text"]) == ("ab[31mc de", "xy z")


@pytest.mark.parametrize("value", [None, True, "1", "8.10", [], {}, [[]], [{}], {"a": {}}, [None, "x"], "x" * 5000])
@pytest.mark.parametrize(
    "key", ["urn", "ref_id", "name", "description", "questions", "parent_urn", "depth", "translations"]
)
def test_a_value_of_the_wrong_kind_does_no_harm(key: str, value: Any) -> None:
    draft = drafted(library(node("1", description="Do it.") | {key: value}))
    assert items(draft)


@pytest.mark.parametrize("value", [None, True, "1", [], {}, [[]], [{}], {"a": {}}, [None, "x"], "x" * 5000])
@pytest.mark.parametrize("key", ["id", "title", "props", "parts", "params", "controls", "class"])
def test_a_value_of_the_wrong_kind_does_no_harm_in_oscal(key: str, value: Any) -> None:
    draft = drafted(
        catalog(controls=[control("a", statement("Do it.")), control("b", statement("It.")) | {key: value}])
    )
    assert len(items(draft)) >= 2


# --- whatever there is ---------------------------------------------------------------------------------

KEYS = [
    *(
        "objects",
        "framework",
        "frameworks",
        "requirement_nodes",
        "catalog",
        "groups",
        "controls",
        "parts",
        "props",
        "params",
    ),
    *("id", "title", "name", "value", "prose", "label", "class", "ns", "select", "choice", "metadata", "version"),
    *(
        "urn",
        "parent_urn",
        "ref_id",
        "description",
        "annotation",
        "typical_evidence",
        "assessable",
        "depth",
        "questions",
    ),
    *(
        "text",
        "choices",
        "translations",
        "copyright",
        "provider",
        "publication_date",
        "implementation_groups_definition",
    ),
]
WORDS = [
    *(
        "statement",
        "item",
        "guidance",
        "assessment-method",
        "method",
        "EXAMINE",
        "status",
        "withdrawn",
        "label",
        "1",
        "1.1",
    ),
    *(
        "urn:1",
        "a",
        "=1",
        "x" * 700,
        "a b. " * 300,
        "{{ insert: param, a }}",
        "no 2",
        "a)",
        "\x1b[0m",
        "§",
        "true",
        "9" * 30,
    ),
]
_words = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
_scalars = st.one_of(_words, st.booleans(), st.none(), st.integers(-3, 40))
_any = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)),
    max_leaves=25,
)
_nodes = st.lists(
    st.fixed_dictionaries(
        {"assessable": st.one_of(st.booleans(), _any)},
        optional={
            "urn": st.one_of(st.sampled_from(["urn:1", "urn:2", "urn:3"]), _any),
            "parent_urn": st.one_of(st.sampled_from(["urn:1", "urn:2", "urn:3"]), _any),
            **{key: st.one_of(_words, _any) for key in ("ref_id", "name", "description", "annotation")},
            **dict.fromkeys(("depth", "questions", "typical_evidence", "translations", "implementation_groups"), _any),
        },
    ),
    max_size=8,
)
_parts = st.lists(
    st.fixed_dictionaries(
        {"name": _words, "prose": st.one_of(_words, _any)}, optional={"parts": _any, "props": _any, "title": _any}
    ),
    max_size=4,
)
_controls = st.lists(
    st.fixed_dictionaries(
        {"id": _words, "parts": _parts}, optional=dict.fromkeys(("title", "props", "params", "controls"), _any)
    ),
    max_size=5,
)
_documents = st.one_of(
    st.fixed_dictionaries(
        {
            "objects": st.fixed_dictionaries(
                {
                    "framework": st.fixed_dictionaries(
                        {"requirement_nodes": _nodes}, optional={"name": _any, "ref_id": _any}
                    )
                }
            )
        },
        optional={"name": _any, "version": _any, "copyright": _any},
    ),
    st.fixed_dictionaries(
        {
            "catalog": st.fixed_dictionaries(
                {"controls": _controls}, optional={"groups": _any, "metadata": _any, "params": _any}
            )
        }
    ),
    st.dictionaries(st.sampled_from(KEYS), _any, max_size=4),
)


def _sentence_or_sound(data: bytes) -> None:
    try:
        draft = recognise.draft_of(data, "theirs.json")
    except CatalogError as problem:
        said = str(problem)
        assert said.startswith("theirs.json")
        assert said.endswith((".", "?"))
        assert "what it would become" not in said, said  # what we make of it is sound, or it is refused before
        assert unprintable(said) == ""
        assert len(said) < 500
        return
    assert problems_of(read_bytes(draft.text.encode(), "ours.yaml"), "ours.yaml") == ()
    for each in (draft.form, *draft.used, *draft.ignored, *draft.unplaced):
        assert unprintable(each) == ""
        assert each == each.strip() != ""


@given(_documents)
@settings(max_examples=120, deadline=5000)
def test_any_document_gives_a_sentence_or_a_sound_catalog(document: Any) -> None:
    _sentence_or_sound(json.dumps(document).encode())


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=5000)
def test_any_bytes_give_a_sentence(data: bytes) -> None:
    _sentence_or_sound(data)


@given(st.integers(0, len(LIBRARY) - 1), st.integers(1, 60), st.text(max_size=6))
@settings(max_examples=100, deadline=5000)
def test_a_spoiled_library_gives_a_sentence_or_a_sound_catalog(at: int, length: int, instead: str) -> None:
    spoiled = LIBRARY[:at] + instead + LIBRARY[at + length :]
    _sentence_or_sound(spoiled.encode("utf-8", "surrogatepass"))
