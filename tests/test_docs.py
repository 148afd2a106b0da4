"""The papers keep up with the program: commands, links, decisions, and nothing of our own desks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", "dist", "build", "out", "__pycache__", "node_modules"}
BINARY = {".gapbench", ".ico", ".pdf", ".png", ".pyc", ".whl", ".xlsx", ".zip"}


def files() -> list[Path]:
    """What belongs to the project: what git knows or would take; without git, what lies here."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = [ROOT / line for line in listed.splitlines()]
    except (OSError, subprocess.CalledProcessError):
        found = list(ROOT.rglob("*"))
    return sorted(path for path in found if path.is_file() and not _is_skipped(path))


def _is_skipped(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts
    return any(part in SKIPPED or part.startswith(".venv") for part in folders)


PAPERS = [path for path in files() if path.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def commands() -> list[str]:
    """The commands as the program itself lists them to a person."""
    shown = subprocess.run(
        [sys.executable, "-m", "gapbench", "--help"], capture_output=True, text=True, check=True
    ).stdout
    listed = shown.partition("\ncommands:\n")[2].partition("\n\n")[0]
    return re.findall(r"^ {2,4}([a-z]+)(?= |$)", listed, re.MULTILINE)


def test_every_command_has_its_place_in_the_manual() -> None:
    manual = (ROOT / "docs" / "commands.md").read_text("utf-8")
    known = commands()
    assert {"demo", "new", "rate", "readiness", "export", "check"} <= set(known)
    assert [name for name in known if f"gapbench {name}" not in manual] == []


@pytest.mark.parametrize("paper", PAPERS, ids=named(PAPERS))
def test_links_lead_somewhere(paper: Path) -> None:
    text = re.sub(r"```.*?```", "", paper.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(<?([^)>\s]+)>?\)", text)
    targets += re.findall(r'(?:src|href)="([^"]+)"', text)
    local = [each.partition("#")[0] for each in targets if "://" not in each]
    missing = [each for each in local if each and not (paper.parent / each).exists()]
    assert missing == []


@pytest.mark.parametrize("paper", DECISIONS, ids=named(DECISIONS))
def test_a_decision_has_its_three_parts_and_is_short(paper: Path) -> None:
    text = paper.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert len(text.split()) < 450


def test_there_are_decisions() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 5


# Spelt in pieces, so that this file does not find itself.
OUR_DESKS = re.compile(
    r"(?<![\w.\-}\])*])/" + "work/" + r"|\.lib" + r"rary/|pypi" + r"\.org|python" + r"hosted|npm"
    r"js\.(?:org|com)|/opt/" + "pypi"
)


def test_no_file_names_our_desks_or_where_packages_come_from() -> None:
    texts = [path for path in files() if path.suffix not in BINARY]
    assert len(texts) > 20
    lines = (
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:90]}"
        for path in texts
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if OUR_DESKS.search(line)
    )
    assert list(lines) == []


def test_locks_carry_a_hash_for_everything() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        pins = re.findall(r"^[\w.-]+==.*?(?=^[\w.-]+==|\Z)", lock.read_text("utf-8"), re.M | re.S)
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
