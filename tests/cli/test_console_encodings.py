"""What commands print where the console lacks characters: figures stay readable, no new `?`."""

import io
import os
import re
import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from facilitator.cli.main import main

ENCODINGS = ("ascii", "cp1252", "gbk")
COMMANDS = (
    "--help", "wrong", "actions", "actions --all", "actions --done A99 --series weekly",
    "actions --done", "chain acos", "chain A1", "check weekly", "check weekly-zh", "close",
    "decisions", "demo --prepare --folder .", "history", "incident",
    "incident new --series weekly --kind other --phenomenon X --scope US --measures None",
    "incident told I1 boss", "inspect agendas/weekly/data/US/search-term-2026-11-22.csv",
    "inspect agendas/weekly/agenda.toml", "kpi weekly", "kpi weekly --year", "kpi weekly --causes",
    "kpi weekly --json", "kpi weekly-zh", "minutes", "minutes 2026", "new third", "new A",
    "publish weekly", "reindex", "reopen", "risks --all", "search ACoS", "stats",
)  # fmt: skip


class Console(io.TextIOWrapper):
    """A console of an encoding, which also keeps what was printed before it was encoded."""

    def __init__(self, encoding: str) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding)
        self.meant = ""

    def write(self, text: str) -> int:
        self.meant += text
        return super().write(text)

    def shown(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)


def run_in(encoding: str, command: str, monkeypatch: pytest.MonkeyPatch) -> Console:
    """Run a command whose stdout and stderr are one console."""
    console = Console(encoding)
    with monkeypatch.context() as patch, suppress(SystemExit):
        patch.setattr("sys.stdout", console)
        patch.setattr("sys.stderr", console)
        main(command.split())
    return console


def count_questions(text: str, encoding: str) -> int:
    """Count the question marks, and the letters of another script that become one."""
    foreign = [each for each in text if unicodedata.category(each) in ("Lo", "Lm")]
    lacking = [
        each for each in (*foreign, *re.findall("？", text)) if not each.encode(encoding, "ignore")
    ]
    return text.count("?") + len(lacking)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_command_prints_a_question_mark_instead_of_a_sign(
    demo: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.chdir(demo)
    consoles = {command: run_in(encoding, command, monkeypatch) for command in COMMANDS}

    assert {command: each.shown().count("?") for command, each in consoles.items()} == {
        command: count_questions(each.meant, encoding) for command, each in consoles.items()
    }


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_signs_and_comparisons_of_figures_can_be_read_on_every_console(
    demo: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.chdir(demo)

    shown = run_in(encoding, "kpi weekly", monkeypatch).shown()

    assert re.search(r"Order growth\s+-\d+\.\d\s%\s+(>=|≥)\s-3\s%", shown)
    assert re.search(r"ACoS\s+\d+\.\d\s%\s+(<=|≤)\s25\s%", shown)


def test_python_s_own_setting_of_the_encoding_is_kept(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "facilitator", "kpi", "weekly"],
        cwd=demo,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
        check=True,
    )

    assert ">= -3 %" in done.stdout.decode("ascii")


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("−5.7 % ≥ −3 %", "ascii", "-5.7 % >= -3 %"),
        ("±0.0\u202fpp · 23–29 Nov…", "ascii", "+/-0.0 pp | 23-29 Nov..."),
        ("✓ ✗ → ×2 “a” ½", "cp1252", "OK × -> ×2 “a” ½"),
        ("✓ ✗ ¥12 €", "gbk", "√ × ￥12 EUR"),
        ("▁▂▃▄▅▆▇█", "cp1252", "_.,-~=+#"),
        ("┌──┐│┼", "ascii", "+--+|+"),
        ("Zoë Łódź Müller Straße", "ascii", "Zoe Lodz Muller Strasse"),
        ("ＡＣｏＳ，（３％）", "ascii", "ACoS,(3%)"),
        ("李倩 \udcff", "cp1252", "?? ?"),
        ("−5 %", "utf-8", "−5 %"),
    ],
)
def test_what_a_console_lacks_is_written_in_other_letters(
    text: str, encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = run_in(encoding, "wrong", monkeypatch)
    before = console.shown()

    print(text, file=console)

    assert console.shown() == f"{before}{shown}\n"
