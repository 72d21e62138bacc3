"""Edit a long text in the person's own editor."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from facilitator.domain.errors import N_, StorageError

DEFAULT_EDITOR = "notepad" if os.name == "nt" else "vi"


def edit_text(text: str) -> str:
    """Open `text` in $VISUAL or $EDITOR; return it as it was saved.

    Raises StorageError if the editor does not start or fails.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT_EDITOR
    try:
        with tempfile.TemporaryDirectory(prefix="facilitator-") as folder:
            path = Path(folder) / "note.md"
            path.write_text(text, encoding="utf-8")
            subprocess.run([*shlex.split(command), str(path)], check=True)  # noqa: S603
            return path.read_text(encoding="utf-8")
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise StorageError(
            N_("The editor {command} did not work. Set $EDITOR to an editor that does."),
            command=command,
        ) from error
