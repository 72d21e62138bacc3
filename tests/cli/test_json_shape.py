"""What `--json` prints: the keys and the types of their values are those in `docs/json-output.txt`.

Scripts of other people read them, so a key is never renamed or dropped. A key that is added is
added to the file by hand; the failing test shows the line.
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.arguments import parse_arguments
from facilitator.cli.demo.prepare import prepare_sample
from tests.cli.test_inspect import WINDOWED

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
SHAPES = Path(__file__).parents[2] / "docs" / "json-output.txt"
ALL_EVENTS = Path(__file__).parent.parent / "adapters" / "earlier_all_events"
"""Meetings that hold every kind of event."""

US_ADS, UNKNOWN = "agendas/weekly/data/US/search-term-2026-11-22.csv", "agendas/weekly/unknown.csv"
NOT_WEEKLY = (
    "Start Date,End Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)\n"
    "2026-12-24,2026-12-30,MXN,C,G,t,BROAD,a,90000,900,900,1500,50\n"
)
SUMMARY = "agendas/weekly/summary_US.csv"
"""A report of which no KPI week gets anything."""
NEW_INCIDENT = (
    "incident new --series weekly --kind other --phenomenon Seen --scope US --measures None"
)
COMMANDS: dict[str, tuple[str, ...]] = {
    "actions": ("actions --all --complete",),
    "chain": tuple(
        f"chain --complete {each}" for each in ("acos", "A1", "D1", "I1", "N1", "P1", "R1")
    ),
    "decisions": ("decisions --complete",),
    "history": ("history --complete",),
    "incident": ("incident",),
    "incident new": (NEW_INCIDENT,),
    "incident told": ("incident told I1 boss",),
    "incident close": ("incident close I1 --by-itself",),
    "inspect": (f"inspect {US_ADS} {UNKNOWN} {SUMMARY}",),
    "kpi": ("kpi weekly",),
    "kpi --causes": ("kpi weekly --causes",),
    "kpi --year": ("kpi weekly --year",),
    "risks": ("risks --all --complete",),
    "search": ("search --complete a",),
    "stats": ("stats",),
}
"""Command lines by the part of the file that they are compared with."""


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory) -> tuple[Path, Path]:
    """The sample after one meeting; and the sample after the meetings with every kind of event."""
    first, second = (tmp_path_factory.mktemp("shape") / name for name in ("first", "second"))
    prepare_sample(first, NOW)
    shutil.copytree(first / "agendas", second / "agendas")
    shutil.copytree(ALL_EVENTS, second / "meetings")
    for workspace in (first, second):
        (workspace / UNKNOWN).write_text("Colour,Size\nred,5\n", encoding="utf-8")
        (workspace / SUMMARY).write_text(WINDOWED, encoding="utf-8")
        (workspace / "agendas/weekly/data/unknown.csv").write_text("Colour,Size\nred,5\n", "utf-8")
        ads = min((workspace / "agendas/weekly/data/US").glob("search-term-*.csv"))
        ads.rename(workspace / US_ADS)
    (second / "agendas/weekly/data/MX").mkdir()
    (second / "agendas/weekly/data/MX/search-term.csv").write_text(NOT_WEEKLY, encoding="utf-8")
    return first, second


def type_of(value: object) -> str:
    """The type of a value that is neither an array nor an object."""
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return "date"
        return "moment" if re.fullmatch(r"[\d-]{10}T[\d:.]+[+-]\d\d:\d\d", value) else "string"
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "number"


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The path and the type of every value inside; an empty array or object is a type too."""
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}")
    elif isinstance(value, list) and value:
        for each in value:
            yield from leaves(each, f"{path}[]")
    else:
        empty = "{}" if isinstance(value, dict) else "[]"
        yield path, empty if isinstance(value, dict | list) else type_of(value)


def stored_shapes() -> dict[str, str]:
    """The parts of the file by their headings."""
    parts = SHAPES.read_text(encoding="utf-8").split("\n## ")[1:]
    return {title: lines.strip() for title, _, lines in (each.partition("\n") for each in parts)}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_keys_and_types_of_an_answer_are_those_that_are_stored(
    name, run, workspaces, tmp_path, monkeypatch
):
    monkeypatch.setattr(SystemClock, "now", lambda _clock: NOW)
    found: dict[str, set[str]] = {}
    for number, source in enumerate(workspaces):
        workspace = Path(shutil.copytree(source, tmp_path / str(number)))
        if name.startswith("incident") and name != "incident new" and number == 0:
            run(*NEW_INCIDENT.split(), at=workspace)
        for line in COMMANDS[name]:
            printed = run(*line.split(), "--json", at=workspace)
            for path, kind in leaves(json.loads(printed.out)) if printed.out else ():
                found.setdefault(path, set()).add(kind)

    if ".kpis[].of_currency" in found:  # named where several shops of one currency are added up
        found[".kpis[].of_currency"].add("string")
    shape = "\n".join(f"{path}: {' | '.join(sorted(found[path]))}" for path in sorted(found))

    assert shape == stored_shapes()[name]


def test_every_command_with_json_is_compared(capsys):
    with pytest.raises(SystemExit):
        parse_arguments(["--help"])
    commands = re.findall(r"^ {2,6}([a-z]+) {2,}\S", capsys.readouterr().out, re.MULTILINE)
    with_json = set()
    for command in commands:
        with pytest.raises(SystemExit):
            parse_arguments([command, "--help"])
        if "--json" in capsys.readouterr().out:
            with_json.add(command)

    assert {name.split()[0] for name in COMMANDS} == with_json
    assert stored_shapes().keys() == COMMANDS.keys()
