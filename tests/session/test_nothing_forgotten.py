"""What a meeting leaves reaches the next one: every part of it, from either library."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.rules import decisions, lifecycle, risks
from facilitator.domain.rules import notes as note_rules
from facilitator.session.ports import Library
from facilitator.session.stored import MeetingId
from tests.building import ON, Table, full_table, problem, question

WEEK = timedelta(weeks=1)
FROM_ELSEWHERE = {"incidents", "usual"}
"""What no single meeting leaves: incidents have a log of their own, the usual takes several."""


@pytest.fixture(params=["memory", "file"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return MemoryLibrary() if request.param == "memory" else LibraryFile(tmp_path / "library.json")


def left_by(library: Library, table: Table) -> CarryOver:
    library.record(MeetingId(f"{ON}-weekly"), table.meeting)
    return library.carried("weekly", ON + WEEK)


def everything() -> Table:
    """A closed meeting that leaves something of each kind behind."""
    table = full_table()
    table.step(lifecycle.reopen_meeting, "A wrong date", table.meeting.numbers)
    table.step(risks.raise_risk, problem("The quote is late"))
    table.step(note_rules.park_topic, "A second warehouse")
    meeting = table.step(decisions.propose_decision, question("Sell in France?"))
    table.step(decisions.postpone_decision, meeting.decisions[-1].id, "No quote yet")
    table.close()
    return table


def test_no_part_of_it_is_empty(library: Library) -> None:
    carried = left_by(library, everything())
    empty = {each.name for each in fields(CarryOver) if not getattr(carried, each.name)}

    assert empty == FROM_ELSEWHERE


def test_no_number_is_given_away_twice(library: Library) -> None:
    table = everything()
    numbers = left_by(library, table).numbers
    used = table.meeting.numbers

    assert (numbers.action, numbers.decision, numbers.risk) == (
        used.action,
        used.decision,
        used.risk,
    )
    assert numbers.topic >= used.topic
    assert numbers.note == NextNumbers().note
