"""The scorecard is loaded in a subprocess, and no process is left behind."""

import pickle
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.scorecard_loader import (
    SubprocessScorecardLoader,
    load_breakdown,
    load_definitions,
    load_scorecard,
)
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.facts import LoadProgress
from facilitator.domain.kpis.kpi import last_full_week

SAMPLE = Path(__file__).parents[2] / "agendas" / "weekly"
ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """Return the agenda of the sample, copied to a folder: the cache is written beside the data."""
    folder = tmp_path_factory.mktemp("agendas") / "weekly"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".facts"))
    read, _problems = read_agenda(folder / "agenda.toml")
    assert read is not None
    return read


def test_the_subprocess_gives_the_same_scorecard(agenda: Agenda) -> None:
    told: list[LoadProgress] = []

    scorecard = SubprocessScorecardLoader().load(agenda, ON, told.append)

    assert scorecard == load_scorecard(agenda, ON)
    assert told[-1].done == told[-1].total


def test_movers_are_read_in_a_subprocess_too(agenda: Agenda) -> None:
    definitions, _problems = load_definitions(agenda)
    acos = next(each for each in definitions if each.id == "acos")
    week = last_full_week(ON)

    breakdown = SubprocessScorecardLoader().breakdown(agenda, week, acos)

    assert breakdown == load_breakdown(agenda, week, acos)
    assert {each.measure for each in breakdown.contributions} == {"ad_spend", "ad_sales"}
    assert {each.week_end for each in breakdown.contributions} == {week.end, week.back(1).end}


def test_cancelling_ends_the_load(agenda: Agenda, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def leave(_progress: LoadProgress) -> None:
        raise Enough

    begun: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)

    with pytest.raises(Enough):
        SubprocessScorecardLoader().load(agenda, ON, leave)
    assert begun[0].returncode not in (None, 0)


@pytest.mark.parametrize("told", [b"", pickle.dumps("an answer as long as that")[:20]])
def test_a_crashed_subprocess_is_reported_with_its_last_output(
    agenda: Agenda, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: bytes
) -> None:
    (tmp_path / "told").write_bytes(told)
    reader = tmp_path / "reader"
    reader.write_text(f"#!/bin/sh\ncat >/dev/null; cat {tmp_path / 'told'}; exit 1\n")
    reader.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(reader))

    with pytest.raises(RuntimeError, match="reader of the reports ended"):
        SubprocessScorecardLoader().load(agenda, ON)


def test_files_are_read_apart_after_one_of_them_ended_the_subprocess(
    agenda: Agenda, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reader, ended = tmp_path / "reader", tmp_path / "ended"
    reader.write_text(
        f"#!/bin/sh\nif [ ! -e {ended} ]; then touch {ended}; kill -ABRT $$; fi\n"
        f'exec {sys.executable} "$@"\n'
    )
    reader.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(reader))

    scorecard = SubprocessScorecardLoader().load(agenda, ON)

    assert ended.exists()
    assert scorecard == load_scorecard(agenda, ON)
