"""Damaged files of every kind that is read back: no traceback, in bounded time and memory."""

import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.journal_follower import JournalFollower
from facilitator.adapters.journal_reader import read_journal, recover_events
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.reports.custom_reports import read_custom_reports
from facilitator.domain.errors import FacilitatorError
from facilitator.domain.timekeeping import read_clock
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from tests.environment import AppEnvironment
from tests.factories import agenda, close_meeting
from tests.faults.forks import run_in_fork
from tests.faults.script import MEETING
from tests.faults.workspace import REPORT, prepare_workspace, report_cache

MEMORY = 3_000_000_000
"""Bytes of addresses that a reader may take."""
SLOW = 10.0
"""Seconds after which a reading counts as hanging."""
VALUES = (
    "null", "true", "-1", "0", "1e308", "-1e308", "1e999", "NaN", "1" * 30, "1" * 400, '""', '"x"',
    "[]", "{}", '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59Z"', '"0001-01-01"',
    '"9999-12-31"', '"2026-11-23T10:00:00"', '"PT1000000000000S"', '"-P999999999D"', '"P4000D"',
    '"\\ud800"', '"\\u0000"', '"\\u202e"', "[" * 3_000, "{" * 20_000, "1000000000", "-5", "0.1",
)  # fmt: skip

Mutate = Callable[[bytes, random.Random], bytes]
Read = Callable[[Path], None]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    return content[:begin] + content[chance.choice((begin + 1, begin + 40, len(content))) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    end = chance.randrange(begin, len(content) + 1)
    return content[:end] + content[begin:end] * chance.choice((1, 1, 50)) + content[end:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    what = chance.choice(
        (b"\xff\xfe", b"\x00" * 9, b"\xed\xa0\x80", b"\n", b'"', b"\\", b"[" * 99, os.urandom(9))
    )
    return content[:begin] + what + content[begin:]


def _swap_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


_VALUE = re.compile(rb'(?<=[:,\[=])\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)')


def _swap_value(content: bytes, chance: random.Random) -> bytes:
    """Put another value in place of one: of another type, or one that cannot be."""
    places = list(_VALUE.finditer(content))
    if not places:
        return _flip(content, chance)
    found = chance.choice(places)
    values = [each.encode() for each in VALUES]
    new = chance.choice([*values, chance.choice(places)[1]])
    return content[: found.start(1)] + new + content[found.end(1) :]


def _swap_number(content: bytes, chance: random.Random) -> bytes:
    """Change the digits of one number, date or duration."""
    places = list(re.finditer(rb"\d+", content))
    if not places:
        return _flip(content, chance)
    found = chance.choice(places)
    new = chance.choice((b"0", b"9" * len(found[0]), b"99999999", b"1" * 12, b"0001", b"-3"))
    return content[: found.start()] + new + content[found.end() :]


MUTATIONS: tuple[Mutate, ...] = (
    _flip, _cut, _double, _insert, _swap_lines, _swap_value, _swap_value, _swap_number,
)  # fmt: skip


def _read_all(root: Path) -> None:
    """Do with a meetings folder what the program does with it, from the lobby to the close."""
    environment = AppEnvironment(root / "meetings")
    environment.clock.advance(hours=24 * 8)
    services = environment.services
    steps: tuple[Callable[[], object], ...] = (
        services.resumable,
        lambda: services.carried(agenda()),
        services.library.past,
        environment.library.open_actions,
        services.incidents.incidents,
        lambda: _resume_all(environment),
        lambda: services.load(agenda()),
        lambda: environment.begin().leave(),
    )
    for step in steps:
        _tell(step)


def _resume_all(environment: AppEnvironment) -> None:
    for stored in environment.services.resumable():
        session = environment.services.resume(stored.id, accept_damage=True)
        try:
            session.write_minutes()
            if not session.meeting.is_closed:
                close_meeting(session)
            environment.services.finish(session)
        except FacilitatorError:
            session.leave()
            raise


def _tell(act: Callable[[], object]) -> None:
    """Do something that may fail with a sentence."""
    try:
        act()
    except FacilitatorError as error:
        error.message.translate()


def _read_journal(root: Path) -> None:
    path = root / "meetings" / MEETING / "journal.jsonl"
    found = recover_events(path, read_journal(path).events)
    JournalFollower(path).poll()
    if found.meeting is not None:
        read_clock(found.meeting, found.meeting.seen_at)
        for language in (load_language("en"), load_language("zh_CN")):
            assert render_minutes(found.meeting, language)
            assert render_redacted_minutes(found.meeting, language)
    _tell(lambda: LibraryFile(root / "anew.json").rebuild(root / "meetings"))
    _read_all(root)


def _read_agenda(root: Path) -> None:
    read, problems = read_agenda(root / "agendas" / "weekly" / "agenda.toml")
    assert all(each.translate() for each in problems)
    if read is not None:
        environment = AppEnvironment(root / "meetings")
        environment.clock.advance(hours=24 * 40)
        attempt_begin = lambda: environment.begin(read).leave()  # noqa: E731
        _tell(attempt_begin)


def _read_kpis(root: Path) -> None:
    _definitions, problems = read_definitions(root / "agendas" / "weekly", ("mei", "lin"))
    assert all(each.translate() for each in problems)


def _read_reports(root: Path) -> None:
    _known, problems = read_custom_reports(root / "agendas" / "weekly" / "reports.toml")
    assert all(each.translate() for each in problems)


def _read_incidents(root: Path) -> None:
    log = IncidentJournal(root / "meetings")
    _tell(log.incidents)
    assert all(each.translate() for each in log.problems)
    _read_all(root)


def _read_cache(root: Path) -> None:
    data = root / "agendas" / "weekly" / "data"
    report_cache(data).get_by_content(REPORT, "0" * 64)


READERS: dict[str, Read] = {
    f"meetings/{MEETING}/journal.jsonl": _read_journal,
    "meetings/2026-11-30-weekly/journal.jsonl": _read_all,
    f"meetings/{MEETING}/minutes.md": _read_all,
    "meetings/library.json": _read_all,
    "meetings/incidents.jsonl": _read_incidents,
    "meetings/between-weekly.jsonl": _read_all,
    "agendas/weekly/agenda.toml": _read_agenda,
    "agendas/weekly/kpis.toml": _read_kpis,
    "agendas/weekly/reports.toml": _read_reports,
    "agendas/weekly/pre-read.json": _read_agenda,
    "agendas/weekly/data/.facts/*": _read_cache,
}


def try_mutations(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each try, and what was found; empty if it was read or refused."""
    with tempfile.TemporaryDirectory() as folder:
        sound = prepare_workspace(Path(folder) / "sound")
        for number in range(count):
            chance = random.Random(f"{seed}-{number}")
            name = list(READERS)[number % len(READERS)]
            mutate = chance.choice(MUTATIONS)
            found = run_in_fork(lambda: _try(sound, name, mutate, chance))  # noqa: B023
            yield f"{seed}-{number}: {name}, {mutate.__name__.strip('_')}", found


def _try(sound: Path, name: str, mutate: Mutate, chance: random.Random) -> str:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        root = copytree(sound, Path(folder) / "root")
        (file,) = root.glob(name)
        file.write_bytes(mutate(file.read_bytes(), chance))
        began = time.monotonic()
        READERS[name](root)
        seconds = time.monotonic() - began
    return f"It took {seconds:.1f} s." if seconds > SLOW else ""
