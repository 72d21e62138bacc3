"""Lost time: recorded with its cause, limited, and its cost."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.errors import RuleError
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting_value import meeting_value
from facilitator.domain.past.meetings import Past, summarize_meeting
from facilitator.domain.past.statistics import meeting_stats
from facilitator.domain.people import PersonId
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.time_input import parse_minutes
from facilitator.render.language import Language
from facilitator.render.meeting_value import decision_rate_text
from facilitator.render.sections.gaps import gaps
from facilitator.render.sections.meeting_facts import value_and_rating_facts
from facilitator.render.statistics import statistics_rows
from tests.factories import MeetingHarness, agenda, full_meeting

MINUTE = timedelta(minutes=1)


@pytest.fixture
def harness() -> MeetingHarness:
    """Begin a meeting half an hour ago; its people cost ¥ 520 an hour."""
    harness = MeetingHarness(agenda())
    harness.step(clock_rules.start_next_item)
    harness.clock.advance(minutes=30)
    return harness


def test_parking_a_topic_records_lost_time_and_one_undo_removes_both(
    harness: MeetingHarness,
) -> None:
    meeting = harness.step(note_rules.park_topic, "Bottle reviews", 6 * MINUTE)
    (lost,) = meeting.lost_times
    assert (lost.cause, lost.time, lost.about) == (
        LossCause.OFF_TOPIC,
        6 * MINUTE,
        "Bottle reviews",
    )
    assert lost.item_id == meeting.current

    meeting = harness.undo()
    assert (meeting.topics, meeting.lost_times) == ((), ())


def test_a_topic_that_took_no_time_is_only_parked(harness: MeetingHarness) -> None:
    meeting = harness.step(note_rules.park_topic, "Bottle reviews")
    assert len(meeting.topics) == 1
    assert meeting.lost_times == ()


@pytest.mark.parametrize("minutes", [0, 32, 481])
def test_lost_time_cannot_exceed_the_length_of_the_meeting(
    harness: MeetingHarness, minutes: int
) -> None:
    with pytest.raises(RuleError):
        harness.step(meeting_rules.record_lost_time, LossCause.NO_PRE_READ, minutes * MINUTE)


def test_the_sum_of_lost_time_cannot_exceed_the_length_of_the_meeting(
    harness: MeetingHarness,
) -> None:
    harness.step(meeting_rules.record_lost_time, LossCause.NO_PRE_READ, 20 * MINUTE)
    with pytest.raises(RuleError, match="31 min so far, of which 20 are already recorded as lost"):
        harness.step(note_rules.park_topic, "Bottle reviews", 12 * MINUTE)


def test_one_minute_can_be_recorded_as_lost_within_the_first_minute() -> None:
    harness = MeetingHarness(agenda())
    meeting = harness.step(meeting_rules.record_lost_time, LossCause.UNCLEAR_RIGHTS, MINUTE)
    assert meeting.lost_times[0].item_id is None


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", 0), (" 4 ", 4), ("０４", 4), ("120", 120)], ids=repr
)
def test_minutes_are_read_as_people_type_them(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes * MINUTE


@pytest.mark.parametrize("typed", ["a few", "-3", "2.5", "99999", "²"], ids=repr)
def test_a_text_that_is_not_a_number_of_minutes_is_refused(typed: str) -> None:
    with pytest.raises(RuleError, match="not a number of minutes"):
        parse_minutes(typed)


def test_the_minutes_list_lost_time_by_cause_with_its_cost(harness: MeetingHarness) -> None:
    harness.step(note_rules.park_topic, "*Reviews*", 6 * MINUTE)
    meeting = harness.step(
        meeting_rules.record_lost_time, LossCause.NO_PRE_READ, 3 * MINUTE, "Stock list"
    )

    (row,) = value_and_rating_facts(meeting, Language(), harness.clock.now())
    assert row.replace("\N{NO-BREAK SPACE}", " ") == (
        "Lost time, worth ¥78: off topic 6 min (\\*Reviews\\*), pre-read not done 3 min (Stock "
        "list)"
    )


def test_the_minutes_name_who_was_present_without_having_read_the_papers(
    harness: MeetingHarness,
) -> None:
    mei, tom = PersonId("mei"), PersonId("tom")
    meeting = harness.step(meeting_rules.take_attendance, (mei,), (mei, tom))
    assert meeting.unread == (tom,)
    assert "**Had not done the pre-read:** Tom Hale" in gaps(meeting, Language())


def test_an_older_meeting_without_pre_read_answers_names_nobody(harness: MeetingHarness) -> None:
    assert harness.step(meeting_rules.take_attendance, ()).unread is None


def test_decisions_per_hour_are_settled_decisions_by_time_in_meeting() -> None:
    meeting = full_meeting().meeting
    made = meeting_value(meeting, meeting.seen_at)
    assert made.settled == 1
    assert made.settled_per_hour == pytest.approx(timedelta(hours=1) / made.time)


def test_decisions_per_hour_are_omitted_in_the_first_minutes() -> None:
    meeting = full_meeting().meeting
    made = replace(meeting_value(meeting, meeting.seen_at), time=timedelta(minutes=1))
    assert made.settled_per_hour is None
    assert decision_rate_text(made, Language()) == "Decisions: 1 in 1\xa0min"


def test_statistics_list_each_loss_cause_with_its_share_and_cost(
    harness: MeetingHarness,
) -> None:
    clean = summarize_meeting(harness.close())
    other = MeetingHarness(agenda())
    other.clock.advance(minutes=30)
    other.step(meeting_rules.record_lost_time, LossCause.NO_PRE_READ, 3 * MINUTE)
    wasteful = summarize_meeting(other.close())

    counted = meeting_stats(Past(meetings=(clean, wasteful)), date(2026, 12, 1))
    (cause,) = counted.lost_time
    assert (cause.cause, cause.times, cause.time) == (LossCause.NO_PRE_READ, 1, 3 * MINUTE)
    assert cause.share == pytest.approx(3 * MINUTE / (clean.duration + wasteful.duration))
    ((currency, amount),) = cause.costs
    assert currency == "CNY"
    assert amount == pytest.approx(520 * 3 / 60)
    assert sorted(cause.by_meeting) == [0, 3]
    rows = {label: figure for label, figure, _ in statistics_rows(counted, Language())}
    assert rows["Lost time: pre-read not done"].startswith("3\N{NO-BREAK SPACE}min · ")
