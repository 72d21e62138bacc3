"""The lead time of a published agenda."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.publication import describe_sending, is_sent_late, mark_published
from tests.factories import STARTS, agenda

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "said", "late"),
    [
        (26 * HOUR, "sent 26 h before the meeting", False),
        (24 * HOUR, "sent 24 h before the meeting", False),
        (
            24 * HOUR - timedelta(minutes=1),
            "sent only 23 h before the meeting (the rule is 24 h)",
            True,
        ),
        (
            timedelta(minutes=40),
            "sent only 40 min before the meeting (the rule is 24 h)",
            True,
        ),
        (-HOUR, "sent only after the planned start (the rule is 24 h)", True),
    ],
)
def test_the_lead_time_is_given_and_a_late_one_flagged(
    before: timedelta, said: str, late: bool
) -> None:
    sent = replace(agenda(), notice=24 * HOUR, sent_at=STARTS - before)

    assert str(describe_sending(sent)) == said
    assert is_sent_late(sent) is late


def test_an_unpublished_agenda_has_no_lead_time() -> None:
    assert describe_sending(agenda()) is None
    assert not is_sent_late(agenda())


def test_publishing_again_counts_from_the_first_time() -> None:
    first = mark_published(None, STARTS, STARTS - 26 * HOUR)

    again = mark_published(first, STARTS + HOUR, STARTS - HOUR)

    assert (again.sent_at, again.updated_at) == (STARTS - 26 * HOUR, STARTS - HOUR)
    assert again.starts == STARTS + HOUR


def test_publishing_for_the_next_meeting_counts_anew() -> None:
    first = mark_published(None, STARTS, STARTS - 26 * HOUR)
    now: datetime = STARTS + timedelta(days=6)

    again = mark_published(first, STARTS + timedelta(weeks=1), now)

    assert (again.sent_at, again.updated_at) == (now, None)
