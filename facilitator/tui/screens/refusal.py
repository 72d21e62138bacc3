"""What the lobby says when something cannot be opened, and when it can be opened all the same."""

from facilitator.domain.errors import N_, FacilitatorError, JournalError, Message, message
from facilitator.session.readiness import Readiness, ReadinessCheck

GO_ON = message(N_("Press u again to go on without what is damaged"))


def amiss(name: str, detail: Message) -> ReadinessCheck:
    """A line for something that went wrong."""
    return ReadinessCheck(readiness=Readiness.MISSING, title=message(name), detail=detail)


def refusal(error: FacilitatorError) -> ReadinessCheck:
    """Why a meeting is not resumed; a damaged one may be, once that was read."""
    if isinstance(error, JournalError):
        return ReadinessCheck(readiness=Readiness.MISSING, title=GO_ON, detail=error.message)
    return amiss(N_("Resume"), error.message)


def accepts_damage(last: ReadinessCheck | None) -> bool:
    """Whether somebody was told of the damage, and asks again."""
    return last is not None and last.title == GO_ON
