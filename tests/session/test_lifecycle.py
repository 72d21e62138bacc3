"""Meetings that do not end at once: suspended, forgotten, handed over, reopened."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.errors import RuleError, StorageError
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, kpi_answers, lifecycle
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.timekeeping import duration
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import ACOS, action_draft, agenda, close_meeting, scorecard

FIRST = MeetingId("2026-11-23-weekly")
ACTION = action_draft("Tell the supplier")


@pytest.fixture
def series(tmp_path: Path) -> AppEnvironment:
    return AppEnvironment(tmp_path)


def test_a_suspended_meeting_resumes_at_the_same_item_and_the_minutes_show_the_break(series):
    session = series.begin()
    series.clock.advance(minutes=1)
    session.step(clock_rules.start_next_item)
    session.step(lifecycle.suspend_meeting)
    session.leave()
    (stored,) = series.services.resumable()
    assert stored.suspended_at == series.clock.now()
    series.clock.advance(minutes=45)
    again = series.services.resume(FIRST)
    assert again.meeting.current == "kpis"
    assert again.meeting.suspended_at is None
    assert "- Suspended: 10:01–10:46\n" in again.minutes_text()
    assert "Interruption (not counted)" not in again.minutes_text()


def test_time_on_the_screen_of_a_suspended_meeting_does_not_count(series):
    session = series.begin()
    before = session.step(lifecycle.suspend_meeting)
    series.clock.advance(minutes=30)
    assert session.tick() == before


def test_a_forgotten_meeting_is_closed_at_its_last_step_with_what_it_left_open(series):
    session = series.begin()
    series.clock.advance(minutes=1)
    session.step(actions.add_action, ACTION)
    session.leave()
    series.clock.advance(hours=30)
    found = series.services.open_existing(FIRST)
    found.close_forgotten()
    path = series.services.finish(found)

    minutes = path.read_text(encoding="utf-8")
    assert "held 10:00–10:01 (1\N{NO-BREAK SPACE}min)" in minutes
    assert (
        "Closed later, on Tue 24 Nov 2026 16:01 (time and cost counted until the last step at "
        "10:01)" in (minutes)
    )
    assert "- **No due date:** A1\n" in minutes
    assert series.services.resumable() == ()
    assert [each.id for each in series.services.carried(agenda()).actions] == ["A1"]


def test_resuming_and_leaving_changes_nothing(series):
    series.begin().leave()
    series.clock.advance(hours=1)
    found = series.services.open_existing(FIRST)
    with pytest.raises(RuleError, match="less than two hours ago"):
        found.forgotten_close()
    before = found.meeting
    found.leave()
    assert series.services.open_existing(FIRST).meeting == before


def test_reopened_minutes_become_a_new_version_and_the_old_file_stays_byte_for_byte(series):
    series.hold_meeting(ACTION)
    folder = series.folder / FIRST
    old = (folder / "minutes.md").read_bytes() + b"edited by hand\r\n"
    (folder / "minutes.md").write_bytes(old)
    session = series.services.reopen(FIRST, "The date was *wrong*")
    length = duration(session.meeting, session.now)
    added = session.meeting.actions[0]
    series.clock.advance(minutes=5)
    session.step(actions.change_action, ActionItem(id=added.id, title="Tell both suppliers"))
    assert "**Reopened:** a draft of version 2" in session.minutes_text()
    series.close(session)

    assert (folder / "minutes-v1.md").read_bytes() == old
    minutes = (folder / "minutes.md").read_text(encoding="utf-8")
    assert "status: final\nversion: 2\n" in minutes
    told = minutes.split("## Version 2")[1].split("\n## ")[0]
    assert "Reopened on Mon 23 Nov 2026 10:00: The date was \\*wrong\\*" in told
    assert "- Action item **A1** Tell both suppliers · changed: wording" in told
    assert duration(session.meeting, session.now) == length


def test_missing_minutes_of_an_older_version_are_written_again(series):
    series.hold_meeting(ACTION)
    (series.folder / FIRST / "minutes.md").unlink()
    series.services.reopen(FIRST, "A slip").leave()
    assert "Tell the supplier" in (series.folder / FIRST / "minutes-v1.md").read_text()


def test_a_reopened_meeting_can_be_resumed_after_a_crash_without_an_interruption(series):
    series.hold_meeting(ACTION)
    series.services.reopen(FIRST, "A slip").leave()
    series.clock.advance(hours=3)
    (stored,) = series.services.resumable()
    assert stored.is_reopened
    session = series.services.resume(FIRST)
    assert session.meeting.interruptions == ()
    series.clock.advance(hours=3)
    session.step(note_rules.take_note, "Still without one")
    assert session.meeting.interruptions == ()
    assert len(session.meeting.versions) == 1


def test_ids_used_by_later_meetings_are_not_reused(series):
    series.hold_meeting(ACTION)
    series.services.reopen(FIRST, "A slip").leave()
    series.clock.advance(hours=24 * 7)
    second = series.hold_meeting(ACTION)
    assert [each.id for each in second.actions] == ["A1", "A2"]
    assert [each.id for each in series.services.resumable()] == [FIRST]

    session = series.services.resume(FIRST)
    assert session.step(actions.add_action, ACTION).actions[-1].id == "A3"
    series.close(session)
    carried = series.services.carried(agenda())
    assert [each.id for each in carried.actions] == ["A1", "A2", "A3"]
    assert carried.actions[0].carried == 1  # as the later meeting left it
    assert len(carried.topics) == len({each.item_id for each in carried.topics})


def test_a_meeting_cannot_be_reopened_while_a_later_one_is_open(series):
    series.hold_meeting(ACTION)
    reopened = series.services.reopen(FIRST, "A slip")
    series.clock.advance(hours=24 * 7)
    with pytest.raises(StorageError, match="open in another window"):
        series.begin()
    reopened.leave()
    later = series.begin()
    with pytest.raises(RuleError, match="still open"):
        series.services.resume(FIRST)
    later.leave()


def test_a_meeting_open_elsewhere_says_how_to_hand_it_over(series):
    session = series.begin()
    with pytest.raises(StorageError, match=r"another window.*Change the recorder there"):
        series.services.resume(FIRST)
    session.leave()


def test_the_next_recorder_continues_in_another_terminal(series):
    session: MeetingSession = series.begin()
    series.clock.advance(minutes=1)
    session.step(lifecycle.change_recorder, PersonId("mei"), lets_go=True)
    session.leave()
    series.clock.advance(minutes=3)
    session = series.services.resume(FIRST)
    assert session.meeting.interrupted_time == timedelta()
    assert "- Recorder: Ana Ruiz, 陈梅 from 10:01\n" in session.minutes_text()
    series.close(session)
    with pytest.raises(RuleError):
        session.step(meeting_rules.close_meeting)


def test_two_meetings_of_a_series_cannot_be_reopened_at_once(series):
    first, second = held_twice(series)
    session = series.services.reopen(first, "A slip")
    with pytest.raises(StorageError, match="open in another window"):
        series.services.reopen(second, "Another")
    session.step(actions.add_action, ACTION)
    session.leave()
    changed = series.services.reopen(second, "Another")
    assert changed.step(actions.add_action, ACTION).actions[-1].id == "A4"
    with pytest.raises(StorageError, match="open in another window"):
        series.services.resume(first)


def test_a_reopened_meeting_cannot_be_reopened_but_resumed(series):
    series.hold_meeting(ACTION)
    series.services.reopen(FIRST, "A slip").leave()
    with pytest.raises(RuleError, match="Resume it from the lobby"):
        series.services.reopen(FIRST, "Another")


def test_draft_minutes_of_a_killed_program_become_final(series):
    session = series.begin()
    session.write_minutes()
    close_meeting(session)
    session.leave()
    minutes = series.folder / FIRST / "minutes.md"
    assert "status: draft" in minutes.read_text(encoding="utf-8")
    series.services.carried(agenda())
    assert "status: final" in minutes.read_text(encoding="utf-8")


def test_a_kept_version_is_never_a_draft(series):
    session = series.begin()
    session.write_minutes()
    close_meeting(session)
    session.leave()
    series.services.reopen(FIRST, "A slip").leave()
    kept = series.folder / FIRST / "minutes-v1.md"
    assert "status: final" in kept.read_text(encoding="utf-8")


def held_twice(series: AppEnvironment) -> tuple[MeetingId, MeetingId]:
    """Hold two meetings, a week apart; return their ids."""
    series.hold_meeting(ACTION)
    series.clock.advance(hours=24 * 7)
    series.hold_meeting(ACTION)
    return FIRST, MeetingId("2026-11-30-weekly")


def test_a_version_names_the_later_meeting_that_continued_its_open_entries(series):
    first, second = held_twice(series)
    session = series.services.reopen(first, "A slip")
    session.step(actions.change_action, replace(ACTION, id=ActionId("A1"), title="Ring"))
    session.step(actions.add_action, replace(ACTION, title="Write"))
    series.close(session)

    assert (
        "The meeting of Mon 30 Nov 2026 has already continued with what was open"
        in session.minutes_text()
    )
    titles = [each.title for each in series.services.carried(agenda()).actions]
    assert titles == ["Tell the supplier", "Tell the supplier", "Write"]
    newest = series.services.reopen(second, "A slip")
    assert "has already continued with what was open" not in newest.minutes_text()


def test_a_later_meeting_is_reported_when_a_reopened_one_is_resumed(series):
    series.hold_meeting(ACTION)
    series.services.reopen(FIRST, "A slip").leave()
    series.clock.advance(hours=24 * 7)
    series.hold_meeting(ACTION)
    assert "The meeting of Mon 30 Nov 2026" in series.services.resume(FIRST).minutes_text()


def test_a_redacted_copy_has_no_wording_hints_on_redacted_text(series):
    session = series.begin()
    whole = replace(ACTION, due=date(2026, 11, 27), criterion="The mail of today")
    session.step(actions.add_action, whole)
    session.step(actions.accept_action, ActionId("A1"))
    session.step(entry_rules.toggle_sensitivity, "A1")
    session.leave()
    series.clock.advance(hours=30)
    found = series.services.open_existing(FIRST)
    found.close_forgotten()
    assert "Unclear wording" not in found.minutes_text()


def test_a_definition_agreed_in_a_reopened_meeting_is_carried_over(
    series,
):
    session = series.begin()
    session.step(meeting_rules.load_kpis, scorecard())
    series.close(session)
    series.clock.advance(hours=24 * 7)
    series.hold_meeting(ACTION)
    session = series.services.reopen(FIRST, "A slip")
    session.step(kpi_answers.agree_definition, ACOS, "By the day of the click")
    series.close(session)
    (agreed,) = series.services.carried(agenda()).definitions
    assert agreed.text == "By the day of the click"
