"""The clock of a program counts on from its start, whatever somebody sets the computer's to."""

from datetime import timedelta

import pytest

from facilitator.adapters.system_clock import SystemClock
from tests.factories import OPENED


class Computer:
    """A computer whose clock people set, and that counts what has passed."""

    def __init__(self) -> None:
        self.wall = OPENED
        self.passed = 1_000.0

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.passed += seconds


@pytest.mark.parametrize("by", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=400)])
def test_the_time_goes_on_when_the_computers_clock_is_set(by: timedelta) -> None:
    computer = Computer()
    clock = SystemClock(lambda: computer.wall, lambda: computer.passed)
    computer.pass_time(60)
    computer.wall += by

    assert clock.now() == OPENED + timedelta(seconds=60)
    assert clock.ahead() == by
    computer.pass_time(30)
    assert clock.now() == OPENED + timedelta(seconds=90)


def test_the_time_while_a_computer_sleeps_counts() -> None:
    computer = Computer()
    clock = SystemClock(lambda: computer.wall, lambda: computer.passed)
    computer.pass_time(3 * 3600)
    assert clock.now() == OPENED + timedelta(hours=3)
    assert clock.ahead() == timedelta()


def test_the_real_clock_agrees_with_the_computer() -> None:
    assert abs(SystemClock().ahead()) < timedelta(seconds=1)
