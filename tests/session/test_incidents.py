"""Incidents are stored beside the meetings, and reviewed at the next one."""

from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.domain.errors import JournalError, RuleError
from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient
from facilitator.domain.rules import incidents
from facilitator.session.incidents import REVIEW_ITEM
from tests.environment import AppEnvironment
from tests.factories import OPENED, agenda, close_meeting, incident_draft

REVIEW = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order earlier")


@pytest.fixture
def environment(tmp_path: Path) -> AppEnvironment:
    environment = AppEnvironment(tmp_path)
    found = OPENED - timedelta(hours=20)
    environment.services.incidents.step(
        incidents.report_incident, found, incident_draft(detected_at=found)
    )
    return environment


def known(environment: AppEnvironment) -> Incident:
    (only,) = environment.services.incidents.incidents()
    return only


def test_the_next_meeting_of_the_series_has_an_item_for_the_review(environment):
    session = environment.begin()
    second = session.meeting.items[1].item
    assert (second.id, second.title) == (REVIEW_ITEM, "Incident review: I1")
    assert second.is_protected
    assert session.meeting.incidents == (known(environment),)


def test_another_series_has_no_incident_review(environment):
    monthly = agenda(series="monthly")
    session = environment.begin(monthly)
    assert session.meeting.agenda.items == monthly.items
    assert session.meeting.incidents == ()


def test_a_review_is_recorded_at_the_close_and_not_repeated(environment):
    session = environment.begin()
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    assert known(environment).review is None
    environment.close(session)
    environment.clock.advance(hours=1)
    assert known(environment).review == REVIEW
    assert environment.begin().meeting.incidents == ()


def test_finishing_again_records_no_review_twice(environment):
    session = environment.begin()
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    environment.close(session)
    environment.clock.advance(hours=1)
    environment.services.finish(session)
    assert known(environment).review == REVIEW


def test_a_review_lost_after_the_close_is_recorded_by_the_next_start(environment):
    session = environment.begin()
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    close_meeting(session)
    session.leave()
    assert known(environment).review is None
    assert environment.services.carried(agenda()).incidents == ()
    assert known(environment).review == REVIEW


def test_a_review_in_an_open_meeting_is_not_recorded(environment):
    session = environment.begin()
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    session.leave()
    assert environment.services.carried(agenda()).incidents == (known(environment),)
    assert known(environment).review is None


def test_a_review_left_open_is_carried_over(environment):
    environment.close(environment.begin())
    environment.clock.advance(hours=1)
    again = environment.begin().meeting
    assert again.incidents_to_review == (known(environment),)
    assert REVIEW_ITEM not in {topic.item_id for topic in again.topics}


def test_a_rehearsal_records_no_review(environment):
    session = environment.services.rehearse(agenda(), environment.services.carried(agenda()))
    session.step(incidents.review_incident, IncidentId("I1"), REVIEW)
    environment.close(session)
    environment.clock.advance(hours=1)
    assert known(environment).review is None


def test_informing_from_another_window_counts(environment):
    other = IncidentJournal(environment.folder)
    other.step(incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS)
    assert known(environment).told_at(Recipient.BOSS) == OPENED
    with pytest.raises(RuleError, match="already been told"):
        environment.services.incidents.step(
            incidents.record_recipient_informed, OPENED, IncidentId("I1"), Recipient.BOSS
        )


def test_without_a_folder_there_are_no_incidents_and_a_report_creates_it(tmp_path):
    log = IncidentJournal(tmp_path / "meetings")
    assert log.incidents() == ()
    log.step(incidents.report_incident, OPENED, incident_draft())
    assert [each.id for each in log.incidents()] == ["I1"]


def test_a_refused_step_leaves_the_journal_as_it_was(environment):
    before = (environment.folder / "incidents.jsonl").read_bytes()
    with pytest.raises(RuleError):
        environment.services.incidents.step(incidents.recover_incident, OPENED, IncidentId("I9"))
    assert (environment.folder / "incidents.jsonl").read_bytes() == before


def test_a_damaged_incident_journal_does_not_prevent_closing(tmp_path):
    environment = AppEnvironment(tmp_path)
    session = environment.begin()
    (environment.folder / "incidents.jsonl").write_bytes(b"not json\n{}\n")
    environment.close(session)
    environment.clock.advance(hours=1)
    assert environment.services.resumable() == ()


def test_a_damaged_incident_journal_is_reported_with_its_line(environment):
    path = environment.folder / "incidents.jsonl"
    before = environment.services.incidents.incidents()
    path.write_bytes(b"not json\n" + path.read_bytes())

    log = environment.services.incidents
    assert log.incidents() == before
    (problem, number) = log.problems
    assert problem.translate().startswith("incidents.jsonl: line 1: ")
    assert "Event 2 was expected" in number.translate()
    with pytest.raises(JournalError, match=r"incidents\.jsonl, line 1"):
        log.step(incidents.recover_incident, OPENED, IncidentId("I1"))


def test_the_notice_is_kept_in_a_file_of_its_own(environment):
    file = environment.services.incidents.write_notice(IncidentId("I1"), "断货\n")
    assert file == environment.folder / "incident-I1.txt"
    assert file.read_text(encoding="utf-8") == "断货\n"
