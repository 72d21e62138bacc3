"""Incidents: an hour to inform people, and a review at the next meeting."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from facilitator.domain.apply.incidents import apply_incident, missed_updates
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.errors import RuleError
from facilitator.domain.incident import (
    PLAYBOOK,
    Incident,
    IncidentId,
    IncidentKind,
    IncidentReview,
    Recipient,
    most_urgent_incident,
)
from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.domain.rules import incidents
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.time_input import parse_moment
from tests.factories import OPENED, ZONE, MeetingHarness, agenda, incident_draft

MINUTE = timedelta(minutes=1)
REVIEW = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order earlier")


def detected(**other: object) -> tuple[Incident, ...]:
    return apply_incident((), incidents.report_incident((), OPENED, incident_draft(**other)))


def waiting() -> Incident:
    """An incident reported a day before the meeting."""
    day_before = OPENED - timedelta(days=1)
    return incident_draft(id=IncidentId("I1"), detected_at=day_before, reported_at=day_before)


def test_an_incident_gets_a_number_and_its_time_of_report():
    (first,) = detected(detected_at=OPENED - 5 * MINUTE)
    (_, second) = apply_incident(
        (first,), incidents.report_incident((first,), OPENED, incident_draft())
    )
    assert (first.id, second.id) == ("I1", "I2")
    assert (first.detected_at, first.reported_at) == (OPENED - 5 * MINUTE, OPENED)


@pytest.mark.parametrize("field", ["phenomenon", "scope", "measures"])
def test_an_incident_needs_phenomenon_scope_and_measures(field):
    with pytest.raises(RuleError, match="Write"):
        incidents.report_incident((), OPENED, incident_draft(**{field: " \n"}))


def test_an_incident_in_the_future_is_refused():
    with pytest.raises(RuleError, match="in the future"):
        incidents.report_incident((), OPENED, incident_draft(detected_at=OPENED + MINUTE))


def test_every_kind_of_incident_has_a_playbook():
    assert all(PLAYBOOK[kind] for kind in IncidentKind)


def test_the_hour_to_inform_is_over_after_sixty_minutes():
    (found,) = detected()
    assert not found.is_late(Recipient.BOSS, OPENED + 60 * MINUTE)
    assert found.is_late(Recipient.BOSS, OPENED + 60 * MINUTE + timedelta(seconds=1))


def test_the_time_until_informed_is_fixed_once_somebody_is_informed():
    known = detected()
    told = incidents.record_recipient_informed(
        known, OPENED + 80 * MINUTE, IncidentId("I1"), Recipient.BOSS
    )
    (found,) = apply_incident(known, told)
    assert found.time_to_inform(Recipient.BOSS, OPENED + 200 * MINUTE) == 80 * MINUTE
    assert found.is_late(Recipient.BOSS, OPENED + 200 * MINUTE)
    assert found.not_informed == (Recipient.SUPERVISOR,)


def test_informing_can_be_recorded_later_but_not_before_detection():
    known, now = detected(), OPENED + 40 * MINUTE
    told = incidents.record_recipient_informed(
        known, now, IncidentId("I1"), Recipient.BOSS, OPENED + 10 * MINUTE
    )
    assert apply_incident(known, told)[0].told_at(Recipient.BOSS) == OPENED + 10 * MINUTE
    with pytest.raises(RuleError, match="found later than this time"):
        incidents.record_recipient_informed(
            known, now, IncidentId("I1"), Recipient.BOSS, OPENED - MINUTE
        )


def test_a_recipient_cannot_be_informed_twice():
    known = detected()
    known = apply_incident(
        known, incidents.record_recipient_informed(known, OPENED, IncidentId("I1"), Recipient.BOSS)
    )
    with pytest.raises(RuleError, match="the boss has already been told"):
        incidents.record_recipient_informed(known, OPENED, IncidentId("I1"), Recipient.BOSS)


def test_an_unknown_incident_is_reported():
    with pytest.raises(RuleError, match="no incident I7"):
        incidents.recover_incident(detected(), OPENED, IncidentId("I7"))


def test_an_incident_that_recovered_by_itself_still_needs_informing_and_a_review():
    known = detected()
    over = incidents.recover_incident(known, OPENED + MINUTE, IncidentId("I1"), by_itself=True)
    (found,) = apply_incident(known, over)
    assert found.recovered_by_itself
    assert found.not_informed == tuple(Recipient)
    assert found.review is None
    with pytest.raises(RuleError, match="already ended"):
        incidents.recover_incident((found,), OPENED + MINUTE, IncidentId("I1"))


def test_the_most_urgent_incident_is_the_one_whose_hour_ends_first():
    (early,) = detected()
    late = replace(early, id=IncidentId("I2"), detected_at=OPENED + MINUTE)
    all_told = replace(early, told=tuple((each, OPENED) for each in Recipient))
    assert most_urgent_incident((late, early)) == early
    assert most_urgent_incident((late, all_told)) == late
    assert most_urgent_incident((all_told,)) is None


def test_a_carried_incident_keeps_the_meeting_open_until_it_is_reviewed():
    harness = MeetingHarness(agenda(), CarryOver(incidents=(waiting(),)))
    (end,) = [
        each for each in open_points(harness.meeting) if each.subject is OpenPointSubject.INCIDENT
    ]
    assert end.must_be_settled
    harness.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    assert harness.meeting.incidents[0].review == REVIEW
    assert end.key not in {each.key for each in open_points(harness.meeting)}


def test_a_review_can_be_undone():
    harness = MeetingHarness(agenda(), CarryOver(incidents=(waiting(),)))
    harness.step(meeting_rules.take_attendance, ())
    harness.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    assert harness.undo().incidents == (waiting(),)


@pytest.mark.parametrize("field", ["cause", "loss", "lesson"])
def test_a_review_without_cause_loss_or_lesson_is_refused(field):
    harness = MeetingHarness(agenda(), CarryOver(incidents=(waiting(),)))
    with pytest.raises(RuleError, match="Write what"):
        harness.step(incidents.review_incident, IncidentId("I1"), replace(REVIEW, **{field: ""}))


def test_an_incident_reported_during_a_meeting_is_reviewed_at_the_next():
    harness = MeetingHarness(agenda())
    harness.step(
        incidents.receive_incident_update,
        incidents.report_incident((), harness.clock.now(), incident_draft()),
    )
    assert len(harness.meeting.incidents) == 1
    assert harness.meeting.incidents_to_review == ()


def test_an_update_to_an_unknown_incident_is_refused():
    harness = MeetingHarness(agenda())
    told = incidents.record_recipient_informed(detected(), OPENED, IncidentId("I1"), Recipient.BOSS)
    with pytest.raises(RuleError, match="no incident I1"):
        harness.step(incidents.receive_incident_update, told)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)),
        ("9:40", datetime(2026, 11, 23, 1, 40, tzinfo=UTC)),
        ("9\uff1a40", datetime(2026, 11, 23, 1, 40, tzinfo=UTC)),
        ("23:30", datetime(2026, 11, 22, 15, 30, tzinfo=UTC)),
        ("2026-11-20 08:00", datetime(2026, 11, 20, 0, 0, tzinfo=UTC)),
        ("2026-11-20T08:00+01:00", datetime(2026, 11, 20, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_the_teams_time_zone(text, meant):
    assert parse_moment(text, OPENED + timedelta(seconds=12), ZoneInfo(ZONE)) == meant


@pytest.mark.parametrize("text", ["soon", "25:00", "10:61", "0001-01-01 00:00"])
def test_a_text_that_is_not_a_time_is_refused(text):
    with pytest.raises(RuleError, match="not a time"):
        parse_moment(text, OPENED, ZoneInfo(ZONE))


def test_missed_updates_of_incidents_are_received_once():
    known = detected()
    latest = apply_incident(
        known, incidents.record_recipient_informed(known, OPENED, IncidentId("I1"), Recipient.BOSS)
    )
    latest = apply_incident(
        latest, incidents.recover_incident(latest, OPENED, IncidentId("I1"), by_itself=True)
    )
    latest = apply_incident(latest, incidents.report_incident(latest, OPENED, incident_draft()))
    for before in ((), known, latest):
        heard = reduce(apply_incident, missed_updates(before, latest, OPENED), before)
        assert heard == latest
        assert not list(missed_updates(heard, latest, OPENED))
