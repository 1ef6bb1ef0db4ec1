"""A story that several tests of this room tell on."""

import pytest

from tests.resolve.readings import Story


@pytest.fixture
def story() -> Story:
    """Tom is mention 0, John 1, Ann 2."""
    made = Story()
    for name in ("Tom", "John", "Ann"):
        made.person(name)
    return made
