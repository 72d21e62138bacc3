"""Files that another program replaces, cuts, empties or deletes while a meeting runs."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.forks import run_in_fork
from tests.faults.script import MEETING, STEPS, find_faults, hold_meeting

Change = Callable[[Path, random.Random], None]


def _replace_by_copy(file: Path, _chance: random.Random) -> None:
    fresh = file.with_suffix(".fresh")
    shutil.copyfile(file, fresh)
    fresh.replace(file)


def _replace_by_older_copy(file: Path, chance: random.Random) -> None:
    content = file.read_bytes()
    fresh = file.with_suffix(".fresh")
    lines = content.splitlines(keepends=True)
    fresh.write_bytes(b"".join(lines[: chance.randrange(len(lines) + 1)]))
    fresh.replace(file)


def _cut(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size + 1))


def _append(file: Path, _chance: random.Random) -> None:
    with file.open("ab") as handle:
        handle.write(b'{"n":1,"type":"ClockTicked"}\n')


def _delete(file: Path, _chance: random.Random) -> None:
    file.unlink()


def _make_folder(file: Path, _chance: random.Random) -> None:
    file.unlink()
    file.mkdir()


def _make_pipe(file: Path, _chance: random.Random) -> None:
    file.unlink()
    os.mkfifo(file)


def _make_link(file: Path, _chance: random.Random) -> None:
    aside = file.with_suffix(".aside")
    file.replace(aside)
    file.symlink_to(aside)


def _make_huge(file: Path, _chance: random.Random) -> None:
    os.truncate(file, 3_000_000_000)


CHANGES: tuple[Change, ...] = (
    _replace_by_copy, _replace_by_older_copy, _cut, _append, _delete, _make_folder, _make_pipe,
    _make_link, _make_huge,
)  # fmt: skip
FILES = (
    f"{MEETING}/journal.jsonl",
    f"{MEETING}/journal.jsonl",
    f"{MEETING}/minutes.md",
    "library.json",
    "incidents.jsonl",
)


def try_replacements(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each try, and what was found; empty if nothing was lost."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        change, name = CHANGES[number % len(CHANGES)], chance.choice(FILES)
        place = chance.randrange(2, len(STEPS))
        with tempfile.TemporaryDirectory() as folder:
            found = run_in_fork(lambda: _try(Path(folder), name, change, place, chance))  # noqa: B023
        yield f"{number}: {name}, {change.__name__.strip('_')} before step {place}", found


def _try(folder: Path, name: str, change: Change, place: int, chance: random.Random) -> str:
    said: list[str] = []

    def change_file(number: int) -> None:
        if number == place and (folder / name).is_file():
            change(folder / name, chance)

    hold_meeting(folder, said.append, change_file)
    _move_away(folder)
    is_whole = name == "library.json"
    return find_faults(folder, "\n".join(said), is_whole=is_whole)


def _move_away(folder: Path) -> None:
    """Do what the program asks for: move away what is no file, or is too large for one."""
    for name in set(FILES):
        file = folder / name
        if not os.path.lexists(file):
            continue
        if file.is_symlink() or not file.is_file() or file.stat().st_size > 1_000_000_000:
            file.rename(file.with_suffix(".moved"))
