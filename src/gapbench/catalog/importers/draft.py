"""What an importer gives back: a catalog in our format, and an account of what became of everything else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gapbench.catalog.reading import read_bytes
from gapbench.catalog.validate import problems_of
from gapbench.catalog.writing import written
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Draft:
    """A catalog made of somebody else's file, not yet written anywhere.

    Attributes:
        document: The catalog as the YAML file says it, in plain values.
        form: What the file was, "CISO Assistant library" or "OSCAL catalog 1.1.2".
        used: One sentence for each thing that was taken.
        ignored: What was left aside because gapbench has no use for it.
        unplaced: What would have been of use and found no place.
        words: Number of an item or group -> the source's own words, where a line of ours does not hold them all.
        source: The file itself, where it is in our format already; with its remarks.
    """

    document: Mapping[str, Any]
    form: str
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def id(self) -> str:
        """Id of the catalog."""
        return str(self.document["id"])

    @property
    def text(self) -> str:
        """The catalog as YAML."""
        return self.source or written(self.document)

    @property
    def items(self) -> int:
        """How many items it has."""
        return sum(len(group.get("items", ())) for group in self.document["groups"])

    def named(self, catalog_id: str) -> Draft:
        """The same under another id.

        Raises:
            CatalogError: A catalog cannot have this id.
        """
        return checked(replace(self, document={**self.document, "id": catalog_id}, source=""), "--as")


def checked(draft: Draft, name: str) -> Draft:
    """The draft, once its text has been read back and held against every rule.

    Args:
        draft: What an importer made.
        name: What to call the source in a sentence.

    Raises:
        CatalogError: It is not a sound catalog; the sentence names the first thing that is in the way.
    """
    document = read_bytes(draft.text.encode("utf-8", "surrogatepass"), name)
    if problems := problems_of(document, name):
        raise CatalogError(f"{name} cannot be made a catalog; in what it would become, {problems[0]}")
    return draft
