"""Incidents wait beside the meetings, and come onto the next agenda."""

from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.domain.errors import JournalError, RuleError
from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient
from facilitator.domain.open_points import open_points
from facilitator.domain.rules import incidents
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.incidents import REVIEW_ITEM
from facilitator.session.session import MeetingSession
from tests.building import OPENED, agenda, incident
from tests.tui.desks import DeskTop

REVIEW = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order earlier")


@pytest.fixture
def top(tmp_path: Path) -> DeskTop:
    top = DeskTop(tmp_path)
    found = OPENED - timedelta(hours=20)
    top.desk.incidents.step(incidents.report_incident, found, incident(detected_at=found))
    return top


def begun(top: DeskTop) -> MeetingSession:
    return top.desk.begin(agenda(), top.desk.carried(agenda()))


def close(top: DeskTop, session: MeetingSession) -> None:
    for end in open_points(session.meeting):
        session.step(meeting_rules.accept_open_point, end.key, "Next week.")
    session.step(meeting_rules.close_meeting)
    top.desk.finish(session)
    top.clock.advance(hours=1)


def known(top: DeskTop) -> Incident:
    (only,) = top.desk.incidents.incidents()
    return only


def test_the_next_meeting_of_the_series_has_an_item_for_the_review(top):
    session = begun(top)
    second = session.meeting.items[1].item
    assert (second.id, second.title) == (REVIEW_ITEM, "Incident review: I1")
    assert second.is_protected
    assert session.meeting.incidents == (known(top),)


def test_another_series_has_none(top):
    monthly = agenda(series="monthly")
    session = top.desk.begin(monthly, top.desk.carried(monthly))
    assert session.meeting.agenda.items == monthly.items
    assert session.meeting.incidents == ()


def test_a_review_is_signed_at_the_close_and_does_not_come_back(top):
    session = begun(top)
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    assert known(top).review is None
    close(top, session)
    assert known(top).review == REVIEW
    assert begun(top).meeting.incidents == ()


def test_finishing_again_signs_nothing_twice(top):
    session = begun(top)
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    close(top, session)
    top.desk.finish(session)
    assert known(top).review == REVIEW


def test_a_review_of_a_program_that_died_after_the_close_is_signed_by_the_next(top):
    session = begun(top)
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    for end in open_points(session.meeting):
        session.step(meeting_rules.accept_open_point, end.key, "Next week.")
    session.step(meeting_rules.close_meeting)
    session.leave()
    assert known(top).review is None
    assert top.desk.carried(agenda()).incidents == ()
    assert known(top).review == REVIEW


def test_a_review_in_a_meeting_that_is_still_open_is_not_signed(top):
    session = begun(top)
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    session.leave()
    assert top.desk.carried(agenda()).incidents == (known(top),)
    assert known(top).review is None


def test_a_review_left_open_comes_back(top):
    close(top, begun(top))
    again = begun(top).meeting
    assert again.incidents_to_review == (known(top),)
    assert REVIEW_ITEM not in {topic.item_id for topic in again.topics}


def test_a_rehearsal_signs_nothing(top):
    session = top.desk.rehearse(agenda(), top.desk.carried(agenda()))
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    close(top, session)
    assert known(top).review is None


def test_what_is_told_from_another_window_counts(top):
    other = IncidentJournal(top.folder)
    other.step(incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS)
    assert known(top).told_at(Recipient.BOSS) == OPENED
    with pytest.raises(RuleError, match="told already"):
        top.desk.incidents.step(
            incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS
        )


def test_no_folder_is_no_incident_and_a_report_makes_it(tmp_path):
    log = IncidentJournal(tmp_path / "meetings")
    assert log.incidents() == ()
    log.step(incidents.report_incident, OPENED, incident())
    assert [each.id for each in log.incidents()] == ["I1"]


def test_a_refused_step_leaves_the_journal_as_it_was(top):
    before = (top.folder / "incidents.jsonl").read_bytes()
    with pytest.raises(RuleError):
        top.desk.incidents.step(incidents.recover_incident, OPENED, IncidentId("I9"))
    assert (top.folder / "incidents.jsonl").read_bytes() == before


def test_a_damaged_journal_does_not_keep_a_meeting_without_incidents_from_ending(tmp_path):
    top = DeskTop(tmp_path)
    session = begun(top)
    (top.folder / "incidents.jsonl").write_bytes(b"not json\n{}\n")
    close(top, session)
    assert top.desk.resumable() == ()


def test_a_damaged_journal_is_named_with_its_line(top):
    path = top.folder / "incidents.jsonl"
    path.write_bytes(b"not json\n" + path.read_bytes())
    with pytest.raises(JournalError, match=r"incidents\.jsonl, line 1"):
        top.desk.incidents.incidents()


def test_the_notice_is_kept_in_a_file_of_its_own(top):
    file = top.desk.incidents.write_notice(IncidentId("I1"), "断货\n")
    assert file == top.folder / "incident-I1.txt"
    assert file.read_text(encoding="utf-8") == "断货\n"
