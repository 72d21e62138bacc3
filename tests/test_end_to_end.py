"""The sample meeting in a real terminal: from the lobby, through a crash, to the minutes."""

import sys
import time
from pathlib import Path

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def minutes_of(folder: Path) -> str:
    """The minutes of the meeting held now, not of last week's."""
    newest = max((folder / "meetings").glob("*-weekly/minutes.md"))
    return newest.read_text(encoding="utf-8")


def test_the_sample_meeting_runs_from_the_lobby_to_its_minutes(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with Screen("demo", "--folder", folder, folder=tmp_path) as screen:
        screen.see("Weekly Amazon operations review").see("Search Term").see("Begin")
        screen.press("b").see("Timekeeper").see("30.9")
        screen.press("g").see("esc Back").press("现金流：先清德国滞销库存", "enter")
        screen.see("The focus changed").press("escape")
        screen.miss("esc Back").see("先清德国滞销库存")
        screen.press("t").see("f2 Next").press("竞品把价格降到 17.99", "enter")
        screen.see("· 竞品把价格降到 17.99")
        screen.press("f2").see("▶ 2")
        screen.press("escape").see("n Next").press("2").see("Take ★").press("y").see("✓ D")
        screen.press("a").see("New action item")
        screen.press("Cut the bids of B0FAC00102 by 20 %", "enter", "zhao", "enter", "fri", "enter")
        screen.press("DE ACoS at 25 % or less", "enter").miss("New action item")
        screen.see("Cut the bids of B0FAC00102")
        screen.press("t").see("f2 Next").press("half a thought").see("half a thought")
        wait_for_draft(folder)
        screen.crash()

    with Screen("demo", "--folder", folder, folder=tmp_path) as screen:
        screen.see("Resume").press("u").see("Timekeeper")
        screen.see("half a thought").see("3 Actions · 5 open").see("✓ D")
        screen.press("escape").see("n Next").press("q").see("Close the meeting")
        screen.press("O").see("minutes keep").press("next week", "enter").see("can be closed")
        screen.press("x").see("How useful was it").press("ctrl+s").see("The meeting is closed")
        screen.press("ctrl+q")
        assert screen.leave() == 0

    minutes = minutes_of(folder)
    assert "先清德国滞销库存" in minutes
    assert "竞品把价格降到 17.99" in minutes
    assert "Cut the bids of B0FAC00102 by 20 %" in minutes
    assert "DE ACoS at 25 % or less" in minutes
    assert minutes.startswith("---\n")


def wait_for_draft(folder: Path) -> None:
    """Until what was typed is on disk; that takes a second at most."""
    journal = max((folder / "meetings").glob("*-weekly/journal.jsonl"))
    ends = time.monotonic() + 20
    while "half a thought" not in journal.read_text(encoding="utf-8"):
        assert time.monotonic() < ends, "the draft was not kept"
        time.sleep(0.05)


def test_letters_typed_in_one_go_with_the_key_that_opens_a_line_are_not_lost(
    tmp_path: Path,
) -> None:
    with Screen("demo", "--folder", tmp_path / "demo", folder=tmp_path) as screen:
        screen.see("From last time").press("b").see("Timekeeper")
        screen.press("tquick pkbq").see("quick pkbq").press("enter").see("· quick pkbq")
        screen.press("escape").see("n Next").press("a优化 quick").see("优化 quick")
