"""The system clock, the only module that reads the current time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_COUNTER = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""The clock that counts while the computer sleeps: on Linux `CLOCK_BOOTTIME`, on macOS
`CLOCK_MONOTONIC`. Elsewhere there is `time.monotonic`, which does so on Windows."""


def _seconds_passed() -> float:
    return time.monotonic() if _COUNTER is None else time.clock_gettime(_COUNTER)


def _wall_time() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The time of this computer at the start of the program, plus what has passed since.

    Somebody who sets the computer's clock during a meeting changes no duration in it.
    """

    def __init__(
        self,
        wall_time: Callable[[], datetime] = _wall_time,
        seconds_passed: Callable[[], float] = _seconds_passed,
    ) -> None:
        """Read both once; `wall_time` can be set by people, `seconds_passed` cannot."""
        self._wall_time = wall_time
        self._seconds_passed = seconds_passed
        self._started_at = wall_time()
        self._started = seconds_passed()

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        return self._started_at + timedelta(seconds=self._seconds_passed() - self._started)

    def ahead(self) -> timedelta:
        """Return how far the computer's clock, as it stands now, is ahead of this one."""
        return self._wall_time() - self.now()
