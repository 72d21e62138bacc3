"""The reception: what the lobby shows at once, and the desk, which takes a moment to lay.

Nothing here loads what a running meeting needs; that comes with the desk, beside the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from facilitator.session.ports import Clock
    from facilitator.session.services import Services
    from facilitator.session.stored_meetings import PreparedAgenda


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What the composition root hands to the lobby."""

    clock: Clock
    at_hand: Callable[[Path | None], PreparedAgenda | None]
    """The agenda that was named, or the only one there is: what the first paint can show."""
    agendas: Callable[[], Sequence[PreparedAgenda]]
    """Reads the agenda files anew; one of them may be broken, and says so."""
    lay_desk: Callable[[], Services]
    """Puts the desk together, the same one each time. Call it in a worker."""
