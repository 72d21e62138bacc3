"""The files of a meetings folder with what was closed between the meetings of a series."""

import os
import re
from pathlib import Path

from facilitator.adapters.atomic_file import read_error
from facilitator.domain.errors import N_, Diagnostic, StorageError, message

_BETWEEN_FILE = re.compile(r"between-(?P<series>[A-Za-z0-9_-]+)\.jsonl\Z")


def between_file(root: Path, series: str) -> Path:
    """Return the file of a series; raises StorageError for a series that can be no file name."""
    path = root / f"between-{series}.jsonl"
    if not _BETWEEN_FILE.match(path.name) or path.parent != root:
        raise StorageError(N_("“{series}” cannot be part of the name of a file."), series=series)
    return path


def find_between_files(root: Path) -> tuple[Path, ...]:
    """Return the files of all series, by name; raises StorageError for an unreadable folder."""
    try:
        with os.scandir(root) as entries:
            names = sorted(entry.name for entry in entries if _BETWEEN_FILE.match(entry.name))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_error(root, error) from error
    return tuple(root / name for name in names)


def series_of_file(path: Path) -> str:
    """Return the series of a file."""
    return path.stem.removeprefix("between-")


def lost_between(path: Path) -> Diagnostic:
    """Return what is told of a file that has lost what was closed between meetings."""
    return Diagnostic(
        file=str(path),
        message=message(
            N_("This file is empty or missing, though action items were closed in it.")
        ),
        hint=message(
            N_("Restore it from a backup. Until then, what the library knows of them stays.")
        ),
    )
