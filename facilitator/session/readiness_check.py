"""One readiness check with its result."""

from enum import StrEnum

from msgspec import Struct

from facilitator.domain.errors import Diagnostic, Message, Translate


class Readiness(StrEnum):
    """The result of a readiness check."""

    READY = "ready"
    WARNING = "warning"
    MISSING = "missing"
    WAITING = "waiting"
    """Not known yet: the reports are being read."""


class ReadinessCheck(Struct, frozen=True, kw_only=True):
    """One readiness check with its result."""

    readiness: Readiness
    title: Message
    detail: Message
    """What was found, or what to do about it."""
    diagnostic: Diagnostic | None = None
    """The diagnostic of the file, if the check is about one."""

    def translate(self, translate: Translate = str) -> str:
        """Return what was found, where, and what to do about it, in one line."""
        if self.diagnostic is not None:
            return self.diagnostic.translate(translate)
        return self.detail.translate(translate)


def blocking_checks(checks: tuple[ReadinessCheck, ...]) -> tuple[ReadinessCheck, ...]:
    """Return the checks that need a reason to begin the meeting all the same."""
    return tuple(each for each in checks if each.readiness is Readiness.MISSING)
