"""The meeting in the lobby that can be gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.domain.errors import FacilitatorError
from facilitator.tui.screens.refusal import accepts_damage, refusal

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from facilitator.session.readiness import ReadinessCheck
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.session.stored_meetings import StoredMeeting
    from facilitator.tui.screens.house import House


class Resumption:
    """Which meeting is chosen, and why it could not be opened, if so."""

    def __init__(self) -> None:
        self.meeting: StoredMeeting | None = None
        self.refused: ReadinessCheck | None = None

    @property
    def may_be_forgotten(self) -> bool:
        """Whether nobody has ever closed it."""
        return self.meeting is not None and not self.meeting.is_reopened

    def choose(self, meeting: StoredMeeting) -> None:
        """Have another meeting gone on with."""
        self.meeting, self.refused = meeting, None

    def find_again(self, house: House) -> None:
        """Keep to the same meeting, as it is found now."""
        self.meeting = house.again(self.meeting)

    def resume(self, services: Services, meeting: StoredMeeting) -> MeetingSession:
        """Go on with it; a refusal is remembered, and accepted when asked once more."""
        try:
            return services.resume(meeting.id, accept_damage=accepts_damage(self.refused))
        except FacilitatorError as error:
            self.refused = refusal(error)
            raise
