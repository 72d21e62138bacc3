"""Fixtures of all tests."""

import os

import pytest

from facilitator.adapters.in_memory import ManualClock
from tests.factories import OPENED


@pytest.fixture
def clock() -> ManualClock:
    """A clock at the start of the sample meeting; it moves by hand."""
    return ManualClock(OPENED)


def pytest_xdist_auto_num_workers() -> int:
    """Return half as many workers again as there are cores: tests of screens often wait."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2
