"""The program is stopped and continued, by itself, by a shell and by others."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SENTENCE = "竞品把价格降到 17.99, and ours sells at 19.99; "


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TerminalEmulator]:
    """A sample meeting with the cursor in the note line."""
    folder = tmp_path_factory.mktemp("stop")
    with TerminalEmulator("demo", "--folder", folder / "demo", folder=folder) as emulator:
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
