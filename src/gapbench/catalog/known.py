"""Every catalog that a person can choose: those that come with gapbench, then their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import CatalogError, UsageError

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.catalog.shipped import CatalogLine


class CircleError(CatalogError):
    """A catalog rests on itself."""


def list_known() -> tuple[CatalogLine, ...]:
    """Shipped catalogs in the order of their families, then one's own; no YAML is read when nothing changed."""
    from gapbench.catalog import library, shipped

    return (*shipped.list_shipped(), *library.look().lines)


def load_known(catalog_id: str, *, inside: tuple[str, ...] = ()) -> Catalog:
    """Load a catalog by its id, without regard to case; a shipped one goes before one's own.

    Args:
        catalog_id: As typed.
        inside: Catalogs that wait for this one: they contain it, or came after it.

    Raises:
        UsageError: There is none of that name; the sentence names those that exist.
        CatalogError: One's own is not sound any more.
        CircleError: It waits for itself.
    """
    from gapbench.catalog import library, shipped
    from gapbench.catalog.load import load, load_trusted

    wanted = catalog_id.strip().casefold()
    if wanted in inside:
        raise CircleError(f"{wanted} rests on itself ({', '.join((*inside, wanted))}); correct `extends` and `base`.")
    lines = shipped.list_shipped()
    if (path := shipped.find_shipped(wanted, lines)) is not None:
        return load_trusted(path, inside=inside)
    if (path := library.find(wanted)) is not None:
        return load(path, inside=inside)
    raise UsageError(shipped.unknown(catalog_id, [line.id for line in (*lines, *library.look().lines)]))


def find_known(catalog_id: str) -> Catalog | None:
    """A catalog by its id; None when gapbench has none of that name, or only one that is not sound."""
    try:
        return load_known(catalog_id)
    except (UsageError, CatalogError):
        return None
