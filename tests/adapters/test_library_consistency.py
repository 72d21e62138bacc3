"""A library file kept up to date, a rebuilt one, and one in memory have the same contents."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import JOURNAL_FILE
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision, OptionId
from facilitator.domain.entry import Entry
from facilitator.domain.errors import RuleError
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.lost_time import LossCause
from facilitator.domain.note import TopicStatus
from facilitator.domain.past.meetings import Past, PastEntry
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.rules import actions, decisions, kpi_answers, lifecycle, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.ports import Library
from tests.factories import ACOS, ON, MeetingHarness, explained_answer, risk_draft, scorecard
from tests.library_meetings import WEEK, add_action, begin_meeting, meeting_id_of, propose_decision

FAR = 60 * WEEK


def ids(entries: Iterable[ActionItem | Decision]) -> tuple[str, ...]:
    return tuple(each.id for each in entries)


Step = Callable[[MeetingHarness], object]
STEPS: dict[str, Step] = {
    "add_action": lambda harness: add_action(harness, "Ring"),
    "finish": lambda harness: [
        harness.step(actions.finish_action, each.id, "Mail")
        for each in harness.meeting.open_actions[:1]
    ],
    "carry": lambda harness: [
        harness.step(actions.keep_action_open, each.id, "Late", harness.meeting.date + WEEK)
        for each in harness.meeting.open_actions[-1:]
    ],
    "ask": lambda harness: propose_decision(harness, "Go to Japan?"),
    "rule": lambda harness: [
        harness.step(decisions.choose_option, each.id, OptionId("A"), "Rank 3")
        for each in harness.meeting.open_decisions[:1]
    ],
    "postpone": lambda harness: [
        harness.step(decisions.postpone_decision, each.id, "No quote")
        for each in harness.meeting.open_decisions[-1:]
    ],
    "park": lambda harness: harness.step(
        note_rules.park_topic, "A second warehouse", lost=timedelta(minutes=1)
    ),
    "settle": lambda harness: [
        harness.step(note_rules.close_topic, each.id, TopicStatus.SETTLED)
        for each in harness.meeting.topics[:1]
    ],
    "warn": lambda harness: harness.step(risks.raise_risk, risk_draft(solution="By air")),
    "end risk": lambda harness: [
        harness.step(risks.close_risk, each.id, "It came") for each in harness.meeting.risks[:1]
    ],
    "mark": lambda harness: harness.step(
        kpi_answers.mark_occasion, harness.meeting.date - timedelta(days=8), ALL, "Sale"
    ),
    "figures": lambda harness: harness.step(
        meeting_rules.load_kpis, scorecard(acos=float(harness.meeting.date.day))
    ),
    "explain": lambda harness: harness.step(kpi_answers.explain_kpi, explained_answer()),
    "agree": lambda harness: harness.step(
        kpi_answers.agree_definition, ACOS, f"As of {harness.meeting.date}"
    ),
    "focus": lambda harness: harness.step(
        focus_rules.answer_focus, f"Stock for {harness.meeting.date}"
    ),
    "refocus": lambda harness: harness.step(
        focus_rules.review_focus,
        killed=[each.id for each in harness.meeting.actions[:1]],
        reason="Old",
    ),
    "note": lambda harness: harness.step(note_rules.take_note, "Ranks fell"),
    "hide": lambda harness: [
        harness.step(entry_rules.toggle_sensitivity, entry_id)
        for entry_id in (*ids(harness.meeting.actions[-1:]), *ids(harness.meeting.decisions[-1:]))
    ],
    "lose": lambda harness: harness.step(
        meeting_rules.record_lost_time, LossCause.UNCLEAR_RIGHTS, timedelta(minutes=1), "Who rules?"
    ),
    "rate": lambda harness: harness.step(
        meeting_rules.rate_meeting, (Rating(person=PersonId("mei"), score=9),)
    ),
    "move on": lambda harness: harness.step(clock_rules.start_next_item),
    "undo": lambda harness: harness.undo() if harness.history.last_step else None,
}
_some = st.sampled_from(sorted(STEPS))
MEETINGS = st.tuples(st.lists(_some, min_size=3, max_size=9), st.booleans())
"""The steps of a meeting, and whether it is closed."""
REOPENED = st.tuples(st.integers(0, 3), st.lists(_some, min_size=2, max_size=5))
"""Which closed meeting is reopened, and the steps then."""


class Series:
    """Meetings of one series, recorded in a file and in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file, self.memory = LibraryFile(root / "library.json"), MemoryLibrary()
        self.tables: list[MeetingHarness] = []
        self._written: dict[str, int] = {}

    def hold(self, steps: Iterable[str], *, is_closed: bool) -> None:
        """Hold the next meeting, a week after the one before; an open one is abandoned."""
        on = ON + len(self.tables) * WEEK
        harness = begin_meeting(self.file, on)
        self.tables.append(harness)
        harness.step(meeting_rules.load_kpis, scorecard())
        _do(harness, steps)
        if is_closed:
            harness.close()
        self._take_in(harness)

    def change(self, place: int, steps: Iterable[str]) -> None:
        """Reopen a closed meeting, change it and close it again."""
        closed = [each for each in self.tables if each.meeting.is_closed]
        if not closed:
            return
        harness = closed[place % len(closed)]
        harness.step(
            lifecycle.reopen_meeting, "A slip", self.file.carried("weekly", ON + FAR).numbers
        )
        self._take_in(harness)
        _do(harness, steps)
        harness.close()
        self._take_in(harness)

    def _take_in(self, harness: MeetingHarness) -> None:
        """Append new events; every other time the file has to find them by itself."""
        name = meeting_id_of(harness)
        path = self.root / name / JOURNAL_FILE
        path.parent.mkdir(exist_ok=True)
        journal = JournalFile(path)
        before = self._written.get(name, 0)
        for event in harness.events[before:]:
            journal.append(event)
        journal.close()
        self._written[name] = len(harness.events)
        self.memory.record(name, harness.meeting)
        if before % 2:
            self.file.record(name, harness.meeting)
        self.file.sync(self.root)


def _do(harness: MeetingHarness, steps: Iterable[str]) -> None:
    for step in steps:
        with suppress(RuleError):  # not possible here
            STEPS[step](harness)


def contents_of(library: Library, on: date) -> tuple[object, ...]:
    """Return everything that a library returns for the series."""
    past = library.past("weekly")
    return (
        library.carried("weekly", on),
        library.carried("weekly", on + FAR),
        library.past_values("weekly", ON - FAR),
        _sorted(past),
    )


def _sorted(past: Past) -> Past:
    """Sort by number: the order of entries is not defined."""
    return replace(
        past,
        entries=tuple(sorted(past.entries, key=_place)),
        history=tuple(sorted(past.history, key=_place)),
    )


def _place(found: PastEntry[Entry]) -> tuple[str, str]:
    return found.meeting.id, found.entry.id


@given(
    before=st.lists(MEETINGS, min_size=1, max_size=3),
    changed=REOPENED,
    after=MEETINGS,
    last=REOPENED,
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_updated_a_rebuilt_and_an_in_memory_library_agree(
    before: list[tuple[list[str], bool]],
    changed: tuple[int, list[str]],
    after: tuple[list[str], bool],
    last: tuple[int, list[str]],
) -> None:
    """Hold some meetings, reopen an older one, hold another, and reopen one again."""
    with TemporaryDirectory() as folder:
        series = Series(Path(folder))
        for steps, is_closed in before:
            series.hold(steps, is_closed=is_closed)
        series.change(*changed)
        series.hold(after[0], is_closed=after[1])
        series.change(*last)
        on = ON + len(series.tables) * WEEK

        kept = contents_of(series.file, on)
        assert contents_of(series.memory, on) == kept
        anew = LibraryFile(Path(folder, "anew.json"))
        assert anew.rebuild(Path(folder)) == ()
        assert contents_of(anew, on) == kept
        assert anew.meetings() == series.file.meetings()
        again = LibraryFile(Path(folder, "library.json"))
        assert contents_of(again, on) == kept
