"""The lines of the readiness list: how each thing stands before the meeting."""

from dataclasses import dataclass
from enum import StrEnum

from facilitator.domain.errors import Diagnostic, Message, Translate


class Readiness(StrEnum):
    """How one thing stands before the meeting."""

    READY = "ready"
    WARNING = "warning"
    MISSING = "missing"
    WAITING = "waiting"
    """Not known yet: the reports are still being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the readiness list."""

    readiness: Readiness
    title: Message
    detail: Message
    """What was found, or what to do about it."""
    problem: Diagnostic | None = None
    """Set where a file is at fault."""

    def said(self, translate: Translate = str) -> str:
        """What was found, where, and what to do about it, in one line."""
        if self.problem is not None:
            return self.problem.said(translate)
        return self.detail.said(translate)


def blocking(lines: tuple[Check, ...]) -> tuple[Check, ...]:
    """The lines that need a reason before the meeting begins all the same."""
    return tuple(line for line in lines if line.readiness is Readiness.MISSING)
