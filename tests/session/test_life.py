"""Sittings that do not end at once: suspended, forgotten, handed over, reopened."""

from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.errors import RuleError, StorageError
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, conduct, life, timing, writing
from facilitator.domain.timekeeping import duration
from facilitator.session.session import MeetingSession
from facilitator.session.stored import MeetingId
from tests.building import agenda
from tests.session.sitting import Sitting

FIRST = MeetingId("2026-11-23-weekly")
PROMISE = ActionItem(id=ActionId(""), title="Tell the supplier", owner=PersonId("mei"))


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path)


def test_a_suspended_meeting_is_resumed_at_the_same_place_and_the_minutes_tell_the_break(sitting):
    session = sitting.begin()
    sitting.clock.advance(minutes=1)
    session.step(timing.move_on)
    session.step(life.suspend)
    session.leave()
    (stored,) = sitting.desk.resumable()
    assert stored.suspended_at == sitting.clock.now()
    sitting.clock.advance(minutes=45)
    again = sitting.desk.resume(FIRST)
    assert again.meeting.current == "kpis"
    assert again.meeting.suspended_at is None
    assert "- Suspended: 10:01–10:46\n" in again.minutes_text()
    assert "the program was gone" not in again.minutes_text()


def test_nothing_counts_for_a_suspended_meeting_while_its_screen_is_still_there(sitting):
    session = sitting.begin()
    before = session.step(life.suspend)
    sitting.clock.advance(minutes=30)
    assert session.tick() == before


def test_a_forgotten_meeting_is_closed_at_its_last_step_with_what_it_left_open(sitting):
    session = sitting.begin()
    sitting.clock.advance(minutes=1)
    session.step(actions.add_action, PROMISE)
    session.leave()
    sitting.clock.advance(hours=30)
    found = sitting.desk.take_up(FIRST)
    found.close_forgotten()
    path = sitting.desk.finish(found)

    minutes = path.read_text(encoding="utf-8")
    assert "Duration: 1:00" in minutes
    assert "Closed afterwards on Tue 24 Nov 2026 16:01; counted until its last step at 10:01" in (
        minutes
    )
    left_open = minutes.split("## Left open")[1].split("##")[0]
    assert "A1 “Tell the supplier” has no due date." in left_open
    assert sitting.desk.resumable() == ()
    assert [each.id for each in sitting.desk.carried(agenda()).actions] == ["A1"]


def test_a_meeting_that_was_taken_up_and_left_again_is_as_it_was(sitting):
    sitting.begin().leave()
    sitting.clock.advance(hours=1)
    found = sitting.desk.take_up(FIRST)
    with pytest.raises(RuleError, match="less than two hours ago"):
        found.forgotten()
    before = found.meeting
    found.leave()
    assert sitting.desk.take_up(FIRST).meeting == before


def test_reopened_minutes_become_a_new_version_and_the_old_file_stays_byte_for_byte(sitting):
    sitting.hold(PROMISE)
    folder = sitting.folder / FIRST
    old = (folder / "minutes.md").read_bytes() + b"edited by hand\r\n"
    (folder / "minutes.md").write_bytes(old)
    session = sitting.desk.reopen(FIRST, "The date was *wrong*")
    length = duration(session.meeting, session.now)
    promised = session.meeting.actions[0]
    sitting.clock.advance(minutes=5)
    session.step(actions.change_action, ActionItem(id=promised.id, title="Tell both suppliers"))
    assert "**Reopened:** a draft of version 2" in session.minutes_text()
    sitting.close(session)

    assert (folder / "minutes-v1.md").read_bytes() == old
    minutes = (folder / "minutes.md").read_text(encoding="utf-8")
    assert "status: final\nversion: 2\n" in minutes
    told = minutes.split("## Version 2")[1].split("\n## ")[0]
    assert "Reopened on Mon 23 Nov 2026 10:00: The date was \\*wrong\\*" in told
    assert "- Action item **A1** Tell both suppliers · changed: wording" in told
    assert duration(session.meeting, session.now) == length


def test_old_minutes_that_are_gone_are_written_anew(sitting):
    sitting.hold(PROMISE)
    (sitting.folder / FIRST / "minutes.md").unlink()
    sitting.desk.reopen(FIRST, "A slip").leave()
    assert "Tell the supplier" in (sitting.folder / FIRST / "minutes-v1.md").read_text()


def test_after_a_crash_a_reopened_meeting_is_offered_and_goes_on_without_a_gap(sitting):
    sitting.hold(PROMISE)
    sitting.desk.reopen(FIRST, "A slip").leave()
    sitting.clock.advance(hours=3)
    (stored,) = sitting.desk.resumable()
    assert stored.is_reopened
    session = sitting.desk.resume(FIRST)
    assert session.meeting.gaps == ()
    sitting.clock.advance(hours=3)
    session.step(writing.take_note, "Still without one")
    assert session.meeting.gaps == ()
    assert len(session.meeting.versions) == 1


def test_ids_that_later_meetings_gave_away_are_not_given_again(sitting):
    sitting.hold(PROMISE)
    sitting.desk.reopen(FIRST, "A slip").leave()
    sitting.clock.advance(hours=24 * 7)
    second = sitting.hold(PROMISE)
    assert [each.id for each in second.actions] == ["A1", "A2"]
    assert [each.id for each in sitting.desk.resumable()] == [FIRST]

    session = sitting.desk.resume(FIRST)
    assert session.step(actions.add_action, PROMISE).actions[-1].id == "A3"
    sitting.close(session)
    carried = sitting.desk.carried(agenda())
    assert [each.id for each in carried.actions] == ["A1", "A2", "A3"]
    assert carried.actions[0].carried == 1  # as the later meeting left it
    assert len(carried.topics) == len({each.item_id for each in carried.topics})


def test_a_meeting_is_not_changed_while_a_later_one_gives_numbers_away(sitting):
    sitting.hold(PROMISE)
    reopened = sitting.desk.reopen(FIRST, "A slip")
    sitting.clock.advance(hours=24 * 7)
    with pytest.raises(StorageError, match="open in another window"):
        sitting.begin()
    reopened.leave()
    later = sitting.begin()
    with pytest.raises(RuleError, match="still open"):
        sitting.desk.resume(FIRST)
    later.leave()


def test_a_meeting_held_elsewhere_says_how_to_get_its_pen(sitting):
    session = sitting.begin()
    with pytest.raises(StorageError, match=r"another window.*hand the pen over there"):
        sitting.desk.resume(FIRST)
    session.leave()


def test_the_next_recorder_goes_on_at_a_terminal_of_their_own(sitting):
    session: MeetingSession = sitting.begin()
    sitting.clock.advance(minutes=1)
    session.step(life.hand_over, PersonId("mei"), lets_go=True)
    session.leave()
    sitting.clock.advance(minutes=3)
    session = sitting.desk.resume(FIRST)
    assert session.meeting.lost == timedelta()
    assert "- Recorder: Ana Ruiz, from 10:01 陈梅\n" in session.minutes_text()
    sitting.close(session)
    with pytest.raises(RuleError):
        session.step(conduct.close_meeting)
