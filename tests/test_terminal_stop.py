"""The program is stopped and continued, by itself, by a shell and by others."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample_terminal import copy_sample, open_lobby
from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SENTENCE = "竞品把价格降到 17.99, and ours sells at 19.99; "


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample in it."""
    return tmp_path_factory.mktemp("stop")


@pytest.fixture(scope="module")
def screen(folder: Path) -> Iterator[TerminalEmulator]:
    """A sample meeting with the cursor in the note line."""
    with open_lobby(folder) as emulator:
        emulator.wait_for_text("From last time").press("b").wait_for_text("30.9").press("t")
        yield emulator.wait_for_text("f2 Next")


def threads(screen: TerminalEmulator) -> int:
    """Return how many threads the program has; one reads the keyboard."""
    return len(list(Path(f"/proc/{screen.child.pid}/task").iterdir()))


def wait_until_stopped(screen: TerminalEmulator) -> None:
    status = Path(f"/proc/{screen.child.pid}/stat")
    screen.wait_until(lambda: ") T " in status.read_text(), "it did not stop")


def type_a_note(screen: TerminalEmulator, mark: str) -> None:
    """Type a long note in one go, and wait until it is there, letter by letter."""
    screen.type_at_once(f"{mark} {SENTENCE}\r")
    screen.wait_for_text(f"· {mark} {SENTENCE[:20]}")


def test_a_stop_by_others_starts_no_second_reader_of_the_keyboard(
    screen: TerminalEmulator,
) -> None:
    before = threads(screen)
    screen.child.send_signal(signal.SIGSTOP)
    wait_until_stopped(screen)
    screen.child.send_signal(signal.SIGCONT)
    type_a_note(screen, "K1")
    assert threads(screen) == before


def test_a_lone_sigcont_does_nothing(screen: TerminalEmulator) -> None:
    before = threads(screen)
    screen.child.send_signal(signal.SIGCONT)
    type_a_note(screen, "K2")
    assert threads(screen) == before


def test_a_suspension_gives_the_terminal_back_and_takes_it_again(screen: TerminalEmulator) -> None:
    before = threads(screen)
    screen.child.send_signal(signal.SIGTSTP)
    wait_until_stopped(screen)
    assert screen.is_line_edited
    screen.child.send_signal(signal.SIGCONT)
    screen.wait_until(lambda: not screen.is_line_edited, "it did not take the terminal")
    type_a_note(screen, "K3")
    assert threads(screen) == before


def test_after_a_shell_used_the_terminal_it_is_taken_again(screen: TerminalEmulator) -> None:
    before = threads(screen)
    screen.child.send_signal(signal.SIGSTOP)
    wait_until_stopped(screen)
    screen.edit_lines()
    screen.child.send_signal(signal.SIGCONT)
    screen.wait_until(lambda: not screen.is_line_edited, "it did not take the terminal")
    type_a_note(screen, "K4")
    assert threads(screen) == before


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_form_goes_on_after_a_stop(screen: TerminalEmulator, number: signal.Signals) -> None:
    screen.press("escape").wait_for_text("n Next").press("a").wait_for_text("New action item")
    before = threads(screen)
    screen.child.send_signal(number)
    wait_until_stopped(screen)
    screen.child.send_signal(signal.SIGCONT)
    screen.wait_until(lambda: not screen.is_line_edited, "it did not take the terminal")
    screen.type_at_once(SENTENCE)
    screen.wait_for_text(SENTENCE[:20])
    assert threads(screen) == before
    screen.press("escape").wait_until_gone("New action item").press("t").wait_for_text("f2 Next")


def test_the_clock_goes_on_after_a_stop_by_others(folder: Path) -> None:
    with TerminalEmulator("clock", folder=copy_sample(folder)) as clock:
        clock.wait_for_text("q Leave")
        before = threads(clock)
        clock.child.send_signal(signal.SIGSTOP)
        wait_until_stopped(clock)
        clock.child.send_signal(signal.SIGCONT)
        clock.child.send_signal(signal.SIGCONT)
        clock.resize(100, 30)
        clock.press("\x14")
        assert threads(clock) == before
        clock.press("q")
        assert clock.leave() == 0
