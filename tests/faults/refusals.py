"""System calls that are refused, one after another, during a meeting and during commands."""

import contextlib
import difflib
import errno
import io
import json
import os
import random
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple, TypeVar

from facilitator.cli import main as command_line
from tests.faults.forks import run_in_fork
from tests.faults.script import MEETING, STEPS, find_faults, hold_meeting
from tests.faults.shim import refuse, seen, stop_refusing
from tests.faults.workspace import prepare_workspace

CALLS = (
    "open", "read", "write", "fsync", "close", "stat", "rename", "mkdir", "unlink", "ftruncate",
    "scan", "any",
)  # fmt: skip
ERRORS = (errno.EIO, errno.ENOSPC, errno.ESTALE, errno.EACCES, errno.ENXIO, errno.ETIMEDOUT)
COMMANDS = (
    ("actions",),
    ("actions", "--done", "A5", "--series", "weekly", "--evidence", "Seen"),
    ("search", "bottle"),
    ("history",),
    ("minutes",),
    ("minutes", "--complete", "--output", "written.md"),
    ("incident", "list"),
    ("reindex",),
    ("check", "weekly"),
    ("publish", "weekly"),
    ("close",),
    ("reopen", "--reason", "A slip", MEETING),
)
NEVER = 1 << 40
READ_ONLY = frozenset({"actions", "search", "history", "minutes", "incident"})
"""Commands that say the same each time, unless they say what is amiss."""

SAID_BESIDES = "Besides: "
"""Before what a command says on its second output."""

T = TypeVar("T")
Words = tuple[str, ...]
Counts = dict[str, int]
"""How many calls of each kind there were."""


class Refusal(NamedTuple):
    """What is refused: a kind of call, at its n-th time, or from then on."""

    call: str
    place: int
    error: int
    lasts: bool

    def __str__(self) -> str:
        until = " and after" if self.lasts else ""
        return f"{self.call} {self.place}{until}: {errno.errorcode[self.error]}"


COUNTED = Refusal("any", NEVER, errno.EIO, lasts=False)
"""Refuses nothing."""


def try_meetings(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each try of a meeting, and what was found; empty if nothing was lost."""
    refusals = _refusals(_calls_of_a_meeting())
    for refusal in _chosen(refusals, count, seed):
        with tempfile.TemporaryDirectory() as folder:
            said = run_in_fork(lambda: _hold_refused(Path(folder), refusal))  # noqa: B023
            if not _is_acknowledged(said):
                yield f"meeting, {refusal}", said
                continue
            found = run_in_fork(lambda: find_faults(Path(folder), said))  # noqa: B023
            yield f"meeting, {refusal}", found


def try_commands(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each try of a command, and what was found."""
    with tempfile.TemporaryDirectory() as folder:
        sound = prepare_workspace(Path(folder) / "sound")
        usual = {words: _try_command(sound, words, None) for words in COMMANDS}
        tries = [
            (words, refusal)
            for words in COMMANDS
            for refusal in _refusals(_calls_of_a_command(sound, words))
        ]
        for words, refusal in _chosen(tries, count, seed):
            said = _try_command(sound, words, refusal)
            yield f"{' '.join(words)}, {refusal}", _judge(words, said, usual[words])


def _judge(words: Words, said: str, usual: str) -> str:
    """Return what is wrong with what a command said while a call was refused."""
    code, _, output = said.partition("\n")
    if not code.isdigit() or "Traceback" in said:
        return said
    is_silent = words[0] in READ_ONLY and "--output" not in words and "--done" not in words
    if is_silent and code == "0" and SAID_BESIDES not in output and said != usual:
        lines = difflib.unified_diff(usual.splitlines(), said.splitlines(), n=0, lineterm="")
        return "It said something else, without a warning:\n" + "\n".join(lines)
    return ""


def _try_command(sound: Path, words: Words, refusal: Refusal | None) -> str:
    """Run a command on a copy of a workspace; return its exit code and what it said.

    Without the refusal, a second run must find every meeting.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = copytree(sound, Path(folder) / "root")
        said = run_in_fork(lambda: _run_command(root, words, refusal))
        if not said[:1].isdigit():
            return said
        again = run_in_fork(lambda: _run_command(root, ("history", "--json"), None))
        if not again.startswith("0\n") or again.count('"id"') < 2 or SAID_BESIDES in again:
            return f"After it, `history` says: {again}"
        return said


def _run_command(root: Path, words: Words, refusal: Refusal | None) -> str:
    """Return the exit code of a command, and all that it said."""
    os.chdir(root)
    output, errors = io.StringIO(), io.StringIO()
    if refusal:
        refuse(root, refusal.call, refusal.place, refusal.error, from_there_on=refusal.lasts)
    setattr(command_line, "_os_error_text", _fail)  # noqa: B010
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = command_line.main(words)
    stop_refusing()
    besides = f"{SAID_BESIDES}{errors.getvalue()}" if errors.getvalue() else ""
    return f"{code}\n{output.getvalue()}{besides}"


def _fail(error: OSError) -> str:
    """Count an error that nobody turned into a sentence as a traceback."""
    return "".join(traceback.format_exception(error))


def _calls_of_a_command(sound: Path, words: Words) -> Counts:
    def count(root: Path) -> str:
        _run_command(root, words, COUNTED)
        return _counts()

    with tempfile.TemporaryDirectory() as folder:
        root = copytree(sound, Path(folder) / "root")
        return json.loads(run_in_fork(lambda: count(root)))  # type: ignore[no-any-return]


def _counts() -> str:
    return json.dumps({call: seen(call) for call in CALLS})


def _refusals(counts: Counts) -> Iterator[Refusal]:
    """Yield every refusal of one call, and of all from one call on, with each error."""
    for call, times in counts.items():
        for place in range(1, times + 1):
            for error in ERRORS:
                yield Refusal(call, place, error, lasts=False)
                yield Refusal(call, place, error, lasts=True)


def _chosen(tries: Iterable[T], count: int, seed: int) -> list[T]:
    """Return some of the tries, the same for the same seed; all where there are fewer."""
    every = list(tries)
    return random.Random(seed).sample(every, min(count, len(every)))


def _is_acknowledged(said: str) -> bool:
    known = {"incident", "finished", *(f"{number}" for number in range(1, len(STEPS) + 1))}
    return set(said.split()) <= known


def _hold_refused(folder: Path, refusal: Refusal) -> str:
    said: list[str] = []
    refuse(folder, refusal.call, refusal.place, refusal.error, from_there_on=refusal.lasts)
    hold_meeting(folder, said.append)
    stop_refusing()
    return "\n".join(said)


def _calls_of_a_meeting() -> Counts:
    def count() -> str:
        with tempfile.TemporaryDirectory() as folder:
            _hold_refused(Path(folder), COUNTED)
            return _counts()

    return json.loads(run_in_fork(count))  # type: ignore[no-any-return]
