"""A long note is written in an editor, which may fail or be ended; the text stays."""

import signal
import sys
from pathlib import Path

import pytest

from tests.sample_terminal import begin, open_lobby, saved_journal, saved_minutes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

LASTING = """printf 'from the editor' > "$1"
echo editing
trap '' INT QUIT
while :; do sleep 0.1; done"""
"""An editor that saves its text and stays open."""


def test_a_terminal_that_goes_away_ends_an_editor_and_keeps_its_text(tmp_path: Path) -> None:
    with open_lobby(tmp_path, editor=LASTING, ignores_hangup=True) as screen:
        begin(screen)
        screen.press("half a note").wait_for_text("half a note").press("\x05").wait_for_text(
            "editing"
        )
        screen.close()
        assert screen.leave() == 128 + signal.SIGHUP
    assert "from the editor" in saved_journal(tmp_path).splitlines()[-1]
    assert "a whole note" in saved_minutes(tmp_path)


def test_a_signal_while_an_editor_is_open_keeps_its_text(tmp_path: Path) -> None:
    with open_lobby(tmp_path, editor=LASTING) as screen:
        begin(screen)
        screen.press("half a note").wait_for_text("half a note").press("\x05").wait_for_text(
            "editing"
        )
        screen.child.send_signal(signal.SIGINT)  # a key in the editor sends it as well
        screen.child.send_signal(signal.SIGTERM)
        assert screen.leave() == 128 + signal.SIGTERM
        assert screen.is_line_edited
    assert "from the editor" in saved_journal(tmp_path).splitlines()[-1]


@pytest.mark.parametrize(
    ("editor", "sentence"),
    [
        ("printf 'as it was saved' > $1; exit 3", "ended with error 3"),
        ("printf 'as it was saved' > $1; kill -9 $$", "stopped by signal 9"),
    ],
)
def test_an_editor_that_fails_leaves_its_text_in_the_line(
    tmp_path: Path, editor: str, sentence: str
) -> None:
    with open_lobby(tmp_path, editor=f"stty raw\n{editor}") as screen:
        begin(screen)
        screen.press("half a note").wait_for_text("half a note").press("\x05").wait_for_text(
            sentence
        )
        screen.wait_for_text("as it was saved").press(", and more", "enter")
        screen.wait_for_text("note: as it was saved, and more")
        screen.press("ctrl+q")
        assert screen.leave() == 0
        assert screen.is_line_edited
