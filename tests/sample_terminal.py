"""The sample meeting in a pseudo-terminal, and what it leaves on disk."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from facilitator.adapters.journal_file import JournalFile
from facilitator.cli.demo.prepare import prepare_sample
from facilitator.cli.demo.sample import demo_now
from tests.terminal_emulator import TerminalEmulator


@cache
def _prepared_sample() -> TemporaryDirectory[str]:
    """Return a folder with the sample, which is removed when the tests end."""
    folder = TemporaryDirectory(prefix="sample-")
    prepare_sample(Path(folder.name) / "demo", demo_now())
    return folder


def copy_sample(folder: Path) -> Path:
    """Return the folder of a prepared sample within `folder`."""
    copy = folder / "demo"
    if not copy.exists():
        shutil.copytree(Path(_prepared_sample().name) / "demo", copy)
    return copy


def open_lobby(folder: Path, *, editor: str = "", ignores_hangup: bool = False) -> TerminalEmulator:
    """Open the sample in the lobby; `editor` is the script of an editor."""
    environment = {}
    if editor:
        script = folder / "editor"
        script.write_text(f"#!/bin/sh\n{editor}\n")
        script.chmod(0o755)
        environment = {"EDITOR": str(script), "VISUAL": "", "TMPDIR": str(folder)}
    return TerminalEmulator(
        "demo",
        "--folder",
        copy_sample(folder),
        folder=folder,
        environment=environment,
        ignores_hangup=ignores_hangup,
    )


def begin(screen: TerminalEmulator) -> None:
    """Begin the meeting, and write a note."""
    screen.wait_for_text("From last time").press("b").wait_for_text("30.9").press("t")
    screen.wait_for_text("f2 Next").press("a whole note", "enter").wait_for_text("· a whole note")


def saved_journal(folder: Path) -> str:
    """Return the journal of the newest meeting, once it was opened as a second program does."""
    journal = max((folder / "demo" / "meetings").glob("*-weekly/journal.jsonl"))
    JournalFile(journal).close()
    return journal.read_text(encoding="utf-8")


def saved_minutes(folder: Path) -> str:
    """Return the minutes of the newest meeting."""
    minutes = max((folder / "demo" / "meetings").glob("*-weekly/minutes.md"))
    return minutes.read_text(encoding="utf-8")
