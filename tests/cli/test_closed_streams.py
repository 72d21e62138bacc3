"""Commands whose output nobody takes: streams that are closed, and pipes that break."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

PROGRAM = f"{sys.executable} -m facilitator"
COMMANDS = ("new weekly", "check weekly", "actions", "actions --json", "search x", "reindex")


def run_shell(script: str, folder: Path) -> tuple[list[str], str]:
    """Return what a script writes to stdout, and to stderr."""
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**environment, "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split(), done.stderr


@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_but_what_is_seen(tmp_path: Path, closing: str) -> None:
    lines = (f"({PROGRAM} {words} 3>&1 >/dev/null {closing}; echo $?)" for words in COMMANDS)
    codes, errors = run_shell("\n".join(lines), tmp_path)

    assert codes == ["0", "1", "0", "0", "0", "0"]  # a new agenda has no reports yet
    assert "Traceback" not in errors


def test_a_pipe_that_breaks_ends_a_command_without_a_traceback(tmp_path: Path) -> None:
    lines = (
        f"{PROGRAM} {words} 2>errors | true; echo ${{PIPESTATUS[0]}}; cat errors >&2"
        for words in (*COMMANDS, "--help")
    )
    codes, errors = run_shell("\n".join(lines), tmp_path)

    assert set(codes) <= {"0", "1"}
    assert "Traceback" not in errors
    assert "ignored" not in errors


def test_a_full_disk_for_messages_does_not_stop_the_answer(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    codes, _errors = run_shell(f"{PROGRAM} minutes nosuch 2>/dev/full; echo $?", tmp_path)
    assert codes == ["1"]


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    script = (
        "from facilitator.cli.output import open_closed_streams; open_closed_streams(); "
        "open('number', 'w').write(str(open('other', 'w').fileno()))"
    )
    run_shell(f'{sys.executable} -c "{script}" <&- >&- 2>&-', tmp_path)
    assert int((tmp_path / "number").read_text()) > 2
