"""A workspace that came from elsewhere, with terminal sequences in all its texts."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from facilitator.adapters.event_codec import clean_json, decode_line
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.errors import JournalError
from facilitator.domain.incident import IncidentId

EARLIER = Path(__file__).parent / "adapters" / "earlier_all_events"
HOSTILE = (
    "\x1b]52;c;b3duZWQ=\x07\x1b[2J\x1b[31m\x9b5n\x1bPq\x1b\\\u202e owned \u2066\u200b\u200e"
    "\x00\x07\r\x08"
)
"""Writes to the clipboard, clears the screen, asks the terminal, turns the writing round."""
_ENTRY_ID = re.compile(r"[A-Z]\d+\Z")
_CODED = re.compile(r"[a-z_-]*|[A-Z]{2,3}|[A-Z]\d*|P.*S|P\d+D|\d{4}-\d\d-\d\d.*")
"""Ids, states, currencies, marketplaces, times: what the library holds besides texts."""


def _spoil(value: object, wanted: Callable[[str], bool]) -> object:
    """Return JSON with `HOSTILE` after each text that is wanted."""
    if isinstance(value, str):
        return value + HOSTILE if wanted(value) else value
    if isinstance(value, list):
        return [_spoil(each, wanted) for each in value]
    if isinstance(value, dict):
        return {name: _spoil(each, wanted) for name, each in value.items()}
    return value


def _texts(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return set().union(*map(_texts, value))
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values()))
    return set()


def _spoil_line(line: str, *, with_ids: bool) -> str:
    """Return a line of a journal, spoilt wherever it can still be read."""
    read = json.loads(line)
    texts = sorted(_texts(read["fact"]))
    for text in texts:
        if _ENTRY_ID.match(text) and not with_ids:
            continue
        fact = _spoil(read["fact"], text.__eq__)
        tried = read | {"fact": fact}
        try:
            decode_line(clean_json(json.dumps(tried).encode()))
        except JournalError:
            continue
        read = tried
    return json.dumps(read, ensure_ascii=len(texts) % 2 == 0)


def spoil_journal(file: Path, *, with_ids: bool) -> None:
    """Spoil all lines of a journal."""
    lines = file.read_text("utf-8").splitlines()
    spoilt = (_spoil_line(each, with_ids=with_ids) + "\n" for each in lines)
    file.write_text("".join(spoilt), "utf-8")


def spoil_library(file: Path) -> None:
    """Spoil all texts of a library."""
    read = json.loads(file.read_bytes())
    file.write_text(json.dumps(_spoil(read, lambda each: not _CODED.fullmatch(each))), "utf-8")


def hostile_workspace(root: Path, *, with_ids: bool = False) -> Path:
    """Make a workspace of earlier meetings, with terminal sequences wherever a text is."""
    meetings = Path(shutil.copytree(EARLIER, root / "meetings"))
    (meetings / "library.json").unlink()
    shutil.move(meetings / "agenda", root / "agendas" / "weekly")
    for file in meetings.rglob("*.jsonl"):
        spoil_journal(file, with_ids=with_ids)
    for journal in meetings.rglob("journal.jsonl"):
        journal.with_name("minutes.md").write_text(f"# Minutes\n\n{HOSTILE} of a meeting\n")
    LibraryFile(meetings / "library.json").sync(meetings)
    spoil_library(meetings / "library.json")
    (meetings / f"incident-{IncidentId('I1')}.txt").write_text(HOSTILE)
    _spoil_agenda(root / "agendas" / "weekly" / "agenda.toml")
    stamp = {"starts": HOSTILE, "sent_at": HOSTILE}
    (root / "agendas" / "weekly" / "pre-read.json").write_text(json.dumps(stamp))
    named = root / "agendas" / HOSTILE.replace("\0", "").replace("/", "")
    shutil.copytree(root / "agendas" / "weekly", named)
    return root


def _spoil_agenda(file: Path) -> None:
    """Spoil the titles, names and sentences of an agenda."""
    escaped = "".join(f"\\U{ord(each):08x}" for each in HOSTILE)
    keys = "title|name|role|department|question|background|why|cost|expected|threat|solution|text"
    line = re.compile(rf'^((?:{keys}) = ".*)"$', re.MULTILINE)
    text = line.sub(lambda found: f'{found[1]}{escaped}"', file.read_text("utf-8"))
    file.write_text(text, "utf-8")
