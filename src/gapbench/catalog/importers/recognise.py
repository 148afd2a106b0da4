"""Which of the formats a text file has, and the draft that its importer makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from gapbench.catalog.importers import ciso, foreign, oscal
from gapbench.catalog.reading import shown
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gapbench.catalog.importers.draft import Draft

Form = Literal["ciso", "oscal"]
OURS = re.compile(rb"^(?:\xef\xbb\xbf)?gapbench_catalog\s*:", re.MULTILINE)
"""What the head of a catalog of our own says."""


def form_of(document: Mapping[str, Any], name: str) -> Form:
    """The format of a document that was read.

    Raises:
        CatalogError: It is none that gapbench can make a catalog of.
    """
    if oscal.is_oscal(document):
        return "oscal"
    if ciso.is_library(document):
        return "ciso"
    keys = ", ".join(shown(str(key), 20) for key in list(document)[:4])
    raise CatalogError(
        f"{name} is no framework that gapbench knows (it begins with {keys or 'nothing'}); import a CISO Assistant "
        "library, an OSCAL catalog, or a catalog of gapbench's own format."
    )


def draft_of(data: bytes, name: str, form: str = "", which: str = "") -> Draft:
    """Make a draft of a CISO Assistant library or of an OSCAL catalog.

    Args:
        data: The whole file, JSON or YAML.
        name: What to call it in a sentence.
        form: "ciso" or "oscal" when the person has said it, else "".
        which: The framework that is meant, where a library has several.

    Raises:
        CatalogError: It is neither, or nothing is asked in it.
    """
    document = foreign.parse(data, name)
    if (form or form_of(document, name)) == "oscal":
        return oscal.draft(document, name)
    return ciso.draft(document, name, which)
