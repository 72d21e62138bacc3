"""What one meeting leaves is carried over to the next, in a real terminal, in Chinese."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal_emulator import TerminalEmulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

SET_CLOCK = ("-m", "tests.fake_time")
FIRST, SECOND = "2026-11-23", "2026-11-30"
AGENDA = """
title = "运营周会"
series = "weekly"
starts = {day}T10:00:00
timezone = "Asia/Shanghai"
minutes = 45
language = "zh_CN"
currency = "CNY"

[[people]]
id = "chen"
name = "陈静"
duties = ["decider"]

[[people]]
id = "wang"
name = "王磊"
duties = ["facilitator", "timekeeper", "recorder"]

[[items]]
id = "focus"
title = "今日重点"
kind = "opening"
minutes = 5
lead = "chen"

[[items]]
id = "last-week"
title = "上周行动项"
kind = "action_review"
minutes = 10
lead = "wang"

[[items]]
id = "rulings"
title = "待决事项"
kind = "decisions"
minutes = 10
lead = "chen"

{questions}

[data]
folder = "data"
marketplaces = ["US"]
week_ends_on = "sunday"

[[data.reports]]
kind = "kpi-values"
required = false
max_age_days = 30
"""
QUESTIONS = """
[[decisions]]
question = "调料罐换包装？"
proposer = "wang"
decider = "chen"
options = [{ id = "A", title = "换轻箱" }, { id = "B", title = "不换" }]

[[decisions]]
question = "裁掉一名运营？"
proposer = "wang"
decider = "chen"
recommended = "B"
why = "旺季缺人"
sensitive = true
options = [{ id = "A", title = "裁" }, { id = "B", title = "留" }]
"""
SECRETS = ("裁掉一名运营？", "旺季缺人", "约谈孙浩", "谈话记录已归档")
COMPLETE = "minutes-recorder.md"
VALUES = """week_ending,marketplace,kpi,value,note
2026-11-22,US,buy_box,93,
2026-11-29,US,buy_box,94,
"""


def prepare(folder: Path, day: str, questions: str = "") -> None:
    """Write the agenda of a day."""
    home = folder / "agendas" / "weekly"
    (home / "data").mkdir(parents=True, exist_ok=True)
    agenda = AGENDA.format(day=day, questions=questions)
    (home / "agenda.toml").write_text(agenda, encoding="utf-8")
    (home / "data" / "kpi_values.csv").write_text(VALUES, encoding="utf-8")


def opened(folder: Path, day: str, *words: str) -> TerminalEmulator:
    """Run the program in Chinese, on that day at ten."""
    clock = (*SET_CLOCK, f"{day}T10:00:00+08:00", "--lang", "zh_CN")
    return TerminalEmulator(*words, folder=folder, program=clock)


def filled(screen: TerminalEmulator, key: str, *lines: str) -> None:
    """Open a form by its key and fill in its fields."""
    screen.press(key).wait_for_text("esc 返回").press("\r".join((*lines, ""))).wait_until_gone(
        "esc 返回"
    )


def minutes_of(folder: Path, day: str, name: str = "minutes.md") -> str:
    return (folder / "meetings" / f"{day}-weekly" / name).read_text(encoding="utf-8")


def hold_the_first(folder: Path) -> None:
    """Leave one of each: focus, action items, topic, risk, definition, decisions, ratings."""
    with opened(folder, FIRST, "run", "weekly") as screen:
        screen.wait_for_text("kpi_values").press("b").wait_for_text("0 议程").wait_for_text("93.0")
        filled(screen, "g", "先清库存")
        filled(screen, "a", "把 B0FAC00102 的竞价下调 20%", "王磊", "", "ACoS 低于 25%")
        filled(screen, "k", "法国站也卖？", "")
        screen.press("!").wait_for_text("提出问题").press("n").wait_for_text("谁负责")
        screen.press("货代没有确认船期\r换一家货代\r\r王磊\r").wait_for_text("R1").press(
            "escape"
        ).wait_until_gone("换一家货代")
        screen.press("1", "down", "enter")
        screen.wait_for_text("口径").press("d").wait_for_text("^s 保存")
        screen.press("按浏览量加权\r").wait_until_gone("^s 保存").press("escape").wait_until_gone(
            "esc 返回"
        )
        screen.press("2", "down", "y").wait_for_text("✓ D2 [密]")
        filled(screen, "A", "约谈孙浩", "王磊", "", "谈话记录已归档")
        screen.press("2", "up", "enter").wait_for_text("推迟").press(
            "down", "down", " "
        ).wait_for_text("推迟到")
        screen.press("enter", "enter", "等纸箱厂报价\r").wait_for_text("· 0 项未结")
        screen.press("q").wait_for_text("未结事项").press("g").wait_for_text("有多大用处")
        screen.press("6\r9\t\r\t会前没看材料\r").wait_until_gone("有多大用处")
        screen.press("x", "enter").wait_for_text("会议已结束").press("ctrl+q")
        assert screen.leave() == 0


def hold_the_second(folder: Path) -> None:
    """Find everything carried over, and settle it."""
    with opened(folder, SECOND, "run", "weekly") as screen:
        screen.wait_for_text("kpi_values").press("b").wait_for_text("0 议程").wait_for_text("94.0")
        screen.wait_for_text("上次：先清库存").wait_for_text("? D1 调料罐换包装？").wait_for_text(
            "P 法国站也卖？"
        )
        screen.wait_for_text("☐ A1 把 B0FAC00102").wait_for_text("☐ A2 [密]")
        screen.press("1", "enter").wait_for_text("94.0").press(
            "down", "down", "enter"
        ).wait_for_text("按浏览量加权").press("escape").wait_until_gone("esc 返回")
        screen.press("!").wait_for_text("第 2 次会议 · 货代没有确认船期").press("s", "down", "x")
        screen.wait_for_text("^s 保存").press("船已开航\r").wait_for_text("已关闭").press(
            "escape"
        ).wait_until_gone("esc 返回")
        screen.press("2", "enter").wait_for_text("推迟").press("space", "报价合适\r").wait_for_text(
            "→ A 换轻箱"
        )
        screen.press("3", "x").wait_for_text("依据：文件").press(
            "https://ads.example/7\r"
        ).wait_for_text("✓ A1")
        screen.press("down", "w").wait_for_text("^s 保存")
        screen.press("等法务\r\r").wait_until_gone("^s 保存")
        screen.press("5", "x").wait_for_text("✓ 法国站也卖？")
        screen.press("q").wait_for_text("按 x 结束会议")
        screen.press("x", "enter").wait_for_text("有多大用处").press("ctrl+s").wait_for_text(
            "会议已结束"
        ).press("ctrl+q")
        assert screen.leave() == 0


def stats(folder: Path) -> dict[str, Any]:
    """Return the statistics after both meetings."""
    words = [*SET_CLOCK, f"{SECOND}T12:00:00+08:00", "stats", "--json"]
    home = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    printed = subprocess.check_output([sys.executable, *words], cwd=folder, env=home)
    counted: dict[str, Any] = json.loads(printed)
    return counted


def line_with(text: str, words: str) -> str:
    """Return the only line of the minutes that contains these words."""
    (found,) = (line for line in text.splitlines() if words in line)
    return found


def test_what_one_meeting_leaves_is_carried_over_to_the_next(tmp_path: Path) -> None:
    prepare(tmp_path, FIRST, QUESTIONS)
    hold_the_first(tmp_path)
    prepare(tmp_path, SECOND)
    hold_the_second(tmp_path)

    sent, complete = (minutes_of(tmp_path, FIRST, each) for each in ("minutes.md", COMPLETE))
    assert all(words in complete and words not in sent for words in SECRETS)
    assert "等纸箱厂报价" in sent
    assert "6" in line_with(sent, "会前没看材料")

    sent, complete = (minutes_of(tmp_path, SECOND, each) for each in ("minutes.md", COMPLETE))
    assert line_with(sent, "**A1**").startswith("- [x]")
    assert "https://ads.example/7" in line_with(sent, "**A1**")
    assert line_with(sent, "**A2**").startswith("- [ ]")
    assert "A2 留约谈孙浩" in complete
    assert not any(words in sent for words in SECRETS)
    assert "→ **A** 换轻箱" in sent
    assert "11月23日" in line_with(sent, "等纸箱厂报价")
    assert "✗" in line_with(sent, "货代没有确认船期")
    assert "船已开航" in sent
    assert "已处理" in line_with(sent, "法国站也卖？")
    assert "先清库存" in line_with(sent, "上次会议的重点：")

    assert stats(tmp_path)["ratings"]["average"] == 7.5
