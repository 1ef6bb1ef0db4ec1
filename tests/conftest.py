"""Which tests run: slow ones when asked for, or where nothing may skip."""

import os

import pytest
from hypothesis import settings

settings.register_profile("kg", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("kg")
REQUIRED = os.environ.get("KG_REQUIRE_SERVICES") == "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if REQUIRED or config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="slow: run with --slow, or under KG_REQUIRE_SERVICES=1")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)
