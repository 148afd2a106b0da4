"""The shipped catalogs, loaded once."""

import pytest

from gapbench.catalog.model import Catalog
from gapbench.catalog.shipped import list_shipped, load_shipped

IDS = [line.id for line in list_shipped()]


@pytest.fixture(scope="session")
def shipped() -> dict[str, Catalog]:
    return {catalog_id: load_shipped(catalog_id) for catalog_id in IDS}


@pytest.fixture(params=IDS)
def catalog(request: pytest.FixtureRequest, shipped: dict[str, Catalog]) -> Catalog:
    return shipped[request.param]


@pytest.fixture
def iso(shipped: dict[str, Catalog]) -> Catalog:
    return shipped["iso9001-2015"]


@pytest.fixture
def cmmi2(shipped: dict[str, Catalog]) -> Catalog:
    return shipped["cmmi-2.0"]


@pytest.fixture
def cmmi3(shipped: dict[str, Catalog]) -> Catalog:
    return shipped["cmmi-3.0"]
