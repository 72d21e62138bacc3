"""Benchmarks of steps on disk, the minutes, and the library."""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.event_codec import JournalLine, encode_line
from facilitator.adapters.in_memory import MemoryMinutes
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.system_clock import SystemClock
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemId
from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.decision import OptionId
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.search import search_past
from facilitator.domain.rules import actions, decisions
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.session.session import MeetingSession
from tests.bench.measurement import Figure, Scale, median
from tests.factories import ON, PEOPLE, STARTS, MeetingHarness, agenda, question, scorecard

WINDOW = 200
"""Steps at the beginning and at the end of which the median is reported."""
NOTE_EVERY = 10
"""Steps; the others are drafts, as while typing."""
SERIES = 10
REASON = "The rank fell two weeks running"
UNNOTICED = 0.15
"""Seconds; as long as a quick blink of an eye."""
NOTES = 5
"""Steps of each meeting of a library."""
REPETITIONS = 9
"""Repetitions of something quick."""


def steps(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure a step of the session, against the bare write and sync of the same bytes."""
    taken, bare = _take_steps(scale.steps, folder)
    window = min(WINDOW, scale.steps // 2)
    for what, part in (
        (f"a step, the first {window}", slice(0, window)),
        (f"a step, the last {window} of {scale.steps:,}", slice(-window, None)),
    ):
        yield Figure(
            what=what,
            figure=median(taken[part]),
            floor=median(bare[part]),
            floor_is="bare write + sync",
            most_ratio=1.2,
        )


def minutes(scale: Scale, _folder: Path) -> Iterator[Figure]:
    """Measure the minutes of a very long meeting."""
    meeting = _long_meeting(scale.items)
    now = meeting.seen_at
    lines = render_minutes(meeting, Language(), now).split("\n")
    yield Figure(
        what=f"minutes of {scale.items} items, {len(lines):,} lines",
        figure=_seconds(lambda: render_minutes(meeting, Language(), now)),
        floor=_seconds(lambda: "\n".join(lines)),
        floor_is="joining the lines",
    )


def library(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure what the lobby reads from the library when it opens."""
    root = folder / "meetings"
    file = root / "library.json"
    write_journals(root, scale.meetings)
    LibraryFile(file).rebuild(root)

    def opened() -> None:
        LibraryFile(file).carried("weekly-0", ON + timedelta(weeks=scale.meetings))

    def looked_through() -> None:
        found = LibraryFile(file)
        found.sync(root)
        if len(found.meetings()) != scale.meetings:
            raise ValueError("The library does not hold every meeting.")

    def searched() -> None:
        found = LibraryFile(file)
        found.sync(root)
        if len(search_past(found.past(), "硅胶盖 rose")) < scale.meetings:
            raise ValueError("The search does not find what every meeting noted.")

    floor = _seconds(lambda: json.loads(file.read_bytes()))
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    yield Figure(
        what=f"a library of {scale.meetings:,} meetings: opened, what one series carries over",
        figure=_seconds(opened),
        floor=floor,
        floor_is="json.loads",
        note=size,
    )
    yield Figure(
        what=f"a library of {scale.meetings:,} meetings: held against the journals, all listed",
        figure=_seconds(looked_through),
        floor=floor,
        floor_is="json.loads",
        note=size,
    )
    yield Figure(
        what=f"a search in {scale.meetings:,} meetings, held against the journals first",
        figure=_seconds(searched),
        floor=floor,
        floor_is="json.loads",
        most=UNNOTICED,
        note=size,
    )


def _seconds(do: Callable[[], object]) -> float:
    found = []
    for _ in range(REPETITIONS):
        begun = time.perf_counter()
        do()
        found.append(time.perf_counter() - begun)
    return median(found)


def _take_steps(count: int, folder: Path) -> tuple[list[float], list[float]]:
    """Return the seconds of each step, and of writing its line by hand."""
    path = folder / "steps.jsonl"
    session = MeetingSession.open(
        agenda(),
        CarryOver(),
        journal=JournalFile(path),
        minutes=MemoryMinutes(),
        clock=SystemClock(),
        language=Language(),
    )
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    bare_handle = os.open(folder / "bare.jsonl", flags, 0o600)
    taken, bare = [], []
    with path.open("rb") as journal:
        os.write(bare_handle, journal.read())
        for number in range(count):
            begun = time.perf_counter()
            _step(session, number)
            taken.append(time.perf_counter() - begun)
            line = journal.read()
            begun = time.perf_counter()
            os.write(bare_handle, line)
            os.fsync(bare_handle)
            bare.append(time.perf_counter() - begun)
    os.close(bare_handle)
    session.leave()
    return taken, bare


def _step(session: MeetingSession, number: int) -> None:
    text = f"Conversion fell after the competitor's coupon of {number} ct"
    if number % NOTE_EVERY == NOTE_EVERY - 1:
        session.step(note_rules.take_note, text)
    else:
        session.step(meeting_rules.save_draft, "note", (("text", text),))


def _long_meeting(count: int) -> Meeting:
    items = tuple(
        Item(id=ItemId(f"item-{place}"), title=f"Topic {place}", timebox=timedelta(minutes=3))
        for place in range(count)
    )
    questions = tuple(question(f"Question {place}?") for place in range(count // 10))
    harness = MeetingHarness(replace(agenda(), items=items, decisions=questions))
    harness.step(meeting_rules.load_kpis, scorecard())
    for place in range(count):
        harness.step(clock_rules.start_next_item)
        harness.step(
            note_rules.take_note, f"What was said of topic {place}, in a *sentence* or two."
        )
        if place % 5 == 0:
            harness.step(actions.add_action, _action_item(f"Tell the supplier of topic {place}"))
    for decision in harness.meeting.decisions:
        harness.step(decisions.choose_option, decision.id, OptionId("A"), REASON)
    return harness.close()


def _action_item(title: str) -> ActionItem:
    return ActionItem(
        id=ActionId(""),
        title=title,
        owner=PEOPLE[0].id,
        due=ON + timedelta(days=7),
        criterion="Their answer is in the folder",
    )


def write_journals(
    root: Path, count: int, before_close: Callable[[MeetingHarness, int], object] | None = None
) -> None:
    """Write weekly meetings of several series; each leaves an action item and a decision open.

    `before_close` is called with each meeting and its week.
    """
    for number in range(count):
        week, series = divmod(number, SERIES)
        prepared = agenda(series=f"weekly-{series}", starts=STARTS + timedelta(weeks=week))
        folder = root / f"{prepared.starts.date()}-{prepared.series}"
        folder.mkdir(parents=True)
        lines = enumerate(_held_meeting(prepared, week, before_close).events, start=1)
        content = b"".join(encode_line(JournalLine(number=at, event=each)) for at, each in lines)
        (folder / "journal.jsonl").write_bytes(content)


def _held_meeting(
    prepared: Agenda, week: int, before_close: Callable[[MeetingHarness, int], object] | None
) -> MeetingHarness:
    numbers = NextNumbers(action=3 * week + 1, decision=2 * week + 1, topic=week + 1)
    harness = MeetingHarness(prepared, CarryOver(numbers=numbers))
    harness.step(clock_rules.start_next_item)
    harness.step(meeting_rules.load_kpis, scorecard())
    for title in ("Lower the bids", "Tell the supplier", "Photograph the bottle"):
        harness.step(actions.add_action, _action_item(title))
    for action in harness.meeting.actions[1:]:
        harness.step(actions.finish_action, action.id, "Mail of today")
    harness.step(decisions.choose_option, harness.meeting.decisions[0].id, OptionId("A"), REASON)
    harness.step(decisions.postpone_decision, harness.meeting.decisions[1].id, "No quote yet")
    harness.step(note_rules.park_topic, "A second warehouse")
    for number in range(NOTES):
        harness.step(note_rules.take_note, f"硅胶盖: the click price rose {number} weeks running")
    if before_close is not None:
        before_close(harness, week)
    harness.close()
    return harness
