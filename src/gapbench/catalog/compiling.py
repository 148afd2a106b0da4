"""The YAML of overlap, packages and advice, checked and written as the JSON that gapbench reads when it runs.

After a change there: python -m gapbench.catalog.compiling
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gapbench.catalog import compiling_advice, compiling_overlap, compiling_packages
from gapbench.catalog.compiled import ADVICE, FOLDERS, OVERLAP, PACKAGES
from gapbench.catalog.shipped import INDEX, catalogs_folder
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_WRITERS: dict[str, Callable[[Path], tuple[dict[str, Any], tuple[str, ...]]]] = {
    OVERLAP: compiling_overlap.compile_folder,
    PACKAGES: compiling_packages.compile_folder,
    ADVICE: compiling_advice.compile_folder,
}


def text_of(folder: str) -> str:
    """What the index of a folder should say.

    Raises:
        FileError: A file cannot be read.
        CatalogError: A file is not sound; each problem is a line with file, line, entry and key.
    """
    document, problems = _WRITERS[folder](catalogs_folder() / folder)
    if problems:
        raise CatalogError("\n".join(problems))
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def write() -> None:
    """Bring every index in line with its files."""
    for folder in FOLDERS:
        (catalogs_folder() / folder / INDEX).write_text(text_of(folder), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
