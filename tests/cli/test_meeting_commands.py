"""`minutes`, `actions`, `reindex` and `clock`: the commands about meetings."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.journal_reader import read_journal
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.sample import load_sample_agenda
from facilitator.cli.lifecycle import follow_running
from facilitator.cli.workspace import Workspace
from facilitator.domain.action import ActionId
from facilitator.domain.rules import actions
from facilitator.session.session import MeetingSession
from tests.factories import action_draft


def last_meeting(demo: Path, name: str = "weekly") -> Path:
    return next(path for path in demo.glob("meetings/*") if path.name.endswith(f"-{name}"))


def begin_today(demo: Path) -> MeetingSession:
    """Begin a meeting today, and leave it open."""
    at = build_services(Workspace(demo))
    agenda = load_sample_agenda(demo / "agendas")
    return at.begin(agenda, at.carried(agenda))


def test_minutes_are_written_again_as_they_were(run, demo):
    folder = last_meeting(demo)

    printed = run("minutes", folder.name, at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert printed.out == (folder / "minutes.md").read_text("utf-8")


def test_minutes_are_those_of_the_newest_meeting_unless_one_is_named(run, demo):
    session = begin_today(demo)
    session.leave()

    assert f"date: {session.meeting.date}\n" in run("minutes", at=demo).out


def test_minutes_go_into_a_file_in_the_language_asked_for(run, demo):
    folder = last_meeting(demo)

    printed = run("minutes", folder, "--language", "zh_CN", "--output", demo / "mine.md", at=demo)

    assert (printed.code, printed.out) == (0, "")
    assert "mine.md" in printed.err
    assert "## 决议" in (demo / "mine.md").read_text("utf-8")


def test_minutes_into_a_missing_folder_are_a_readable_error(run, demo):
    printed = run("minutes", "--output", demo / "nowhere" / "mine.md", at=demo)

    assert printed.code == 1
    assert printed.err.count("\n") == 1


def test_minutes_replace_earlier_minutes_and_other_files_by_force_only(run, demo):
    file, agenda = demo / "mine.md", demo / "agendas" / "weekly" / "agenda.toml"
    file.write_text("My own notes\n")
    before = agenda.read_bytes()
    for named in (file, agenda):
        printed = run("minutes", "--output", named, at=demo)
        assert (printed.code, printed.out) == (1, "")
        assert "--force" in printed.err
    assert (file.read_text(), agenda.read_bytes()) == ("My own notes\n", before)

    assert run("minutes", "--output", file, "--force", at=demo).code == 0
    written = file.read_text("utf-8")
    assert written.startswith("---\ntitle: ")
    assert run("minutes", "--output", file, "--language", "zh_CN", at=demo).code == 0
    assert file.read_text("utf-8") != written


@pytest.mark.parametrize("name", ["journal.jsonl", "minutes.md", "new.md", "../library.json"])
def test_minutes_never_go_among_the_meetings(run, demo, name):
    folder = last_meeting(demo)
    before = {each: each.read_bytes() for each in folder.iterdir()}

    printed = run("minutes", "--force", "--output", folder / name, at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "folder of the meetings" in printed.err
    assert {each: each.read_bytes() for each in folder.iterdir()} == before


@pytest.mark.parametrize("named", ["", ".", "agendas", "/dev/null", "/dev/stdout"])
def test_minutes_go_into_no_folder_and_no_device(shell, demo, named):
    printed = shell("minutes", "--force", "--output", named, at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert printed.err.count("\n") == 1


def test_an_unknown_meeting_is_reported_with_those_that_exist(run, demo):
    printed = run("minutes", "2020-01-01-weekly", at=demo)

    assert printed.code == 1
    assert last_meeting(demo).name in printed.err


def test_minutes_without_any_meeting_say_so(run):
    printed = run("minutes")

    assert (printed.code, printed.err) == (1, "There are no meetings here yet.\n")


def test_a_damaged_journal_is_reported_and_the_rest_is_printed(run, demo):
    journal = last_meeting(demo) / "journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    place = next(number for number, line in enumerate(lines) if b"garlic press still" in line)
    lines[place] = lines[place][: len(lines[place]) // 2]
    journal.write_bytes(b"\n".join(lines))

    printed = run("minutes", last_meeting(demo).name, at=demo)

    assert printed.code == 1
    assert f"line {place + 1}" in printed.err
    assert "# Weekly Amazon operations review" in printed.out
    assert "hardly move" in printed.out


def test_actions_are_listed_with_owner_due_date_age_and_lateness(run, demo):
    printed = run("actions", "--series", "weekly", at=demo)

    assert (printed.code, printed.err) == (0, "")
    lines = printed.out.splitlines()
    assert len(lines) == 5
    assert "A1" in lines[1]
    assert "Zhao Min" in lines[1]
    assert lines[1].rstrip().endswith("! overdue")


def test_actions_of_all_series_are_listed_in_json(run, demo):
    printed = run("actions", "--json", at=demo)

    answer = json.loads(printed.out)
    assert len(answer) == 8
    assert {each["series"] for each in answer} == {"weekly", "weekly-zh"}
    first = next(each for each in answer if (each["series"], each["id"]) == ("weekly", "A1"))
    assert first["owner"] == "zhao"
    assert first["overdue"] is True
    assert first["age_in_meetings"] == 0
    assert first["due"] == first["first_due"]
    assert first["meeting"] == last_meeting(demo).name


@pytest.mark.parametrize("owner", ["zhao", "Zhao Min", "zhao min"])
def test_actions_of_one_person_are_found_by_id_or_name(run, demo, owner):
    answer = json.loads(
        run("actions", "--owner", owner, "--series", "weekly", "--json", at=demo).out
    )

    assert [each["id"] for each in answer] == ["A1"]


def test_without_meetings_the_list_of_actions_is_empty(run):
    assert run("actions").code == 0
    assert json.loads(run("actions", "--json").out) == []


def test_an_action_item_is_closed_with_its_evidence_and_not_carried_over(run, demo):
    printed = run(
        "actions", "--done", "a2", "--series", "weekly", "--evidence", "Picture 3", at=demo
    )

    assert (printed.code, printed.err) == (0, "")
    assert "A2" in printed.out
    left = json.loads(run("actions", "--series", "weekly", "--json", at=demo).out)
    assert [each["id"] for each in left] == ["A1", "A4", "A3"]
    session = begin_today(demo)
    assert [action.id for action in session.meeting.actions] == ["A1", "A3", "A4"]
    session.leave()


def test_all_actions_include_closed_ones(run, demo):
    run("actions", "--done", "A2", "--series", "weekly", "--evidence", "Picture 3", at=demo)

    answer = json.loads(run("actions", "--all", "--series", "weekly", "--json", at=demo).out)

    assert {each["id"]: each["status"] for each in answer} == {
        "A1": "open",
        "A2": "done",
        "A3": "open",
        "A4": "open",
    }


def test_actions_about_a_product_are_found_by_its_asin(run, demo):
    answer = json.loads(
        run("actions", "--asin", "b0fac00102", "--series", "weekly", "--json", at=demo).out
    )

    assert [each["asins"] for each in answer] == [["B0FAC00102"]]


def test_a_blocked_action_item_says_by_what(run, demo):
    session = begin_today(demo)
    session.step(actions.block_action, ActionId("A4"), "no login")
    session.leave()

    assert "blocked by no login" in run("actions", "--series", "weekly", at=demo).out


def test_evidence_naming_a_missing_file_is_refused(run, demo):
    printed = run(
        "actions", "--done", "A2", "--series", "weekly", "--evidence", "./proof.png", at=demo
    )

    assert printed.code == 1
    assert "proof.png" in printed.err


@pytest.mark.parametrize("evidence", [(), ("--evidence", " ")])
def test_an_action_item_is_not_closed_without_evidence_or_a_reason(run, demo, evidence):
    printed = run("actions", "--done", "A2", "--series", "weekly", *evidence, at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "Nothing shows that A2 is done" in printed.err
    assert "the reason why nothing can" in printed.err


def test_evidence_without_an_action_item_is_a_usage_error(run, demo):
    printed = run("actions", "--evidence", "Picture 3", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "--done" in printed.err


def test_an_id_of_several_series_asks_for_the_series(run, demo):
    printed = run("actions", "--done", "A1", at=demo)

    assert printed.code == 1
    assert "weekly, weekly-zh" in printed.err
    assert len(json.loads(run("actions", "--json", at=demo).out)) == 8


def test_an_unknown_action_item_is_refused(run, demo):
    printed = run("actions", "--done", "A99", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "A99" in printed.err


def test_the_title_of_an_action_item_cannot_control_the_terminal(run, demo):
    session = begin_today(demo)
    title = "Lower [bold red]bids[/] \x1b]0;owned\x07 now"
    session.step(actions.add_action, action_draft(title, owner=None))
    session.leave()

    printed = run("actions", "--series", "weekly", at=demo)

    assert "Lower [bold red]bids[/]" in printed.out
    assert "\x1b" not in printed.out


def test_reindex_rebuilds_the_library_from_the_journals(run, demo):
    before = run("actions", "--json", at=demo).out
    (demo / "meetings" / "library.json").unlink()

    printed = run("reindex", at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert "now holds 2 meetings." in printed.out
    assert (demo / "meetings" / "library.json").is_file()
    assert run("actions", "--json", at=demo).out == before


def test_reindex_reports_a_damaged_journal(run, demo):
    journal = last_meeting(demo) / "journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    journal.write_bytes(b"\n".join([*lines[:5], b"?", *lines[6:]]))

    printed = run("reindex", at=demo)

    assert printed.code == 1
    assert "line 6" in printed.err
    assert "now holds 2 meetings." in printed.out


def test_reindex_without_meetings_says_so(run, tmp_path):
    assert run("reindex").code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_library_is_rebuilt_without_loss(run, demo):
    before = json.loads(run("actions", "--json", at=demo).out)
    (demo / "meetings" / "library.json").write_text("{ half a libr")

    assert json.loads(run("actions", "--json", at=demo).out) == before


def test_the_clock_follows_the_open_meeting(demo):
    session = begin_today(demo)
    follower = follow_running(demo / "meetings")
    assert follower is not None
    seen = list(follower.poll())

    session.step(actions.add_action, action_draft("Call the printer", owner=None))
    seen += follower.poll()
    session.leave()

    assert (
        tuple(seen)
        == read_journal(
            demo / "meetings" / f"{session.meeting.date}-weekly" / "journal.jsonl"
        ).events
    )


def test_the_clock_follows_no_closed_meeting(demo):
    newest = last_meeting(demo) / "journal.jsonl"
    later = newest.stat().st_mtime + timedelta(hours=1).total_seconds()
    os.utime(newest, (later, later))

    assert follow_running(demo / "meetings") is None
    assert follow_running(demo / "nowhere") is None


def test_the_second_to_close_an_action_item_is_told_who_did(run, demo, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "li")
    words = ("actions", "--done", "A2", "--series", "weekly", "--evidence")
    assert run(*words, "Picture 3", at=demo).code == 0

    printed = run(*words, "Picture 4", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "A2 was closed already, by li on " in printed.err
    assert "Picture 3" in printed.err


def test_closing_an_action_item_says_that_an_open_meeting_may_still_change_it(run, demo):
    session = begin_today(demo)
    words = ("actions", "--done", "A2", "--series", "weekly", "--evidence", "Picture 3")
    printed = run(*words, at=demo)
    session.leave()

    assert printed.code == 0
    assert f"The meeting {session.meeting_id} is still open" in printed.err


@pytest.mark.parametrize("command", [("reindex",), ("check", "weekly")])
def test_a_lost_journal_is_named_and_the_exit_code_says_so(run, demo, command):
    journal = last_meeting(demo) / "journal.jsonl"
    actions_before = run("actions", "--json", at=demo).out
    journal.write_bytes(b"")

    printed = run(*command, at=demo)

    assert printed.code == 1
    assert str(journal) in " ".join((printed.out + printed.err).split())
    assert run("actions", "--json", at=demo).out == actions_before
