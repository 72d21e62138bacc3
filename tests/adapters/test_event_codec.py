"""Events survive encoding and decoding, and a fault names its place."""

import json
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.adapters.decoding import EARLIEST, LATEST, LONGEST
from facilitator.adapters.event_codec import (
    JournalLine,
    UnreadableLineError,
    decode_line,
    encode_line,
    type_name,
)
from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import DecisionId, Outcome, Ruling
from facilitator.domain.errors import JournalError
from facilitator.domain.event_history import replay
from facilitator.domain.events.clock import ClockTicked, ItemStarted, TimeboxChanged
from facilitator.domain.events.decisions import DecisionRuled
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import DraftSaved, MeetingEvent, MeetingOpened
from facilitator.domain.events.notes import NoteTaken
from facilitator.domain.note import Note, NoteId
from facilitator.domain.rules import focus as focus_rules
from tests.factories import (
    OPENED,
    ZONE,
    MeetingHarness,
    agenda,
    all_event_types,
    carried,
    event_types,
    meeting_events,
    scorecard,
)

texts = st.text()
moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(EARLIEST, LATEST)
ids = st.from_regex(r"[A-Z][0-9]{1,4}", fullmatch=True)


def there_and_back(event: MeetingEvent) -> MeetingEvent:
    return decode_line(encode_line(JournalLine(number=7, event=event))).event


def line(**envelope: object) -> bytes:
    return json.dumps(
        {"n": 1, "type": "ClockTicked", "fact": {"at": "2026-11-23T02:00:00Z"}} | envelope
    ).encode()


def test_the_sample_meeting_has_every_kind_of_event():
    assert event_types(meeting_events()) == set(all_event_types()) == set(get_args(MeetingEvent))


@pytest.mark.parametrize("event", meeting_events(), ids=lambda event: type(event).__name__)
def test_every_event_survives_the_journal(event):
    assert there_and_back(event) == event


def test_the_meeting_survives_the_journal():
    events = meeting_events()
    assert replay(map(there_and_back, events)) == replay(events)


def test_a_focus_review_survives_the_journal():
    harness = MeetingHarness(agenda(), carried())
    harness.step(focus_rules.answer_focus, "清仓老品")
    harness.step(focus_rules.review_focus, parked=("A4", "D3"), killed=("D2",), reason="Too late")
    assert there_and_back(harness.events[-1]) == harness.events[-1]
    assert replay(map(there_and_back, harness.events)) == harness.meeting


@given(moments, texts, ids, texts)
def test_any_text_survives_the_journal(at, text, note_id, form):
    for event in (
        NoteTaken(at=at, note=Note(id=NoteId(note_id), item_id=None, text=text, at=at)),
        DraftSaved(at=at, form=form, fields=((text, form), (form, text))),
    ):
        assert there_and_back(event) == event


@given(moments, st.timedeltas(-LONGEST, LONGEST), st.none() | days)
def test_any_time_duration_and_date_survives_the_journal(at, by, until):
    ruling = Ruling(outcome=Outcome.POSTPONED, at=at, until=until, frees=by)
    for event in (
        TimeboxChanged(at=at, item_id=ItemId("ads"), by=by),
        ItemStarted(at=at, item_id=ItemId("ads"), timebox=by),
        DecisionRuled(at=at, decision_id=DecisionId("D1"), ruling=ruling),
    ):
        assert there_and_back(event) == event


@pytest.mark.parametrize("event", meeting_events(), ids=lambda event: type(event).__name__)
def test_an_event_is_one_line_of_utf8(event):
    written = encode_line(JournalLine(number=12, event=event))
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1
    envelope = json.loads(written.decode("utf-8"))
    assert list(envelope) == ["n", "type", "fact"]
    assert (envelope["n"], envelope["type"]) == (12, type_name(event))


@pytest.mark.parametrize("event", meeting_events(), ids=lambda event: type(event).__name__)
def test_a_line_with_explicit_empty_fields_is_the_same_event(event):
    in_full = json.loads(msgspec.json.encode(event))
    assert decode_line(line(type=type_name(event), fact=in_full)).event == event


def test_default_values_are_left_out_but_an_explicit_zero_is_kept():
    card = scorecard(acos=0.0)
    written = json.loads(
        encode_line(JournalLine(number=1, event=KpisLoaded(at=OPENED, scorecard=card)))
    )
    _, reading = written["fact"]["scorecard"]["series"][0]["readings"]
    assert reading == {"week_end": "2026-11-22", "value": 0.0}


def test_the_start_keeps_its_time_zone_and_not_only_its_offset():
    opening = meeting_events()[0]
    assert isinstance(opening, MeetingOpened)
    again = there_and_back(opening)
    assert isinstance(again, MeetingOpened)
    assert again.agenda.starts.tzinfo == ZoneInfo(ZONE)


def test_the_day_of_a_late_meeting_is_the_one_of_its_own_zone():
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    meeting = replay([there_and_back(MeetingOpened(at=late, agenda=agenda()))])
    assert meeting.date.isoformat() == "2026-11-23"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "Europe/Berlin"])
def test_an_unknown_or_inconsistent_zone_keeps_the_offset(zone):
    written = json.loads(encode_line(JournalLine(number=1, event=meeting_events()[0])))
    written["fact"]["agenda"]["timezone"] = zone
    event = decode_line(json.dumps(written).encode()).event
    assert isinstance(event, MeetingOpened)
    assert event.agenda.starts.utcoffset() == timedelta(hours=8)


def test_unknown_fields_of_a_newer_version_are_ignored():
    fact = {"at": "2026-11-23T02:00:00Z", "mood": "fine"}
    assert decode_line(line(fact=fact, by="mei")).event == ClockTicked(at=OPENED)


def test_a_wrong_type_is_reported_with_its_place():
    fact = {"at": "2026-11-23T02:00:00Z", "item_id": "ads", "by": {}}
    with pytest.raises(JournalError, match=r"TimeboxChanged.*\$\.by"):
        decode_line(line(type="TimeboxChanged", fact=fact))


def test_an_unknown_kind_of_event_is_reported_by_name():
    with pytest.raises(JournalError, match="TeaServed") as told:
        decode_line(line(type="TeaServed"))
    assert not isinstance(told.value, UnreadableLineError)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\x00\x00", b"[]", b'{"n":"1"}', line()[:-1], line(n=None)]
)
def test_an_unreadable_line_has_an_error_of_its_own(content):
    with pytest.raises(UnreadableLineError):
        decode_line(content)
