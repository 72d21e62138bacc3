"""SIGKILL between any two writes leaves files that the next start can use."""

import json
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from facilitator.adapters.journal_reader import JOURNAL_FILE, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.event_history import replay
from facilitator.domain.rules import meeting as meeting_rules
from tests.adapters.killed_lifecycle import ACKNOWLEDGED, MARKER
from tests.environment import AppEnvironment
from tests.factories import agenda, close_meeting

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


@pytest.fixture(scope="module")
def lifecycles(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a folder for each sync at which a program was killed, and one that completed."""
    root = tmp_path_factory.mktemp("lives")
    command = [sys.executable, "-m", "tests.adapters.killed_lifecycle", str(root)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    return sorted(root.iterdir(), key=lambda each: int(each.name))


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
