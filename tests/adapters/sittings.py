"""Meetings held for a library: what one leaves, the next begins with."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.ports import Library
from facilitator.session.stored import MeetingId
from tests.building import ON, STARTS, Table, agenda, explained, question, scorecard

WEEK = timedelta(days=7)


def sit(library: Library, on: date = ON, series: str = "weekly") -> Table:
    """A meeting under way, with what the library says it begins with."""
    prepared = replace(agenda(series=series, starts=STARTS + (on - ON)), decisions=())
    table = Table(prepared, library.carried(series, on))
    table.step(clock_rules.start_next_item)
    return table


def name_of(table: Table) -> MeetingId:
    return MeetingId(f"{table.meeting.date.isoformat()}-{table.meeting.agenda.series}")


def end(library: Library, table: Table, *, is_closed: bool = True) -> None:
    """End a meeting, or leave it as it is, and take it in."""
    if is_closed:
        table.close()
    library.record(name_of(table), table.meeting)


def promise(table: Table, title: str) -> ActionId:
    draft = ActionItem(id=ActionId(""), title=title, owner=PersonId("mei"), due=date(2026, 11, 27))
    return table.step(actions.add_action, draft).actions[-1].id


def ask(table: Table, text: str) -> DecisionId:
    return table.step(decisions.propose_decision, question(text)).decisions[-1].id


def held(root: Path, weeks: int = 1, series: str = "weekly") -> LibraryFile:
    """A folder in which some meetings were held, each promising one thing."""
    library = LibraryFile(root / "library.json")
    folder = MeetingsFolder(root, library)
    for week in range(weeks):
        meeting_id, journal, _ = folder.start(series, ON + week * WEEK)
        table = sit(library, ON + week * WEEK, series)
        promise(table, f"Promise {week}")
        table.step(meeting_rules.load_kpis, scorecard())
        table.step(kpi_answers.explain_kpi, explained())
        table.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, f"Occasion {week}")
        table.close()
        for event in table.events:
            journal.append(event)
        journal.close()
        library.record(meeting_id, table.meeting)
    return library
