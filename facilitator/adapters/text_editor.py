"""Edit a long text in the person's own editor."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from facilitator.domain.errors import N_, Message, StorageError, message
from facilitator.session.ports import EditedText

DEFAULT_EDITOR = "notepad" if os.name == "nt" else "vi"
POLL_INTERVAL = 0.1
"""Seconds between two looks whether the program is to end."""
STOP_TIME = 0.4
"""Seconds that an editor has to save what it can, once it is told to stop."""


def edit_text(text: str, is_ending: Callable[[], bool]) -> EditedText:
    """Open `text` in $VISUAL or $EDITOR; return it as it was saved, and what went wrong.

    Where the editor failed, or left a file that cannot be read, its folder is kept with all that
    it has in there. It is stopped once `is_ending` says that this program is to end. Raises
    StorageError if it does not start.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT_EDITOR
    try:
        path = Path(tempfile.mkdtemp(prefix="facilitator-")) / "note.md"
        try:
            path.write_text(text, encoding="utf-8")
            status = _run([*shlex.split(command), str(path)], is_ending)
        except (OSError, ValueError):
            shutil.rmtree(path.parent, ignore_errors=True)
            raise
    except (OSError, ValueError) as error:
        raise StorageError(
            N_("The editor {command} did not work. Set $EDITOR to an editor that does."),
            command=command,
        ) from error
    edited = _read_result(path, text, command, status)
    if edited.problem is None:
        shutil.rmtree(path.parent, ignore_errors=True)
    return edited


def _run(words: list[str], is_ending: Callable[[], bool]) -> int:
    """Run an editor to its end; return its exit status, negative where a signal ended it."""
    with subprocess.Popen(words) as editor:  # noqa: S603  (the editor that the person has set)
        while not is_ending():
            try:
                return editor.wait(POLL_INTERVAL)
            except subprocess.TimeoutExpired:
                continue
        editor.terminate()
        try:
            return editor.wait(STOP_TIME)
        except subprocess.TimeoutExpired:
            editor.kill()
            return editor.wait()


def _read_result(path: Path, before: str, command: str, status: int) -> EditedText:
    """Return the text that an editor left; the one before where it left none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return EditedText(before, _unreadable(command, path))
    if status:
        return EditedText(text if text.strip() else before, _failure(command, status, path))
    return EditedText(text)


def _unreadable(command: str, path: Path) -> Message:
    return message(
        N_(
            "The editor {command} left no text that can be read as UTF-8, so no note was written. "
            "What you typed before is still in the line for notes. What it left is in {folder}."
        ),
        command=command,
        folder=path.parent,
    )


def _failure(command: str, status: int, path: Path) -> Message:
    values = {"command": command, "number": abs(status), "file": path}
    if status < 0:
        return message(
            N_(
                "The editor {command} was stopped by signal {number}, so no note was written. The "
                "text as it was saved last is in the line for notes, and in {file}."
            ),
            **values,
        )
    return message(
        N_(
            "The editor {command} ended with error {number}, so no note was written. The text as "
            "it was saved last is in the line for notes, and in {file}."
        ),
        **values,
    )
