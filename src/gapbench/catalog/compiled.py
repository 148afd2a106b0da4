"""What the YAML of overlap, packages and advice says, as the JSON beside it: no YAML is read while gapbench runs.

`compiling` writes it: python -m gapbench.catalog.compiling
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from gapbench.catalog.shipped import INDEX, catalogs_folder
from gapbench.errors import FileError

OVERLAP, PACKAGES, ADVICE = "overlap", "packages", "advice"
FOLDERS = (OVERLAP, PACKAGES, ADVICE)


@cache
def document(folder: str) -> dict[str, Any]:
    """The content of one of these folders; it is shared, so nobody changes it.

    Raises:
        FileError: It is missing or damaged.
    """
    try:
        found = json.loads((catalogs_folder() / folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise FileError("The catalogs of gapbench are missing; install gapbench again.") from problem
    return dict(found)
