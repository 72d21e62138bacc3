"""The terminal's cursor is where text is typed: an input method opens its window there."""

import sys
from collections.abc import Iterator

import pytest

from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TerminalEmulator]:
    """A sample meeting that has begun."""
    folder = tmp_path_factory.mktemp("caret")
    with TerminalEmulator("demo", "--folder", folder / "demo", folder=folder) as emulator:
        emulator.wait_for_text("From last time").press("b").wait_for_text("30.9")
        yield emulator


@pytest.fixture
def screen(meeting: TerminalEmulator) -> TerminalEmulator:
    """The meeting with nothing opened."""
    meeting.resize(120, 40)
    return meeting.press("escape").wait_for_text("n Next")


def wait_for_caret(screen: TerminalEmulator, after: str = "") -> None:
    """Wait until the terminal's cursor is at the caret, and that right behind a text."""
    screen.wait_until(
        lambda: screen.is_cursor_at_caret and screen.text_before_cursor.endswith(after),
        "the cursor is not at the caret",
    )


def test_in_the_note_line(screen: TerminalEmulator) -> None:
    screen.press("t")
    wait_for_caret(screen)
    screen.press("ASIN ")
    wait_for_caret(screen, after="ASIN ")
    screen.press("竞品降价")
    wait_for_caret(screen, after="竞品降价")
    screen.press("left", "left")
    wait_for_caret(screen, after="竞品")
    screen.press("home")
    wait_for_caret(screen)
    screen.press("end", "，" * 60)  # it scrolls
    wait_for_caret(screen, after="，，")
    screen.resize(100, 30)
    wait_for_caret(screen, after="，，")


def test_in_every_field_of_a_form_and_back_in_the_note_line(screen: TerminalEmulator) -> None:
    screen.press("t", "half a thought，").press("f6").wait_for_text("New action item")
    wait_for_caret(screen)
    assert not screen.text_before_cursor.strip(" │▊").endswith("half a thought，")
    for text in ("降低竞价", "Zhao", "fri", "ACoS ≤ 25 %"):
        screen.press(text)
        wait_for_caret(screen, after=text)
        screen.press("tab")
        wait_for_caret(screen)
    screen.resize(90, 24)
    wait_for_caret(screen)
    screen.press("escape").wait_until_gone("New action item")
    wait_for_caret(screen, after="half a thought，")


def test_in_a_dialog_that_has_just_opened(screen: TerminalEmulator) -> None:
    titles = {
        "d": "New question",
        "k": "Park a topic",
        "i": "Report an incident",
        "ctrl+p": "Search for commands",
    }
    for key, title in titles.items():
        screen.press(key).wait_for_text(title)
        wait_for_caret(screen)
        screen.press("降价 20 %")
        wait_for_caret(screen, after="降价 20 %")
        screen.press("escape").wait_until_gone("降价 20 %")
