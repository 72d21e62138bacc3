"""Fixtures of all tests."""

import pytest

from facilitator.adapters.in_memory import ManualClock
from tests.factories import OPENED


@pytest.fixture
def clock() -> ManualClock:
    """A clock at the start of the sample meeting; it moves by hand."""
    return ManualClock(OPENED)
