"""The commands that open screens: arguments and exit codes."""

import gc
import re
import sys
from pathlib import Path

import pytest

from facilitator.adapters.journal_follower import JournalFollower
from facilitator.cli.demo.sample import load_sample_agenda
from facilitator.tui.screens.lobby_state import LobbyContext

PRESSED_LEAVE = 0
FAILED = 3


class FakeTerminal:
    def isatty(self) -> bool:
        return True


class FakeFacilitatorApp:
    """Replaces the app: records its arguments, and exits at once."""

    opened: list[tuple[LobbyContext, Path | None]] = []
    was_looking_for_waste: bool | None = None
    result: int | None = None
    return_code: int | None = PRESSED_LEAVE

    def __init__(self, lobby_context: LobbyContext, *, agenda: Path | None = None) -> None:
        self.opened.append((lobby_context, agenda))

    def run(self) -> int | None:
        type(self).was_looking_for_waste = gc.isenabled()
        return self.result


class FakeClockApp:
    """Replaces the app of the timekeeper."""

    found: list[object] = []
    return_code: int | None = PRESSED_LEAVE

    def __init__(self, find, clock) -> None:
        self.found.append(find())

    def run(self) -> None:
        """Exit at once."""


@pytest.fixture(autouse=True)
def _at_a_terminal(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "__stdin__", FakeTerminal())
    monkeypatch.setattr(sys, "__stderr__", FakeTerminal())
    monkeypatch.setattr("facilitator.tui.app.FacilitatorApp", FakeFacilitatorApp)
    monkeypatch.setattr("facilitator.tui.clock_app.ClockApp", FakeClockApp)
    monkeypatch.setattr(FakeFacilitatorApp, "opened", [])
    monkeypatch.setattr(FakeClockApp, "found", [])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


def test_without_a_command_the_lobby_of_this_workspace_opens(run, demo):
    printed = run(at=demo)

    assert (printed.code, printed.err) == (0, "")
    ((lobby_context, agenda),) = FakeFacilitatorApp.opened
    assert agenda is None
    assert {each.file.parent.parent for each in lobby_context.agendas()} == {demo / "agendas"}
    assert len(lobby_context.build_services().archive.meetings()) == 2


def test_run_opens_the_agenda_that_is_named_in_its_own_workspace(run, demo, tmp_path):
    printed = run("run", "demo/agendas/weekly-zh", at=tmp_path)

    assert printed.code == 0
    ((lobby_context, agenda),) = FakeFacilitatorApp.opened
    assert agenda == demo / "agendas" / "weekly-zh" / "agenda.toml"
    assert len(lobby_context.build_services().archive.meetings()) == 2


def test_an_agenda_outside_of_any_workspace_keeps_its_meetings_beside_it(run, demo, tmp_path):
    lone = tmp_path / "lone"
    lone.mkdir()
    (demo / "agendas/weekly/agenda.toml").rename(lone / "agenda.toml")

    run("run", "lone", at=tmp_path)

    ((lobby_context, _agenda),) = FakeFacilitatorApp.opened
    services = lobby_context.build_services()
    agenda = load_sample_agenda(tmp_path, "lone")
    session = services.rehearse(agenda, services.carried(agenda))
    assert session.meeting.open_actions == ()
    meeting_id, journal, _minutes = services.archive.start("weekly", session.meeting.date)
    journal.close()
    assert (lone / "meetings" / meeting_id).is_dir()


@pytest.mark.parametrize(("result", "code"), [(None, PRESSED_LEAVE), (FAILED, FAILED)])
def test_the_exit_code_of_the_screens_is_that_of_the_program(run, demo, monkeypatch, result, code):
    monkeypatch.setattr(FakeFacilitatorApp, "result", result)

    assert run("run", "weekly", at=demo).code == code


def test_garbage_is_not_collected_before_the_screens_are_shown(run, demo):
    run("run", "weekly", at=demo)

    assert FakeFacilitatorApp.was_looking_for_waste is False
    assert gc.isenabled()


def test_the_demo_opens_the_agenda_of_the_language(run, demo):
    run("demo", "--folder", demo)
    run("demo", "--folder", demo, "--lang", "zh_CN")

    assert [agenda.parent.name for _context, agenda in FakeFacilitatorApp.opened if agenda] == [
        "weekly",
        "weekly-zh",
    ]


def test_the_sample_of_another_day_is_refused(run, demo):
    agenda = demo / "agendas" / "weekly" / "agenda.toml"
    text = agenda.read_text(encoding="utf-8")
    agenda.write_text(re.sub(r"(?m)^starts = [\d-]+", "starts = 2025-01-06", text), "utf-8")

    printed = run("demo", "--folder", demo)

    assert printed.code == 1
    assert "contains the sample of 2025-01-06. Name another folder" in printed.err
    assert FakeFacilitatorApp.opened == []


def test_without_a_workspace_the_sample_opens_and_no_file_is_left(run, tmp_path):
    (tmp_path / "here").mkdir()

    printed = run(at=tmp_path / "here")

    assert printed.code == 0
    assert "facilitator new weekly" in printed.err
    ((lobby_context, agenda),) = FakeFacilitatorApp.opened
    assert agenda is None
    assert [each.file.parent.name for each in lobby_context.agendas()] == ["weekly", "weekly-zh"]
    assert len(lobby_context.build_services().archive.meetings()) == 2
    assert list((tmp_path / "here").iterdir()) == []


def test_the_clock_follows_the_open_meeting_or_the_named_one(run, demo):
    named = next(demo.glob("meetings/*-weekly"))

    assert run("clock", at=demo).code == 0
    assert run("clock", named.name, at=demo).code == 0

    nobody, somebody = FakeClockApp.found
    assert nobody is None
    assert isinstance(somebody, JournalFollower)
    assert somebody.poll()
