"""The commands `close` and `reopen`."""

import json
from datetime import timedelta
from pathlib import Path

from facilitator.adapters.in_memory import ManualClock
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.sample import load_sample_agenda
from facilitator.cli.workspace import Workspace
from facilitator.session.session import MeetingSession


def begin_meeting(demo: Path, ago: timedelta) -> MeetingSession:
    """Begin a meeting some time ago, and leave it open."""
    at = build_services(Workspace(demo), ManualClock(SystemClock().now() - ago))
    agenda = load_sample_agenda(demo / "agendas")
    return at.begin(agenda, at.carried(agenda))


def test_a_forgotten_meeting_is_closed_at_its_last_step(run, demo):
    session = begin_meeting(demo, timedelta(days=2))
    session.leave()

    printed = run("close", at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert printed.out.startswith("Closed as of its last step, ")
    minutes = demo / "meetings" / str(session.meeting_id) / "minutes.md"
    assert str(minutes) in printed.out
    assert "## What is missing" in minutes.read_text(encoding="utf-8")
    again = run("close", at=demo)
    assert again.code == 1
    assert again.err == "No meeting is open.\n"


def test_a_meeting_running_in_another_terminal_is_not_closed(run, demo):
    session = begin_meeting(demo, timedelta(days=2))

    printed = run("close", session.meeting_id, at=demo)

    assert printed.code == 1
    assert "open in another window" in printed.err
    session.leave()


def test_a_recently_active_meeting_is_not_closed(run, demo):
    begin_meeting(demo, timedelta(minutes=1)).leave()

    printed = run("close", at=demo)

    assert printed.code == 1
    assert "less than two hours ago" in printed.err


def test_reopened_minutes_are_kept_as_version_one(run, demo):
    name = json.loads(run("history", "--series", "weekly", "--json", at=demo).out)[0]["id"]
    folder = demo / "meetings" / name
    before = (folder / "minutes.md").read_bytes()

    printed = run("reopen", name, "--reason", "A wrong date", at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert printed.out.startswith("Version 2 is open")
    assert (folder / "minutes-v1.md").read_bytes() == before
    assert "A wrong date" in run("minutes", name, at=demo).out
    history = json.loads(run("history", "--series", "weekly", "--json", at=demo).out)
    assert history[0]["version"] == 2
    again = run("reopen", name, "--reason", "Another", at=demo)
    assert again.code == 1
    assert "This meeting is still open" in again.err
    closed = run("close", at=demo)
    assert closed.code == 1
    assert "was closed before" in closed.err
