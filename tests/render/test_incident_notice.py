"""Notices of incidents for the chat, and incidents in the minutes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.incident import IncidentId, IncidentReview, Recipient
from facilitator.domain.rules import incidents
from facilitator.render.incidents import (
    MAX_NOTICE_BYTES,
    fit_texts,
    incident_clock_text,
    incident_list_line,
    incident_notice,
)
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from tests.factories import OPENED, ZONE, MeetingHarness, agenda, incident_draft

FOUND = incident_draft(id=IncidentId("I3"))
HOUR = timedelta(hours=1)


def test_the_notice_has_phenomenon_scope_and_first_measures():
    assert incident_notice(FOUND, Language(), ZoneInfo(ZONE)).split("\n") == [
        "[Incident I3] Out of stock",
        "Found: Mon 23 Nov 10:00",
        "What we see: B0TEST0001 shows “currently unavailable”",
        "What is affected: US, 40 orders a day",
        "What we did first: Ads paused",
        "A full review follows at the next meeting.",
    ]


@given(st.text(max_size=2_000), st.text(max_size=2_000), st.text(max_size=2_000))
def test_a_notice_never_exceeds_the_size_limit_of_the_chat(phenomenon, scope, measures):
    told = replace(FOUND, phenomenon=phenomenon, scope=scope, measures=measures)
    text = incident_notice(told, Language(), ZoneInfo(ZONE))
    assert len(text.encode()) <= MAX_NOTICE_BYTES
    assert text.count("\n") == 5


def test_only_long_texts_are_shortened():
    told = replace(FOUND, phenomenon="断货" * 1_000, scope="全站")
    text = incident_notice(told, Language(), ZoneInfo(ZONE))
    assert MAX_NOTICE_BYTES - 3 <= len(text.encode()) <= MAX_NOTICE_BYTES
    assert "全站\n" in text
    assert "断…\n" in text or "货…\n" in text


@given(st.lists(st.text()), st.integers(min_value=0, max_value=300))
def test_texts_share_the_limit_and_are_unchanged_within_it(texts, limit):
    told = fit_texts(texts, limit)
    assert len(told) == len(texts)
    assert sum(len(each.encode()) for each in told) <= limit
    if sum(len(each.encode()) for each in texts) <= limit:
        assert told == texts


def test_the_incident_clock_counts_down_and_continues_with_a_sign():
    assert incident_clock_text(FOUND, OPENED + 0.25 * HOUR, Language()) == (
        "! I3 45:00 · tell: supervisor, boss"
    )
    told = replace(FOUND, told=((Recipient.BOSS, OPENED),))
    assert (
        incident_clock_text(told, OPENED + 1.25 * HOUR, Language())
        == "! I3 +15:00 · tell: supervisor"
    )
    told = replace(FOUND, told=tuple((each, OPENED) for each in Recipient))
    assert incident_clock_text(told, OPENED + HOUR, Language()) == ""


def test_from_a_day_on_the_clock_shows_days_and_hours():
    told = incident_clock_text(FOUND, OPENED + 167.5 * HOUR, Language())

    assert told.replace("\N{NO-BREAK SPACE}", " ") == "! I3 +6 d 22 h · tell: supervisor, boss"


def minutes_of(review: IncidentReview | None) -> str:
    found = OPENED - 24 * HOUR
    waiting = incident_draft(
        id=IncidentId("I1"),
        detected_at=found,
        reported_at=found,
        told=((Recipient.SUPERVISOR, found + 0.2 * HOUR), (Recipient.BOSS, found + 1.5 * HOUR)),
        recovered_at=found + 2 * HOUR,
        recovered_by_itself=True,
    )
    harness = MeetingHarness(agenda(), CarryOver(incidents=(waiting,)))
    if review:
        harness.step(incidents.review_incident, IncidentId("I1"), review)
    text = render_minutes(harness.meeting, Language())
    return text.partition("## Incidents\n\n")[2].partition("\n\n")[0]


def test_the_minutes_have_the_delay_and_the_loss():
    review = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order *earlier*")
    assert minutes_of(review).split("\n") == [
        "- **I1** Out of stock · B0TEST0001 shows “currently unavailable”",
        "  - Scope: US, 40 orders a day · First measures: Ads paused",
        "  - Found Sun 22 Nov 10:00 · supervisor: told Sun 22 Nov 10:12, 12\N{NO-BREAK SPACE}min "
        "after it was found · boss: told Sun 22 Nov 11:30, 1\N{NO-BREAK SPACE}h "
        "30\N{NO-BREAK SPACE}min after it was found · late (the limit is 1\N{NO-BREAK SPACE}h) "
        "· Recovered by itself Sun 22 Nov 12:00",
        r"  - Cause: A late ship · Loss: ¥ 9 000 · Lesson: Order \*earlier\*",
    ]


def test_the_minutes_say_that_a_review_was_left_open():
    waiting = incident_draft(id=IncidentId("I1"), reported_at=OPENED - HOUR)
    harness = MeetingHarness(agenda(), CarryOver(incidents=(waiting,)))
    minutes = render_minutes(harness.meeting, Language())
    assert "  - **I1** Out of stock · B0TEST0001 shows “currently unavailable”\n" in minutes
    assert "- **Incidents not reviewed:** I1\n" in minutes


def test_who_was_told_late_is_said_with_by_how_much():
    told = replace(
        FOUND, told=((Recipient.BOSS, OPENED + 6 * HOUR), (Recipient.SUPERVISOR, OPENED + HOUR))
    )
    plain = incident_clock_text(told, OPENED + 9 * HOUR, Language()).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert plain == "I3 told late: boss by 5 h"
    assert "everyone told" not in incident_list_line(told, OPENED + 9 * HOUR, Language())

    late = timedelta(seconds=20)
    told = replace(FOUND, told=((Recipient.SUPERVISOR, OPENED + HOUR + late),))
    plain = incident_clock_text(told, OPENED + 1.5 * HOUR, Language())
    assert plain.replace("\N{NO-BREAK SPACE}", " ") == (
        "! I3 +30:00 · tell: boss · told late: supervisor by 1 min"
    )
