"""What the lobby needs at start-up, before the services of a meeting are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from facilitator.session.ports import Clock
    from facilitator.session.services import Services
    from facilitator.session.stored_meetings import PreparedAgenda


class LobbyContext(Struct, frozen=True, kw_only=True):
    """What the composition root hands to the lobby."""

    clock: Clock
    default_agenda: Callable[[Path | None], PreparedAgenda | None]
    """The agenda that was named, or the only one there is: what the first paint can show."""
    agendas: Callable[[], Sequence[PreparedAgenda]]
    """Reads the agenda files anew; one of them may be broken, and says so."""
    build_services: Callable[[], Services]
    """Puts the desk together, the same one each time. Call it in a worker."""
