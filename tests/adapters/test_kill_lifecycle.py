"""SIGKILL between any two writes leaves files that the next start can use."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest
from filelock import FileLock

from facilitator.adapters.journal_reader import JOURNAL_FILE, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.event_history import replay
from facilitator.domain.rules import meeting as meeting_rules
from tests.adapters.killed_lifecycle import ACKNOWLEDGED, MARKER
from tests.environment import AppEnvironment
from tests.factories import agenda, close_meeting

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


@pytest.fixture(scope="session")
def killed_lifecycles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the lifecycle, killed at each sync; once for all workers that share the tests."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, complete = root / "killed_lifecycles", root / "killed_lifecycles.complete"
    with FileLock(root / "killed_lifecycles.lock"):
        if not complete.exists():
            folder.mkdir()
            command = [sys.executable, "-m", "tests.adapters.killed_lifecycle", str(folder)]
            subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
            complete.touch()
    return folder


@pytest.fixture
def lifecycles(killed_lifecycles: Path, tmp_path: Path) -> list[Path]:
    """Copy a folder for each sync at which a program was killed, and one that completed."""
    copied = copytree(killed_lifecycles, tmp_path / "lifecycles")
    return sorted(copied.iterdir(), key=lambda each: int(each.name))


def test_no_acknowledged_step_is_lost_and_no_file_is_partial(lifecycles):
    assert len(lifecycles) > 50
    for folder in lifecycles:
        for meeting_id, seen_at in acknowledged(folder):
            reading = read_journal(folder / meeting_id / JOURNAL_FILE)
            assert reading.problems == ()
            assert replay(reading.events).seen_at >= datetime.fromisoformat(seen_at)
        for file in whole_files(folder):
            content = file.read_text(encoding="utf-8")
            assert content.endswith(("\n", "}")), file
            if file.suffix == ".json":
                json.loads(content)


def test_sensitive_text_is_only_in_the_journal_the_library_and_the_complete_minutes(
    lifecycles,
):
    for folder in lifecycles:
        for file in folder.rglob("*"):
            if file.is_file() and MARKER.encode() in file.read_bytes():
                is_own = file.name.lstrip(".").startswith("minutes-recorder")
                assert is_own or file.suffix == ".jsonl" or "library.json" in file.name, file
                assert not is_own or stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_next_start_continues_wherever_it_was_killed(lifecycles):
    for folder in lifecycles:
        environment = AppEnvironment(folder)
        environment.clock.advance(hours=24 * 30)
        for stored in environment.services.resumable():
            session = environment.services.resume(stored.id)
            session.write_minutes()
            close_meeting(session)
            environment.services.finish(session)
        carried = environment.services.carried(agenda())
        session = environment.begin()
        session.step(meeting_rules.take_attendance, ())
        session.leave()

        closed = [
            folder / each.id for each in environment.services.archive.meetings() if not each.is_open
        ]
        for each in closed:
            held = replay(read_journal(each / JOURNAL_FILE).events)
            kept = [each / f"minutes-v{number + 1}.md" for number in range(len(held.versions))]
            for minutes in (each / "minutes.md", *kept):
                assert "\nstatus: final\n" in minutes.read_text(encoding="utf-8"), minutes
        anew = LibraryFile(folder / "anew.json")
        assert anew.rebuild(folder) == ()
        assert anew.past() == environment.services.library.past()
        assert (carried.met_on is None) == (not closed), folder
        assert not (folder / "library.damaged.json").exists()


def acknowledged(folder: Path) -> Iterator[list[str]]:
    """Yield the id of each acknowledged step's meeting, and the time of the step."""
    for line in (folder / ACKNOWLEDGED).read_text(encoding="utf-8").splitlines():
        yield line.split()


def whole_files(folder: Path) -> Iterator[Path]:
    """Yield the files that must never be partial."""
    for pattern in ("*.md", "*.json"):
        yield from (each for each in folder.rglob(pattern) if not each.name.startswith("."))
