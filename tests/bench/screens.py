"""Benchmarks of the screens in a pseudo-terminal: start, keys, idle."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.bench.bare_apps import READY
from tests.bench.measurement import Figure, Scale, median, percentile_95
from tests.bench.pseudo_terminal import Terminal, environment
from tests.bench.report_generator import write_report

BARE = Path(__file__).with_name("bare_apps.py")
TITLE = "Weekly Amazon operations review"
LAID = "From last time"
"""Painted in the lobby once the library is read and the meeting can begin."""
READ = "TACoS"
"""Painted with the KPIs once the reports are read."""
TYPING = "f3 Pause"
"""Painted in the footer once letters are text and no longer commands."""
AT_LEAST = 8
"""Keys in each meeting, should its reports be read before."""
RARE = "bcfjkqvwxz"
"""No three of these letters occur together in a text of the sample."""
HEAVY = ("_polars_runtime", "pandas", "numpy")


def first_paint(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure from the start of the process until the agenda is readable in the lobby."""
    demo = _demo(folder)
    bare, framed, useful = [], [], []
    loaded: set[str] = set()
    for _ in range(scale.rounds):
        with _bare("static", folder) as terminal:
            bare.append(terminal.wait_for(READY) - terminal.started)
        with _facilitator(demo) as terminal:
            framed.append(terminal.wait_for("Facilitator") - terminal.started)
            useful.append(terminal.wait_for(TITLE) - terminal.started)
            libraries = terminal.libraries()
            loaded.update(name for name in HEAVY if f"/{name}" in libraries)
    floor = median(bare)
    yield Figure(
        what="start to first useful paint",
        figure=median(useful),
        floor=floor,
        floor_is="a bare app",
        most_ratio=1.4,
        is_sound=not loaded,
        note=f"loaded by then: {', '.join(sorted(loaded)) or 'neither polars nor pandas'}",
    )
    yield Figure(
        what="start to first frame",
        figure=median(framed),
        floor=floor,
        floor_is="a bare app",
        note="the lobby before it has read the agendas",
    )


def keys(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure from a typed letter to the painted letter, in the field for notes."""
    with _bare("input", folder) as terminal:
        terminal.wait_for(READY)
        floor = percentile_95(list(_echoes(terminal, scale.keys)))
    with _facilitator(_copy(_demo(folder), folder / "keys")) as terminal:
        _begin_and_type(terminal)
        _wait_until_idle(terminal)
        quiet = percentile_95(list(_echoes(terminal, scale.keys)))
    yield Figure(
        what="a key to the screen, p95",
        figure=quiet,
        floor=floor,
        floor_is="a bare input",
        most_ratio=1.3,
        note="the clock runs",
    )
    loading = percentile_95(_echoes_while_loading(scale, folder))
    yield Figure(
        what="a key to the screen, p95",
        figure=loading,
        floor=floor,
        floor_is="a bare input",
        most_ratio=1.3,
        note=f"while {scale.rows:,} rows load",
    )


def idle(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure the CPU time of a running meeting without keys."""
    with _bare("ticking", folder) as terminal:
        terminal.wait_for(READY)
        floor = _load(terminal, scale)
    with _facilitator(_copy(_demo(folder), folder / "idle")) as terminal:
        _begin(terminal)
        _wait_until_idle(terminal)
        figure = _load(terminal, scale)
    yield Figure(
        what="idle with the clock running",
        figure=figure,
        floor=floor,
        unit="%",
        floor_is="a bare app that ticks",
        most=0.5,
        note="of a core",
    )


def _load(terminal: Terminal, scale: Scale) -> float:
    terminal.rest(min(scale.idle, 3))
    before = terminal.cpu_seconds()
    terminal.rest(scale.idle)
    return 100 * (terminal.cpu_seconds() - before) / scale.idle


def _bare(name: str, folder: Path) -> Terminal:
    return Terminal([BARE, name], folder=folder)


def _facilitator(demo: Path) -> Terminal:
    words = ["-m", "facilitator", "--lang", "en", "demo", "--folder", str(demo)]
    return Terminal(words, folder=demo)


def _demo(folder: Path) -> Path:
    """Prepare the sample for today, once."""
    demo = folder / "demo"
    words = ["-m", "facilitator", "--lang", "en", "demo", "--prepare", "--folder", str(demo)]
    subprocess.run(
        [sys.executable, *words],
        env=environment(),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return demo


def _copy(demo: Path, to: Path) -> Path:
    """Return a workspace without a meeting of today."""
    return Path(shutil.copytree(demo, to, copy_function=os.link))


def _with_long_report(scale: Scale, folder: Path) -> Path:
    """Return the sample with a long search term report for one of its shops."""
    demo = _copy(_demo(folder), folder / "loading")
    report = next((demo / "agendas" / "weekly" / "data" / "US").glob("search-term-*.csv"))
    report.unlink()
    last_day = date.fromisoformat(report.stem.removeprefix("search-term-"))
    write_report(report, scale.rows, last_day)
    return demo


def _begin(terminal: Terminal) -> None:
    terminal.wait_for(TITLE)
    terminal.wait_for(LAID)
    terminal.press("b")
    terminal.wait_for("4 Notes")


def _begin_and_type(terminal: Terminal) -> None:
    """Begin the meeting, and focus the field for notes."""
    _begin(terminal)
    terminal.rest(0.3)
    terminal.press("t")
    terminal.wait_for(TYPING)


def _wait_until_idle(terminal: Terminal) -> None:
    """Wait until the reports are read and the minutes written."""
    if not terminal.has_painted(READ):
        terminal.wait_for(READ)
    terminal.rest(1)


def _echoes_while_loading(scale: Scale, folder: Path) -> list[float]:
    """Run as many meetings as needed, each until its reports are read."""
    demo = _with_long_report(scale, folder)
    found: list[float] = []
    while len(found) < scale.keys:
        with _facilitator(_copy(demo, folder / f"loading-{len(found)}")) as terminal:
            _begin_and_type(terminal)
            for count, seconds in enumerate(_echoes(terminal, scale.keys)):
                if count >= AT_LEAST and terminal.has_painted(READ):
                    break
                found.append(seconds)
    return found


def _echoes(terminal: Terminal, count: int) -> Iterator[float]:
    """Type letters as fast as a fast typist; return the seconds until each is painted."""
    chance = random.Random(7)
    typed = "".join(chance.sample(RARE, 2))
    seen: set[str] = set()
    terminal.press(typed)
    terminal.wait_for(typed)
    while len(seen) < count:
        letter = chance.choice(RARE)
        shown = typed[-2:] + letter
        if shown in seen:
            continue
        seen.add(shown)
        typed += letter
        pressed = terminal.press(letter)
        yield terminal.wait_for(shown) - pressed
        terminal.rest(chance.uniform(0.03, 0.07))
