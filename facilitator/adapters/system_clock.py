"""The system clock: the only module that asks what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the time of this computer."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)
