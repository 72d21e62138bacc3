"""The system clock, the only module that reads the current time."""

from datetime import UTC, datetime


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        return datetime.now(UTC)
