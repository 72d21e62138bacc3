"""Ratings: from 1 to 10, a low one with its reason, in minutes and statistics."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.errors import RuleError
from facilitator.domain.past.meetings import Past, PastMeeting, summarize_meeting
from facilitator.domain.past.statistics import meeting_stats
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.sections.meeting_facts import value_and_rating_facts
from facilitator.render.statistics import statistics_rows
from tests.factories import MeetingHarness, agenda

ON = date(2026, 12, 31)


def rating_of(person: str, score: int, reason: str = "") -> Rating:
    return Rating(person=PersonId(person), score=score, reason=reason)


def meeting_rated(*scores: int) -> PastMeeting:
    """A past meeting with these ratings; each number is its reason."""
    harness = MeetingHarness(agenda())
    people = harness.meeting.agenda.people
    ratings = (rating_of(each.id, score, f"{score}!") for each, score in zip(people, scores))  # noqa: B905
    return summarize_meeting(harness.step(meeting_rules.rate_meeting, tuple(ratings)))


@pytest.mark.parametrize("score", [0, 11, -1])
def test_a_rating_is_from_1_to_10(score: int) -> None:
    with pytest.raises(RuleError, match="Tom Hale: the rating must be a number from 1 to 10"):
        MeetingHarness(agenda()).step(
            meeting_rules.rate_meeting, (rating_of("tom", score, "Long"),)
        )


def test_a_rating_below_8_may_have_a_reason() -> None:
    harness = MeetingHarness(agenda())
    meeting = harness.step(meeting_rules.rate_meeting, (rating_of("mei", 7, " "),))
    facts = list(value_and_rating_facts(meeting, Language(), harness.clock.now()))
    assert facts[-1].endswith("gave 7")
    meeting = harness.step(
        meeting_rules.rate_meeting, (rating_of("mei", 7, "Too\nlong"), rating_of("tom", 8))
    )
    assert meeting.ratings == (rating_of("mei", 7, "Too long"), rating_of("tom", 8))


def test_absent_people_do_not_rate() -> None:
    harness = MeetingHarness(agenda())
    harness.step(meeting_rules.take_attendance, (PersonId("jun"),))
    with pytest.raises(RuleError, match="present"):
        harness.step(meeting_rules.rate_meeting, (rating_of("jun", 9),))


def test_no_ratings_given_differs_from_ratings_not_asked_for() -> None:
    harness = MeetingHarness(agenda())
    assert harness.meeting.ratings is None
    meeting = harness.step(meeting_rules.rate_meeting, ())
    assert meeting.ratings == ()
    assert not list(value_and_rating_facts(meeting, Language(), harness.clock.now()))


def test_the_minutes_have_the_average_and_each_low_rating_with_its_reason() -> None:
    harness = MeetingHarness(agenda())
    meeting = harness.step(
        meeting_rules.rate_meeting, (rating_of("mei", 9), rating_of("tom", 6, "No *data*"))
    )
    assert list(value_and_rating_facts(meeting, Language(), harness.clock.now())) == [
        "Rated 7.5 of 10 by 2 of 5 present",
        "Tom Hale gave 6: No \\*data\\*",
    ]


def test_statistics_have_the_average_by_meeting_and_the_lowest_recent_rating() -> None:
    week = timedelta(days=7)
    meetings = tuple(
        replace(each, opened_at=each.opened_at + place * week, date=each.date + place * week)
        for place, each in enumerate(
            (
                meeting_rated(1),
                meeting_rated(10, 8),
                meeting_rated(),
                meeting_rated(5, 7),
                meeting_rated(6),
                meeting_rated(10),
            )
        )
    )
    counted = meeting_stats(Past(meetings=meetings[::-1]), ON)
    trend = counted.ratings
    assert list(trend.by_meeting) == [1, 9, None, 6, 6, 10]
    assert trend.average == pytest.approx(32 / 5)
    assert trend.rated == 5
    assert [(each.score, each.reason) for each in trend.lowest] == [(5, "5!"), (6, "6!"), (7, "7!")]
    rows = [(label, figure) for label, figure, _ in statistics_rows(counted, Language())]
    assert ("Rating", "6.4 of 10 (5 meetings rated)") in rows
    assert ("Low rating, Mon 14 Dec", "5 · 陈梅 · 5!") in rows


def test_statistics_without_ratings_have_no_rows_for_them() -> None:
    rows = statistics_rows(meeting_stats(Past(meetings=(meeting_rated(),)), ON), Language())
    assert not any(label.startswith("Rating") for label, *_ in rows)
