"""The sample meeting in a real terminal: from the lobby, through a crash, to the minutes."""

import sys
import time
from pathlib import Path

import pytest

from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def minutes_of(folder: Path) -> str:
    """Return the minutes of the newest meeting."""
    newest = max((folder / "meetings").glob("*-weekly/minutes.md"))
    return newest.read_text(encoding="utf-8")


def test_the_sample_meeting_runs_from_the_lobby_to_its_minutes(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with TerminalEmulator("demo", "--folder", folder, folder=tmp_path) as screen:
        screen.wait_for_text("Weekly Amazon operations review").wait_for_text(
            "Search Term"
        ).wait_for_text("Begin")
        screen.press("b").wait_for_text("Timekeeper").wait_for_text("30.9")
        screen.press("g").wait_for_text("esc Back").press("现金流：先清德国滞销库存", "enter")
        screen.wait_until_gone("esc Back").wait_for_text("先清德国滞销库存")
        screen.wait_for_text("may no longer serve today's focus · f to look")
        screen.press("t").wait_for_text("f2 Next").press("竞品把价格降到 17.99", "enter")
        screen.wait_for_text("· 竞品把价格降到 17.99")
        screen.press("f2").wait_for_text("▶ 2")
        screen.press("escape").wait_for_text("n Next").press("2").wait_for_text("Take ★").press(
            "y"
        ).wait_for_text("✓ D")
        screen.press("a").wait_for_text("New action item")
        screen.press("Cut the bids of B0FAC00102 by 20 %", "enter", "zhao", "enter", "fri", "enter")
        screen.press("DE ACoS at 25 % or less", "enter").wait_until_gone("New action item")
        screen.wait_for_text("Cut the bids of B0FAC00102")
        screen.press("t").wait_for_text("f2 Next").press("half a thought").wait_for_text(
            "half a thought"
        )
        wait_for_draft(folder)
        screen.crash()

    with TerminalEmulator("demo", "--folder", folder, folder=tmp_path) as screen:
        screen.wait_for_text("Resume").press("u").wait_for_text("Timekeeper")
        screen.wait_for_text("half a thought").wait_for_text("3 Actions · 5 open").wait_for_text(
            "✓ D"
        )
        screen.press("escape").wait_for_text("n Next").press("q").wait_for_text("Close the meeting")
        screen.wait_for_text("half a thought” was typed").press("n").wait_until_gone("was typed")
        screen.press("O").wait_for_text("goes into the minutes").press(
            "next week", "enter"
        ).wait_for_text("Nothing must be settled")
        screen.press("x", "enter").wait_for_text("How useful was the meeting").press(
            "ctrl+s"
        ).wait_for_text("The meeting is closed")
        screen.press("ctrl+q")
        assert screen.leave() == 0

    minutes = minutes_of(folder)
    assert "先清德国滞销库存" in minutes
    assert "竞品把价格降到 17.99" in minutes
    assert "Cut the bids of B0FAC00102 by 20 %" in minutes
    assert "DE ACoS at 25 % or less" in minutes
    assert minutes.startswith("---\n")


def wait_for_draft(folder: Path) -> None:
    """Wait until a draft is on disk; that takes a second at most."""
    journal = max((folder / "meetings").glob("*-weekly/journal.jsonl"))
    ends = time.monotonic() + 20
    while "half a thought" not in journal.read_text(encoding="utf-8"):
        assert time.monotonic() < ends, "the draft was not kept"
        time.sleep(0.05)


def test_letters_typed_right_after_the_key_that_opens_a_field_are_not_lost(
    tmp_path: Path,
) -> None:
    with TerminalEmulator("demo", "--folder", tmp_path / "demo", folder=tmp_path) as screen:
        screen.wait_for_text("From last time").press("b").wait_for_text("Timekeeper")
        screen.press("tquick pkbq").wait_for_text("quick pkbq").press("enter").wait_for_text(
            "· quick pkbq"
        )
        screen.press("escape").wait_for_text("n Next").press("a优化 quick").wait_for_text(
            "优化 quick"
        )
