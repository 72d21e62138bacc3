"""`facilitator demo`: a prepared week, after a meeting last week."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import facilitator
from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.journal_reader import read_journal
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.prepare import prepare_sample
from facilitator.cli.demo.sample import STORY_FILE, sample_agendas_folder
from facilitator.cli.demo.story import Story, load_story
from facilitator.cli.workspace import Workspace, load_agendas
from facilitator.domain.agenda import Agenda
from facilitator.domain.decision import Outcome
from facilitator.domain.errors import FacilitatorError
from facilitator.domain.event_history import replay
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.domain.risk_disclosure import silent_reporters
from facilitator.render.language import Language

BOTH = pytest.mark.parametrize(("tag", "name"), [("en", "weekly"), ("zh_CN", "weekly-zh")])


def last_week(demo: Path, name: str) -> Meeting:
    journal = next(demo.glob(f"meetings/*-{name}/journal.jsonl"))
    return replay(read_journal(journal).events)


def story(name: str) -> Story:
    return load_story(sample_agendas_folder() / name / STORY_FILE)


def agenda_of(demo: Path, name: str) -> Agenda:
    agenda, problems = read_agenda(demo / "agendas" / name / "agenda.toml")
    assert agenda is not None, problems
    return agenda


@BOTH
def test_everything_is_ready_for_todays_meeting(run, demo, tag, name):
    printed = run("check", name, at=demo)

    assert printed.code == 0, printed.out
    assert "✗" not in printed.out
    assert printed.err == ""


@BOTH
def test_the_last_meeting_of_the_demo_was_held_a_week_ago_and_closed(demo, tag, name):
    meeting = last_week(demo, name)

    assert meeting.is_closed
    assert meeting.date == agenda_of(demo, name).starts.date() - timedelta(days=7)
    assert meeting.agenda.language == tag
    assert (demo / "meetings" / f"{meeting.date}-{name}" / "minutes.md").is_file()


@BOTH
def test_the_last_meeting_left_four_complete_action_items_one_of_them_overdue(demo, tag, name):
    today = agenda_of(demo, name).starts.date()
    left = last_week(demo, name).open_actions

    assert [action.id for action in left] == ["A1", "A2", "A3", "A4"]
    assert all(action.owner and action.due and action.criterion for action in left)
    assert [action.due for action in left if action.is_overdue(today)] == [
        today - timedelta(days=3)
    ]


@BOTH
def test_everybody_who_reports_raised_a_risk_or_signed_at_the_last_meeting(demo, tag, name):
    meeting = last_week(demo, name)

    assert silent_reporters(meeting) == ()
    assert [each.state for each in meeting.risks] == ["out_of_control", "watched", "watched"]
    assert [bool(each.solution) for each in meeting.risks] == [True, True, False]
    assert len(meeting.signed) == 1


@BOTH
def test_todays_meeting_cannot_close_before_everybody_reported(demo, tag, name):
    agenda = agenda_of(demo, name)
    at = build_services(Workspace(demo))

    session = at.rehearse(agenda, at.carried(agenda))

    asked = [
        end.id for end in open_points(session.meeting) if end.subject is OpenPointSubject.REPORTER
    ]
    assert asked == ["wang", "li", "zhao", "sun"]


@BOTH
def test_the_last_meeting_postponed_a_decision_to_today_and_left_its_focus(demo, tag, name):
    meeting = last_week(demo, name)
    (decision,) = meeting.decisions

    assert decision.ruling is not None
    assert decision.ruling.outcome is Outcome.POSTPONED
    assert decision.ruling.until == agenda_of(demo, name).starts.date()
    assert len(meeting.topics) == 1
    assert meeting.focus == story(name).focus
    assert len(meeting.notes) == len(story(name).notes)
    said = {(answer.causes[0], answer.proposal) for answer in meeting.answers if answer.causes}
    assert said == {(each.cause, each.proposal) for each in story(name).answers.values()}


@BOTH
def test_todays_meeting_begins_with_what_last_weeks_left(demo, tag, name):
    agenda = agenda_of(demo, name)
    at = build_services(Workspace(demo))

    carried = at.carried(agenda)

    assert len(carried.actions) == 4
    assert [decision.question for decision in carried.decisions] == [story(name).question.question]
    assert len(carried.topics) == 1
    assert carried.focus == story(name).focus
    assert {value.week_end for value in carried.values} == {
        at.load(agenda).week.back(1).end,
    }


def test_each_language_finds_its_own_agenda_on_top(demo):
    for tag, name in (("en", "weekly"), ("zh_CN", "weekly-zh")):
        first = load_agendas(Workspace(demo), Language(tag=tag))[0]
        assert first.file.parent.name == name


def test_a_sample_of_today_is_used_again_with_its_meetings(run, demo):
    (demo / "meetings" / "kept").mkdir()

    printed = run("demo", "--prepare", "--folder", demo)

    assert (printed.code, printed.out) == (0, f"{demo}\n")
    assert (demo / "meetings" / "kept").is_dir()


def test_a_sample_with_a_damaged_agenda_is_used_again(run, demo):
    file = demo / "agendas" / "weekly" / "agenda.toml"
    file.write_text("title = ", encoding="utf-8")

    assert run("demo", "--prepare", "--folder", demo).code == 0
    assert file.read_text("utf-8") == "title = "


def test_the_sample_of_an_installed_program_is_in_its_package(monkeypatch, tmp_path):
    (tmp_path / "sample" / "weekly").mkdir(parents=True)
    monkeypatch.setattr(facilitator, "__file__", str(tmp_path / "__init__.py"))

    assert sample_agendas_folder() == tmp_path / "sample"


def test_an_empty_folder_is_used_for_the_sample(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()

    prepare_sample(folder, datetime(2027, 5, 5, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo")))

    assert (folder / "agendas" / "weekly" / "agenda.toml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert last_week(folder, "weekly").agenda.file == str(folder / "agendas/weekly/agenda.toml")


def test_a_folder_with_something_else_in_it_is_left_alone(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")

    printed = run("demo", "--prepare", "--folder", tmp_path / "mine")

    assert printed.code == 1
    assert "Name a new or empty folder" in printed.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_sample_of_another_day_is_left_alone(run, tmp_path):
    prepare_sample(tmp_path / "old", datetime(2025, 1, 8, 9, 0, tzinfo=ZoneInfo("UTC")))

    printed = run("demo", "--prepare", "--folder", tmp_path / "old")

    assert printed.code == 1
    assert "2025-01-08" in printed.err


@BOTH
def test_the_story_names_only_items_and_people_of_its_agenda(demo, tag, name):
    agenda, last_story = agenda_of(demo, name), story(name)
    items = {*last_story.notes, *last_story.parked}
    people = {last_story.signed}
    for each in last_story.actions:
        items.add(each.item)
        people.add(each.owner)
    for risk in last_story.risks:
        items.add(risk.item)
        people |= {risk.owner, risk.raiser}

    assert items <= {item.id for item in agenda.items}
    assert people <= {person.id for person in agenda.people}


def test_the_story_is_not_copied_into_the_prepared_sample(demo):
    assert list(demo.rglob(STORY_FILE)) == []


@pytest.mark.parametrize("content", [b"focus = 1", b"focus = ", b"\xff"])
def test_a_damaged_story_is_named_with_what_is_wrong(content, tmp_path):
    file = tmp_path / STORY_FILE
    file.write_bytes(content)

    with pytest.raises(FacilitatorError, match="The sample is damaged"):
        load_story(file)
