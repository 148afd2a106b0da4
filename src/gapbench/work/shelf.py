"""The engagements of a folder: who, how ready, when last touched; read without changing a byte of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.errors import GapbenchError
from gapbench.work.headline import Headline, headline
from gapbench.work.readiness import Readiness

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SUFFIX = ".gapbench"


@dataclass(frozen=True)
class Book:
    """One engagement on the shelf.

    Attributes:
        problem: Why it cannot be read, as a sentence; "" when it can.
    """

    path: Path
    client: str = ""
    title: str = ""
    headlines: tuple[Headline, ...] = ()
    changed: datetime | None = None
    problem: str = ""


def shelf(folder: Path) -> list[Path]:
    """Engagement files of a folder, the one touched last first."""
    try:
        files = [path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file()]
        return sorted(files, key=lambda path: (-path.stat().st_mtime, path.name))
    except OSError:
        return []


def look(path: Path) -> Book:
    """Read what the shelf shows of one engagement."""
    try:
        with Engagement.open(path, read_only=True) as engagement:
            profile = engagement.profile()
            readiness = Readiness(engagement)
            lines = tuple(headline(case, readiness.results[catalog]) for catalog, case in readiness.cases.items())
            return Book(path, profile.client, profile.title, lines, engagement.head()[1])
    except GapbenchError as problem:
        return Book(path, problem=str(problem))


def free_name(folder: Path, client: str) -> Path:
    """A file name for a new engagement that is not taken."""
    words = "-".join("".join(char if char.isalnum() else " " for char in client.casefold()).split())
    stem = words[:40] or "engagement"
    path, number = folder / f"{stem}{SUFFIX}", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}{SUFFIX}", number + 1
    return path
