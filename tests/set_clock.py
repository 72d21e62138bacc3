"""The program on a computer whose clock was set: `python set_clock.py MOMENT WORD…`."""

import sys
from datetime import UTC, datetime

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.program import main


def set_clock(moment: datetime) -> None:
    """Have the computer's clock go on from another moment than this one."""
    ahead = moment - datetime.now(UTC)

    def now(_clock: SystemClock) -> datetime:
        return datetime.now(UTC) + ahead

    setattr(SystemClock, "now", now)  # noqa: B010 - no type for what only a test may do


if __name__ == "__main__":
    set_clock(datetime.fromisoformat(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
