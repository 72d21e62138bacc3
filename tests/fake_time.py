"""Run the program at another time: `python fake_time.py MOMENT WORD…`."""

import sys
from datetime import UTC, datetime

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.main import main


def fake_time(moment: datetime) -> None:
    """Make the clock of the process run from another time."""
    ahead = moment - datetime.now(UTC)

    def now(_clock: SystemClock) -> datetime:
        return datetime.now(UTC) + ahead

    setattr(SystemClock, "now", now)  # noqa: B010 - no type for what only a test may do


if __name__ == "__main__":
    fake_time(datetime.fromisoformat(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
