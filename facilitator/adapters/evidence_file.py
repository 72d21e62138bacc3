"""Check that a file named as evidence exists on this computer."""

from pathlib import Path

from facilitator.domain.action import evidence_file_path
from facilitator.domain.errors import N_, RuleError


def check_evidence(home: Path, text: str) -> None:
    """Raise RuleError if evidence names a file that does not exist; relative to `home`."""
    named = evidence_file_path(text)
    if named is not None and not _file_exists(home / named.expanduser()):
        raise RuleError(
            N_("There is no file “{file}” in {folder}. Correct the path, or describe it in words."),
            file=named,
            folder=home,
        )


def _file_exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # the name is too long, or a folder cannot be entered
        return False
