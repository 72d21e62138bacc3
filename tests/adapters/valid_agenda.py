"""An agenda without faults, and changes to it."""

from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.domain.errors import Diagnostic

VALID_AGENDA = Path(__file__).with_name("valid_agenda.toml").read_text(encoding="utf-8")


def write_agenda(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "agendas" / "weekly" / "agenda.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def edited_agenda(old: str, new: str) -> str:
    assert VALID_AGENDA.count(old) == 1, f"{VALID_AGENDA.count(old)} × {old}"
    return VALID_AGENDA.replace(old, new)


def diagnostics_of(tmp_path: Path, text: str | bytes) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of an agenda with this text."""
    return read_agenda(write_agenda(tmp_path, text))[1]
