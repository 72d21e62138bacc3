"""A meeting begins with what is true at that moment, not with what a screen showed before."""

import multiprocessing
from datetime import date, timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.agenda_file import create_agenda, read_agenda, reread_agenda
from facilitator.adapters.workspace_lock import lock_workspace
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.errors import FacilitatorError, RuleError, StorageError
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.rules import actions, incidents, risks
from facilitator.session.opening import Opening
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import STARTS, action_draft, agenda, close_meeting, incident_draft, risk_draft

PLAIN = replace(agenda(), decisions=())
A1 = ActionId("A1")
FIRST = MeetingId("2026-11-23-weekly")


@pytest.fixture
def here(tmp_path: Path) -> AppEnvironment:
    """One terminal, after a meeting that left A1 and R1."""
    environment = AppEnvironment(tmp_path)
    session = environment.begin(PLAIN)
    session.step(actions.add_action, action_draft("Ring", due=date(2026, 11, 27)))
    session.step(risks.raise_risk, risk_draft())
    environment.close(session)
    environment.clock.advance(hours=7 * 24)
    return environment


@pytest.fixture
def there(here: AppEnvironment) -> AppEnvironment:
    """Another terminal in the same folder, with a library of its own."""
    environment = AppEnvironment(here.folder)
    environment.clock.advance(hours=7 * 24)
    return environment


def opening_of(session: MeetingSession) -> Opening:
    assert session.opening is not None
    return session.opening


def test_what_was_done_meanwhile_is_not_carried_over(here, there):
    shown = here.services.carried(PLAIN)
    there.library.close_action(A1, "weekly", ActionStatus.DONE, "Mail", there.clock.now())
    session = here.services.begin(PLAIN, shown)
    assert session.meeting.actions == ()
    (said,) = opening_of(session).news
    assert said.translate() == "Closed or postponed since the lobby was read: A1."


def test_the_numbers_of_a_meeting_that_was_held_meanwhile_are_not_given_out_again(here, there):
    shown = here.services.carried(PLAIN)
    session = there.begin(PLAIN)
    session.step(actions.add_action, action_draft("Write"))
    session.step(actions.keep_action_open, A1, "Late", date(2026, 12, 4))
    there.close(session)
    session = here.services.begin(PLAIN, shown)
    session.step(actions.add_action, action_draft("Pay"))
    assert [(each.id, each.title) for each in session.meeting.actions] == [
        ("A1", "Ring"),
        ("A2", "Write"),
        ("A3", "Pay"),
    ]
    said = [each.translate() for each in opening_of(session).news]
    assert said[:2] == [
        "New since the lobby was read: A2.",
        "Changed since the lobby was read: A1, R1.",
    ]


def test_nothing_is_told_if_nothing_changed(here):
    week = here.services.week_under_review(PLAIN)
    session = here.services.begin(PLAIN, here.services.carried(PLAIN), (), week)
    assert opening_of(session).news == ()


def test_a_risk_and_an_incident_that_were_settled_meanwhile_are_not_asked_for_again(here, there):
    now = here.clock.now()
    here.services.incidents.step(incidents.report_incident, now, incident_draft())
    shown = here.services.carried(PLAIN)
    session = there.begin(PLAIN)
    session.step(risks.close_risk, session.meeting.risks[0].id, "It came")
    session.step(
        incidents.review_incident,
        IncidentId("I1"),
        IncidentReview(cause="Late ship", loss="None", lesson="Order sooner"),
    )
    there.close(session)
    session = here.services.begin(PLAIN, shown)
    assert (session.meeting.risks, session.meeting.incidents) == ((), ())
    assert session.meeting.item("incident-review") is None
    assert "Closed or postponed since the lobby was read: R1, I1." in [
        each.translate() for each in opening_of(session).news
    ]


def test_the_week_is_that_of_the_day_on_which_it_begins(here):
    week = here.services.week_under_review(PLAIN)
    carried = here.services.carried(PLAIN)
    here.clock.advance(hours=24 * 7)
    session = here.services.begin(PLAIN, carried, (), week)
    assert opening_of(session).needs_figures
    assert "The week under review is now 2026-11-30 – 2026-12-06" in (
        opening_of(session).news[-1].translate()
    )


def test_a_rehearsal_begins_with_what_is_true_now_too(here, there):
    shown = here.services.carried(PLAIN)
    there.library.close_action(A1, "weekly", ActionStatus.DONE, "Mail", there.clock.now())
    session = here.services.rehearse(PLAIN, shown)
    assert session.meeting.actions == ()
    assert opening_of(session).news


def agenda_on_disk(folder: Path) -> Agenda:
    file = folder / "agendas" / "weekly" / "agenda.toml"
    create_agenda(file, title="Before", series="weekly", starts=STARTS, language="en")
    (file.parent / "data").mkdir()
    found, _problems = read_agenda(file)
    assert found is not None
    return found


def with_files(environment: AppEnvironment) -> AppEnvironment:
    environment.services = replace(environment.services, reread_agenda=reread_agenda)
    return environment


def test_an_agenda_file_that_was_changed_is_read_again(here, tmp_path):
    shown = agenda_on_disk(tmp_path)
    file = Path(shown.file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"Before"', '"After"'), encoding="utf-8")
    session = with_files(here).services.begin(shown, here.services.carried(shown))
    assert session.meeting.agenda.title == "After"
    assert opening_of(session).needs_figures
    assert "The agenda file was changed" in opening_of(session).news[-1].translate()


def test_an_agenda_file_with_an_error_since_then_is_told_before_anything_is_written(here, tmp_path):
    shown = agenda_on_disk(tmp_path)
    Path(shown.file).write_text("title = 7\n", encoding="utf-8")
    carried, before = here.services.carried(shown), set(tmp_path.iterdir())
    with pytest.raises(FacilitatorError, match=r"changed and has errors: .*agenda\.toml"):
        with_files(here).services.begin(shown, carried)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("is_gone", [True, False])
def test_an_agenda_that_is_gone_or_the_same_is_used_as_it_was_shown(here, tmp_path, is_gone):
    shown = agenda_on_disk(tmp_path)
    if is_gone:
        Path(shown.file).unlink()
    session = with_files(here).services.begin(shown, here.services.carried(shown))
    assert opening_of(session).news == ()
    assert not opening_of(session).needs_figures


def test_nobody_begins_or_reopens_a_meeting_while_another_window_does(here, monkeypatch):
    monkeypatch.setattr("facilitator.adapters.workspace_lock.LOCK_TIMEOUT", 0)
    monkeypatch.setattr(
        "facilitator.adapters.meetings_folder.lock_workspace",
        lambda root: lock_workspace(root, timeout=0),
    )
    carried = here.services.carried(PLAIN)
    with lock_workspace(here.folder):
        with pytest.raises(StorageError, match="Another window is changing"):
            here.services.begin(PLAIN, carried)
        with pytest.raises(StorageError, match="Another window is changing"):
            here.services.reopen(FIRST, "A slip")
    here.services.reopen(FIRST, "A slip").leave()


def test_a_meeting_that_was_closed_elsewhere_meanwhile_is_not_resumed(here, there):
    here.begin(PLAIN).leave()
    (shown,) = here.services.resumable()
    there.close(there.services.resume(shown.id))
    with pytest.raises(RuleError, match=r"over|closed"):
        here.services.resume(shown.id)


def _begin_at_the_same_time(folder: Path, start: Barrier, said: "Queue[tuple[str, str]]") -> None:
    environment = AppEnvironment(folder)
    environment.clock.advance(hours=7 * 24)
    shown = environment.services.carried(PLAIN)
    start.wait()
    try:
        session = environment.services.begin(PLAIN, shown)
    except FacilitatorError as error:
        said.put(("", str(error)))
    else:
        session.step(actions.add_action, action_draft("Write"))
        close_meeting(session)
        environment.services.finish(session)
        said.put((session.meeting.actions[-1].id, ""))


def test_of_two_terminals_that_begin_at_once_none_gives_out_the_numbers_of_the_other(here):
    context = multiprocessing.get_context("spawn")
    start, said = context.Barrier(2), context.Queue()
    both = [
        context.Process(target=_begin_at_the_same_time, args=(here.folder, start, said))
        for _each in range(2)
    ]
    for each in both:
        each.start()
    answers = [said.get(timeout=60) for _each in both]
    for each in both:
        each.join()
    given = [number for number, _text in answers if number]
    refused = [text for _number, text in answers if text]
    assert given in (["A2"], ["A2", "A3"], ["A3", "A2"])
    assert len(given) + len(refused) == 2
    assert all("still open" in each or "open in another window" in each for each in refused)
    assert here.services.carried(PLAIN).numbers.action == 2 + len(given)


def test_an_older_meeting_reopened_while_another_begins_gets_other_numbers(here, there):
    session = here.begin(PLAIN)
    with pytest.raises(RuleError, match="still open"):
        there.services.reopen(FIRST, "A slip")
    here.close(session)
    reopened = there.services.reopen(FIRST, "A slip")
    with pytest.raises(StorageError, match="open in another window"):
        here.begin(PLAIN)
    reopened.step(actions.add_action, action_draft("Pay"))
    reopened.leave()
    here.clock.advance(hours=1)
    session = here.begin(PLAIN)
    assert session.step(actions.add_action, action_draft("Write")).actions[-1].id == "A3"


def test_what_was_shown_stays_if_nothing_is_known_of_the_series_any_more(tmp_path):
    environment = AppEnvironment(tmp_path)
    shown = CarryOver(actions=(replace(action_draft("Ring"), id=A1),))
    session = environment.services.begin(PLAIN, shown)
    assert [each.id for each in session.meeting.actions] == ["A1"]
    assert opening_of(session).news == ()


def test_a_day_that_begins_meanwhile_counts(here):
    carried = here.services.carried(PLAIN)
    here.clock.advance(hours=24)
    session = here.services.begin(PLAIN, carried)
    assert session.meeting.date == date(2026, 12, 1)
    assert session.meeting_id == "2026-12-01-weekly"
    assert session.meeting.date - timedelta(days=8) == date(2026, 11, 23)
