"""The terminal goes away, or a signal ends the program: all is saved, and the terminal restored."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.sample_terminal import begin, copy_sample, open_lobby, saved_journal, saved_minutes
from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

MODES = (b"1049", b"1000", b"1003", b"1006", b"2004", b"1004")
"""Alternate screen, mouse, bracketed paste, focus: what a shell does not have on."""


def begin_with_dialog(screen: TerminalEmulator) -> None:
    """Type half a note, and half an action item over it; do not wait for the drafts."""
    begin(screen)
    screen.press("half a note", "escape").wait_for_text("n Next").press("a")
    screen.wait_for_text("New action item").press("half an item").wait_for_text("half an item")


def seconds_to_end(screen: TerminalEmulator) -> float:
    """Return how long the program takes to end."""
    begins = time.monotonic()
    screen.leave()
    return time.monotonic() - begins


def assert_all_is_saved(folder: Path) -> None:
    journal = saved_journal(folder)
    assert "half a note" in journal
    assert "half an item" in journal
    assert "a whole note" in saved_minutes(folder)


def assert_terminal_is_restored(screen: TerminalEmulator) -> None:
    assert screen.is_line_edited
    for mode in MODES:
        assert re.findall(rb"\x1b\[\?%s([hl])" % mode, screen.output)[-1:] == [b"l"], mode
    assert re.findall(rb"\x1b\[\?25([hl])", screen.output)[-1] == b"h"  # the cursor
    pushed = len(re.findall(rb"\x1b\[>\d+u", screen.output))  # the keyboard protocol of kitty
    assert pushed == screen.output.count(b"\x1b[<u")
    assert "Traceback" not in screen.text


def test_a_terminal_that_goes_away_ends_the_program_where_hangups_are_ignored(
    tmp_path: Path,
) -> None:
    with open_lobby(tmp_path, ignores_hangup=True) as screen:
        begin_with_dialog(screen)
        screen.close()
        assert seconds_to_end(screen) < 3
        assert screen.child.returncode == 128 + signal.SIGHUP
    assert_all_is_saved(tmp_path)


def reader_of_reports(screen: TerminalEmulator) -> int:
    """Return the id of the process that reads the reports."""
    found: list[int] = []

    def is_found() -> bool:
        tasks = Path(f"/proc/{screen.child.pid}/task").glob("*/children")
        found[:] = [int(word) for task in tasks for word in task.read_text().split()]
        return bool(found)

    screen.wait_until(is_found, "nothing reads the reports")
    return found[0]


def test_a_terminal_that_goes_away_ends_the_lobby_while_reports_are_read(tmp_path: Path) -> None:
    with open_lobby(tmp_path, ignores_hangup=True) as screen:
        reader = reader_of_reports(screen)
        os.kill(reader, signal.SIGSTOP)  # for ever
        try:
            screen.wait_for_text("Begin")
            screen.close()
            assert seconds_to_end(screen) < 3
            assert screen.child.returncode == 128 + signal.SIGHUP
        finally:
            os.kill(reader, signal.SIGKILL)


def test_a_terminal_that_goes_away_ends_the_clock(tmp_path: Path) -> None:
    with TerminalEmulator("clock", folder=copy_sample(tmp_path), ignores_hangup=True) as screen:
        screen.wait_for_text("No meeting is running")
        screen.close()
        assert seconds_to_end(screen) < 3
        assert screen.child.returncode == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_all_and_restores_the_terminal(
    tmp_path: Path, number: signal.Signals
) -> None:
    with open_lobby(tmp_path) as screen:
        begin_with_dialog(screen)
        screen.child.send_signal(number)
        assert screen.leave() == 128 + number
        assert_terminal_is_restored(screen)
    assert_all_is_saved(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_the_clock_and_restores_the_terminal(
    tmp_path: Path, number: signal.Signals
) -> None:
    with TerminalEmulator("clock", folder=copy_sample(tmp_path)) as screen:
        screen.wait_for_text("q Leave")
        screen.child.send_signal(number)
        assert screen.leave() == 128 + number
        assert_terminal_is_restored(screen)


def test_a_signal_ends_a_program_that_is_stopped(tmp_path: Path) -> None:
    with open_lobby(tmp_path) as screen:
        begin(screen)
        screen.press("half a note").wait_for_text("half a note")
        screen.child.send_signal(signal.SIGTSTP)
        status = Path(f"/proc/{screen.child.pid}/stat")
        screen.wait_until(lambda: ") T " in status.read_text(), "it did not stop")
        screen.child.send_signal(signal.SIGTERM)
        screen.child.send_signal(signal.SIGCONT)
        assert screen.leave() == 128 + signal.SIGTERM
        assert_terminal_is_restored(screen)
    assert "half a note" in saved_journal(tmp_path)


def test_the_clock_rests_in_a_terminal_without_a_size(tmp_path: Path) -> None:
    with open_lobby(tmp_path) as recorder:
        begin(recorder)
        with TerminalEmulator("clock", folder=copy_sample(tmp_path), has_size=False) as clock:
            clock.wait_for_text("ends ").read_until(time.monotonic() + 0.5)
            painted = len(clock.output)
            clock.read_until(time.monotonic() + 0.4)
            assert len(clock.output) - painted < 5_000  # the digits of a second
