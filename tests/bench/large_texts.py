"""Benchmarks of a very long meeting and a very long history: how long a key holds the program up.

The apps run without a terminal. Measured is the longest stretch of processor time for which the
event loop does nothing else, so that a busy machine does not count; the floor is the same key in a
short meeting or history.
"""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.pilot import Pilot

from facilitator.domain.rules import actions, decisions, focus
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from tests.bench.measurement import Figure, Scale, median
from tests.bench.persistence import write_journals
from tests.environment import AppEnvironment
from tests.factories import MeetingHarness, action_draft, question, scorecard
from tests.tui.harness import LobbyUi, MeetingUi, press_at_once, wait_for_keys, wait_for_workers

NOTICED = 0.05
"""Seconds for which the program may be busy before somebody who types notices."""
ROUNDS = 3
SHORT_MEETING, SHORT_HISTORY = 10, 10
MEETING_KEYS = (
    ("a note is added", "t", "x", "enter"),
    ("Escape leaves the field for notes", "escape"),
    ("the preview of the minutes opens", "m"),
    ("the preview goes to its end", "end"),
    ("Escape leaves the preview", "escape"),
    ("the review opens", "q"),
    ("the first key of the review", "down"),
    ("the next key of the review", "pagedown"),
    ("the review is left", "escape"),
)
HISTORY_KEYS = (
    ("the history opens", "h"),
    ("the next meeting", "down"),
    ("the statistics", "t"),
    ("the focus of every week", "f"),
    ("the last of the meetings", "end"),
    ("a letter of a search", "slash", "r"),
    ("the next letter", "o"),
)


def large_texts(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure each key in a very long and in a short meeting, then in such histories."""
    yield from _figures(
        f"of {scale.notes:,} notes",
        "a short meeting",
        lambda: asyncio.run(_press_in_meeting(folder / "long", scale.notes)),
        lambda: asyncio.run(_press_in_meeting(folder / "short", SHORT_MEETING)),
    )
    for name, count in (("long-past", scale.past), ("short-past", SHORT_HISTORY)):
        write_journals(folder / name, count, before_close=_answer_focus)
    yield from _figures(
        f"of {scale.past:,} meetings",
        "a short history",
        lambda: asyncio.run(_press_in_history(folder / "long-past")),
        lambda: asyncio.run(_press_in_history(folder / "short-past")),
    )


def _figures(
    size: str,
    floor_is: str,
    in_long: Callable[[], dict[str, float]],
    in_short: Callable[[], dict[str, float]],
) -> Iterator[Figure]:
    floors = [in_short() for _round in range(ROUNDS)]
    found = [in_long() for _round in range(ROUNDS)]
    for what in found[0]:
        yield Figure(
            what=what,
            figure=median([each[what] for each in found]),
            floor=median([each[what] for each in floors]),
            floor_is=floor_is,
            most=NOTICED,
            note=f"{size}; the longest stretch of the event loop",
        )


async def _press_in_meeting(folder: Path, notes: int) -> dict[str, float]:
    folder.mkdir(exist_ok=True)
    ui = MeetingUi(AppEnvironment(folder))
    step = ui.session.step
    step(meeting_rules.load_kpis, scorecard())
    for number in range(notes):
        step(note_rules.take_note, f"{number}: 硅胶盖 the click price rose two weeks running")
    for number in range(notes // 10):
        step(actions.add_action, action_draft(f"Tell the supplier of topic {number}"))
    for number in range(notes // 25):
        step(decisions.propose_decision, question(f"Do we reorder product {number}?"))
    async with ui.app.run_test(size=(120, 40)) as pilot:
        await ui.app.push_screen(ui.screen)
        await wait_for_workers(pilot)
        return await _press_all(pilot, MEETING_KEYS)


async def _press_in_history(folder: Path) -> dict[str, float]:
    async with LobbyUi(AppEnvironment(folder)).open() as pilot:
        return await _press_all(pilot, HISTORY_KEYS)


async def _press_all(pilot: Pilot[int], steps: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    with _longest_stretch() as stretches:
        for what, *keys in steps:
            stretches.clear()
            press_at_once(pilot.app, keys)
            await wait_for_keys(pilot)
            await wait_for_workers(pilot)
            found[what] = max(stretches)
    return found


@contextmanager
def _longest_stretch() -> Iterator[list[float]]:
    """Yield a list that gets the processor time of each callback of the event loop.

    Garbage is collected before: the program does so while nobody types.
    """
    stretches: list[float] = []
    run = asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> None:
        begun = time.thread_time()
        run(handle)
        stretches.append(time.thread_time() - begun)

    gc.collect()
    gc.disable()
    asyncio.Handle._run = measured  # type: ignore[method-assign, assignment]
    try:
        yield stretches
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
        gc.enable()


def _answer_focus(held: MeetingHarness, week: int) -> None:
    held.step(focus.answer_focus, f"Get the advertising of shop {week} under 25 % again")
