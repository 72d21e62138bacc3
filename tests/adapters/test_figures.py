"""The figures are read beside this process, and nothing of that is left behind."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.figures import ReportFigures, count
from facilitator.domain.agenda import Agenda
from facilitator.domain.facts import Progress

SAMPLE = Path(__file__).parents[2] / "agendas" / "weekly" / "agenda.toml"
ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    read, _problems = read_agenda(SAMPLE)
    assert read is not None
    return read


def test_they_are_what_this_process_would_have_counted(agenda: Agenda) -> None:
    told: list[Progress] = []

    scorecard = ReportFigures().load(agenda, ON, told.append)

    assert scorecard == count(agenda, ON)
    assert told[-1].done == told[-1].total


def test_whoever_no_longer_waits_ends_the_load(
    agenda: Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def leave(_progress: Progress) -> None:
        raise Enough

    begun: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)

    with pytest.raises(Enough):
        ReportFigures().load(agenda, ON, leave)
    assert begun[0].returncode not in (None, 0)


def test_a_reader_that_dies_is_told_with_its_last_words(
    agenda: Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    with pytest.raises(RuntimeError, match="reader of the reports ended"):
        ReportFigures().load(agenda, ON)
