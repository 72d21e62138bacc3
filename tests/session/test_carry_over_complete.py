"""Everything that a meeting leaves is carried over, with either library."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import fields

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.rules import decisions, lifecycle, risks
from facilitator.domain.rules import notes as note_rules
from facilitator.session.ports import Library
from facilitator.session.stored_meetings import MeetingId
from tests.factories import ON, MeetingHarness, full_meeting, question, risk_draft

WEEK = timedelta(weeks=1)
FROM_ELSEWHERE = {"incidents", "overruled", "usual"}
"""Fields that no single meeting fills.

Incidents have a journal, so has what was closed between meetings; usual times take several.
"""


@pytest.fixture(params=["memory", "file"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return MemoryLibrary() if request.param == "memory" else LibraryFile(tmp_path / "library.json")


def left_by(library: Library, harness: MeetingHarness) -> CarryOver:
    library.record(MeetingId(f"{ON}-weekly"), harness.meeting)
    return library.carried("weekly", ON + WEEK)


def everything() -> MeetingHarness:
    """Return a closed meeting that leaves something of each kind."""
    harness = full_meeting()
    harness.step(lifecycle.reopen_meeting, "A wrong date", harness.meeting.numbers)
    harness.step(risks.raise_risk, risk_draft("The quote is late"))
    harness.step(note_rules.park_topic, "A second warehouse")
    meeting = harness.step(decisions.propose_decision, question("Sell in France?"))
    harness.step(decisions.postpone_decision, meeting.decisions[-1].id, "No quote yet")
    harness.close()
    return harness


def test_the_carry_over_of_a_full_meeting_has_no_empty_field(library: Library) -> None:
    carried = left_by(library, everything())
    empty = {each.name for each in fields(CarryOver) if not getattr(carried, each.name)}

    assert empty == FROM_ELSEWHERE


def test_no_number_is_used_in_two_meetings(library: Library) -> None:
    harness = everything()
    numbers = left_by(library, harness).numbers
    used = harness.meeting.numbers

    assert (numbers.action, numbers.decision, numbers.risk) == (
        used.action,
        used.decision,
        used.risk,
    )
    assert numbers.topic >= used.topic
    assert numbers.note == NextNumbers().note
