"""What tests of every floor share."""

import pytest

from facilitator.adapters.memory import HandClock
from tests.building import OPENED


@pytest.fixture
def clock() -> HandClock:
    """A clock at the start of the sample meeting; it moves by hand."""
    return HandClock(OPENED)
