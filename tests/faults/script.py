"""A meeting over every kind of step, on a disk that may fail; and what must hold after it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from facilitator.adapters.journal_reader import JOURNAL_FILE, newest_recovered, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.publication_file import write_publication
from facilitator.domain.action import ActionStatus
from facilitator.domain.errors import FacilitatorError, JournalReplacedError
from facilitator.domain.event_history import replay
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.publication import Publication
from facilitator.domain.rules import incidents
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import (
    OPENED,
    STARTS,
    agenda,
    carried,
    close_meeting,
    incident_draft,
    meeting_events,
)

MEETING = MeetingId("2026-11-23-weekly")
STEPS = meeting_events()[1:]
"""What happens after the meeting was opened: every kind of event is among it."""
TRIES = 3
BETWEEN_MINUTES = 9
"""Steps after which the minutes are written."""

T = TypeVar("T")
Acknowledge = Callable[[str], None]
BeforeStep = Callable[[int], None]


class GaveUpError(Exception):
    """The disk refuses for good: the person leaves the program."""


def attempt(act: Callable[[], T]) -> T:
    """Do something again until the disk lets it happen; raises GaveUpError where it does not."""
    for _ in range(TRIES):
        try:
            return act()
        except FacilitatorError as error:
            error.message.translate()
    raise GaveUpError


def hold_meeting(
    folder: Path, acknowledge: Acknowledge, before_step: BeforeStep = lambda _number: None
) -> None:
    """Report an incident, hold a meeting, close it, and look back; acknowledge what was saved."""
    environment = AppEnvironment(folder)
    with suppress(GaveUpError):
        attempt(
            lambda: environment.services.incidents.step(
                incidents.report_incident, OPENED, incident_draft()
            )
        )
        acknowledge("incident")
        session = attempt(lambda: environment.services.begin(agenda(), carried()))
        try:
            _take_steps(environment, session, acknowledge, before_step)
        except GaveUpError:
            with suppress(FacilitatorError):
                session.leave()
            raise
        _look_back(environment, folder)


def _take_steps(
    environment: AppEnvironment,
    session: MeetingSession,
    acknowledge: Acknowledge,
    before_step: BeforeStep,
) -> None:
    for number, event in enumerate(STEPS, start=1):
        environment.clock.advance(seconds=20)
        before_step(number)
        attempt(lambda event=event: session.step(lambda _meeting, _now: event))  # type: ignore[misc]
        acknowledge(f"{number}")
        if number % BETWEEN_MINUTES == 0:
            attempt(session.write_minutes)
    attempt(lambda: environment.services.finish(session))
    acknowledge("finished")


def _look_back(environment: AppEnvironment, folder: Path) -> None:
    services = environment.services
    attempt(services.archive.meetings)
    action = next(iter(attempt(environment.library.open_actions)))
    attempt(
        lambda: environment.library.close_action(
            action.action.id, action.series, ActionStatus.DONE, "Seen", environment.clock.now()
        )
    )
    sent = Publication(starts=STARTS, sent_at=STARTS)
    attempt(lambda: write_publication(folder / "agenda.toml", sent, "Read\n"))
    attempt(lambda: services.carried(agenda()))
    attempt(services.library.past)
    attempt(services.incidents.incidents)
    attempt(lambda: services.archive.minutes_of(MEETING))


def find_faults(folder: Path, acknowledged: str, *, is_whole: bool = True) -> str:
    """Return what is lost or damaged once the disk is sound again; empty if nothing is.

    `is_whole` tells that no other program changed the files.
    """
    lines = acknowledged.split()
    steps = sum(line.isdigit() for line in lines)
    path = folder / MEETING / JOURNAL_FILE
    recovered = newest_recovered(path) if path.parent.is_dir() else None
    if steps:
        found = read_journal(recovered or path)
        events = found.events[-len(found.events) + _opening_events(found.events) :]
        if events[:steps] != STEPS[:steps]:
            return f"{steps} steps were acknowledged, but only {_same(events)} of them are there."
        if found.problems and is_whole:
            return f"The journal has problems: {found.problems}"
        if len(events) > steps + 1 and is_whole:
            return f"{steps} steps were acknowledged, but {len(events)} are there."
    environment = AppEnvironment(folder)
    if "incident" in lines and is_whole and not environment.services.incidents.incidents():
        return "The incident is lost."
    return _go_on(environment, folder, path, is_whole=is_whole)


def _opening_events(events: tuple[MeetingEvent, ...]) -> int:
    """Return how many events there are before the first step of the script."""
    return next((place for place, each in enumerate(events) if each == STEPS[0]), 1)


def _same(events: tuple[MeetingEvent, ...]) -> int:
    pairs = zip(events, STEPS, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(events))


def _go_on(environment: AppEnvironment, folder: Path, path: Path, *, is_whole: bool) -> str:
    """Resume what is open, close it, and compare the minutes and the library with the journals."""
    services = environment.services
    environment.clock.advance(hours=24 * 30)
    for stored in services.resumable():
        try:
            session = services.resume(stored.id, accept_damage=not is_whole)
        except JournalReplacedError:
            session = services.resume(stored.id, accept_damage=True)
        session.write_minutes()
        if not session.meeting.is_closed:
            close_meeting(session)
        services.finish(session)
    services.carried(agenda())
    past = services.library.past()
    minutes = path.with_name("minutes.md")
    if services.archive.meetings():
        text = minutes.read_text(encoding="utf-8")
        if "\nstatus: final\n" not in text or not text.endswith("\n"):
            return "The minutes are not whole."
        if is_whole:
            replay(read_journal(path).events)
    anew = LibraryFile(folder / "anew.json")
    problems = anew.rebuild(folder)
    is_begun = path.exists()  # a folder whose meeting never began is told as one without a journal
    if is_whole and problems and is_begun:
        return f"A journal has problems: {[each.translate() for each in problems]}"
    return "" if anew.past() == past else "The library differs from the journals."
