"""A sound agenda, and changes to it."""

from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.domain.errors import Diagnostic

WHOLE = Path(__file__).with_name("sound_agenda.toml").read_text(encoding="utf-8")


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "agendas" / "weekly" / "agenda.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def changed(old: str, new: str) -> str:
    assert WHOLE.count(old) == 1, f"{WHOLE.count(old)} × {old}"
    return WHOLE.replace(old, new)


def problems_of(tmp_path: Path, text: str | bytes) -> tuple[Diagnostic, ...]:
    """What is wrong with an agenda that says this."""
    return read_agenda(written(tmp_path, text))[1]
