"""The clock in a second terminal, while the program of the recorder comes and goes."""

import sys
import time
from pathlib import Path

import pytest

from tests.sample_terminal import begin, copy_sample, open_lobby
from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def test_the_clock_says_that_the_recorders_program_is_gone_until_it_is_resumed(
    tmp_path: Path,
) -> None:
    with open_lobby(tmp_path) as recorder:
        begin(recorder)
        with TerminalEmulator("clock", folder=copy_sample(tmp_path)) as clock:
            clock.wait_for_text("ends ")
            recorder.crash()
            begins = time.monotonic()
            clock.wait_for_text("The recorder's program is not running · last seen")
            assert time.monotonic() - begins < 10
            with open_lobby(tmp_path) as again:
                again.wait_for_text("Resume").press("u").wait_for_text("Timekeeper")
                clock.wait_until_gone("not running").wait_for_text("ends ")
