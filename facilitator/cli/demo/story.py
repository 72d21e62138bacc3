"""What was said in the sample's meeting of the week before, read from a file beside its agenda."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskState


class StoryAction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An action item that the meeting added."""

    item: str
    """The id of the agenda item during which it was added."""
    title: str
    owner: PersonId
    due: int
    """Days after the sample's meeting; below 0, the action item is overdue."""
    criterion: str


class StoryRisk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A risk that somebody raised."""

    item: str
    """The id of the agenda item during which it was raised."""
    text: str
    raiser: PersonId
    owner: PersonId
    state: RiskState
    solution: str = ""


class StoryAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a KPI was off target or unusual, and what was proposed."""

    cause: str
    proposal: str


class Story(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one meeting left in its journal."""

    focus: str
    signed: PersonId
    """Who signed “no known problem”."""
    notes: Mapping[str, str]
    """By agenda item."""
    parked: Mapping[str, str]
    """By agenda item."""
    actions: tuple[StoryAction, ...]
    risks: tuple[StoryRisk, ...]
    question: Decision
    """Prepared for that meeting, and postponed to the sample's."""
    postponed_because: str
    answers: Mapping[str, StoryAnswer]
    """By KPI; what is not here was left open."""


def load_story(file: Path) -> Story:
    """Return the story that a file holds; raises FacilitatorError where it is damaged."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Story)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FacilitatorError(
            N_("The sample is damaged: {problem} Install Facilitator again."),
            problem=f"{file}: {error}.",
        ) from error
