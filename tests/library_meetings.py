"""Hold meetings and record them in a library: each begins with what the one before left."""

from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionId
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import decisions, kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.ports import Library
from facilitator.session.stored_meetings import MeetingId
from tests.factories import (
    ON,
    STARTS,
    MeetingHarness,
    agenda,
    explained_answer,
    question,
    scorecard,
)

WEEK = timedelta(days=7)


def begin_meeting(library: Library, on: date = ON, series: str = "weekly") -> MeetingHarness:
    """Begin a meeting with what the library carries over to it, and start its first item."""
    prepared = replace(agenda(series=series, starts=STARTS + (on - ON)), decisions=())
    harness = MeetingHarness(prepared, library.carried(series, on))
    harness.step(clock_rules.start_next_item)
    return harness


def meeting_id_of(harness: MeetingHarness) -> MeetingId:
    """Return the id that a folder of meetings would give it."""
    return MeetingId(f"{harness.meeting.date.isoformat()}-{harness.meeting.agenda.series}")


def end_meeting(library: Library, harness: MeetingHarness, *, is_closed: bool = True) -> None:
    """Close a meeting, unless it is to stay open, and record it."""
    if is_closed:
        harness.close()
    library.record(meeting_id_of(harness), harness.meeting)


def add_action(harness: MeetingHarness, title: str) -> ActionId:
    """Add an action item for the Friday after the first meeting; return its number."""
    return harness.add_action(title, due=date(2026, 11, 27)).id


def propose_decision(harness: MeetingHarness, text: str, **fields: object) -> DecisionId:
    """Propose a decision; return its number."""
    draft = replace(question(text), **fields)  # type: ignore[arg-type]
    return harness.step(decisions.propose_decision, draft).decisions[-1].id


def library_of_meetings(root: Path, weeks: int = 1, series: str = "weekly") -> LibraryFile:
    """Hold some meetings of a series in a folder, each with one action item and an occasion."""
    library = LibraryFile(root / "library.json")
    folder = MeetingsFolder(root, library)
    for week in range(weeks):
        meeting_id, journal, _ = folder.start(series, ON + week * WEEK)
        harness = begin_meeting(library, ON + week * WEEK, series)
        add_action(harness, f"Order {week}")
        harness.step(meeting_rules.load_kpis, scorecard())
        harness.step(kpi_answers.explain_kpi, explained_answer())
        harness.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, f"Occasion {week}")
        harness.close()
        for event in harness.events:
            journal.append(event)
        journal.close()
        library.record(meeting_id, harness.meeting)
    return library
