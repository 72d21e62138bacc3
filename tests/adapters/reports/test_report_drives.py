"""A drive that goes away while reports are read is told in a sentence, wherever it happens."""

import errno
import os
import pathlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.reports import read_breakdown, read_custom_reports, read_folder
from facilitator.adapters.reports.folder import FolderReader
from facilitator.adapters.reports.open_report import opened
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.sniff import LostFileError
from facilitator.domain.kpis.facts import Measure
from facilitator.domain.kpis.kpi import Week
from tests.adapters.reports.hostile_files import HEADER, ROW, workbook

ERRORS = (errno.ESTALE, errno.EIO)
LOST = "US_lost"


class GoneFile:
    """A file whose drive goes away when it is read or closed."""

    def __init__(self, file: Any, method: str, code: int) -> None:
        self._file, self._method, self._code = file, method, code

    def __enter__(self) -> "GoneFile":
        return self

    def __exit__(self, *_args: object) -> None:
        self._file.close()
        self._fail_at("close")

    def fileno(self) -> int:
        number: int = self._file.fileno()
        return number

    def read(self, size: int = -1) -> bytes:
        self._fail_at("read")
        content: bytes = self._file.read(size)
        return content

    def _fail_at(self, method: str) -> None:
        if self._method == method:
            raise OSError(self._code, os.strerror(self._code))


def failing(really: Callable[..., Any], code: int) -> Callable[..., Any]:
    """Return a function that fails for the lost file, and else does what it did."""

    def call(path: Any, *args: Any, **named: Any) -> Any:
        if LOST in str(path):
            raise OSError(code, os.strerror(code), str(path))
        return really(path, *args, **named)

    return call


def folder_of(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "US_sound.csv").write_text(HEADER + ROW.replace("5.50", "7.50"))
    return tmp_path


def check_that_it_is_told(folder: Path, name: str) -> None:
    data = read_folder(folder)

    assert 7.5 in [fact.amount for fact in data.facts]
    said = [each.translate() for each in data.problems if each.file == name]
    assert any("cannot be read" in each for each in said), said


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("place", ["stat", "open", "read", "close"])
def test_a_text_file_that_goes_away_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    folder = folder_of(tmp_path, f"{LOST}.csv", (HEADER + ROW).encode())
    if place == "stat":
        monkeypatch.setattr(pathlib.Path, "stat", failing(pathlib.Path.stat, code))
    elif place == "open":
        monkeypatch.setattr(os, "open", failing(os.open, code))
    else:

        def gone(path: Any, *args: Any, **named: Any) -> Any:
            file = open(path, *args, **named)  # noqa: PTH123, SIM115
            return GoneFile(file, place, code) if LOST in str(path) else file

        monkeypatch.setattr("facilitator.adapters.reports.sniff.open", gone, raising=False)

    check_that_it_is_told(folder, f"{LOST}.csv")


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize(
    "place", ["zipfile.ZipFile", "facilitator.adapters.reports.workbooks._by_name_or_content"]
)
def test_a_workbook_that_goes_away_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    folder = folder_of(tmp_path, f"{LOST}.xlsx", workbook())

    def gone(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(place, gone)

    check_that_it_is_told(folder, f"{LOST}.xlsx")


@pytest.mark.parametrize("code", ERRORS)
def test_a_folder_that_goes_away_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def gone(_folder: object) -> None:
        raise OSError(code, os.strerror(code), str(tmp_path))

    monkeypatch.setattr(os, "scandir", gone)

    (problem,) = read_folder(tmp_path).problems

    assert os.strerror(code) in problem.translate()


def test_a_file_that_is_gone_when_its_rows_are_compared_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, f"{LOST}.csv", (HEADER + ROW + ROW).encode())
    reader = FolderReader(folder, (), packaged_report_types())
    readings, _problems = reader.read_all()
    (folder / f"{LOST}.csv").unlink()

    told = reader.deduplicate(readings)

    assert {fact.source for each in told.readings for fact in each.facts} == {"US_sound.csv"}
    said = [problem.translate() for each in told.readings for problem in each.problems]
    assert any("cannot be read" in each for each in said)


def test_a_file_that_is_gone_when_its_names_are_summed_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, f"{LOST}.csv", (HEADER + ROW + ROW).encode())
    read_folder(folder)
    monkeypatch.setattr("facilitator.adapters.reports.folder.opened", failing(opened, errno.ESTALE))

    with pytest.raises(LostFileError, match="cannot be read again"):
        read_breakdown(folder, (), [Measure("ad_spend")], [Week(end=date(2026, 11, 22))])


@pytest.mark.parametrize("code", ERRORS)
def test_settings_that_cannot_be_looked_at_do_not_count_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def gone(path: Path, *_args: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(pathlib.Path, "stat", gone)
    monkeypatch.setattr(os, "open", gone)

    for _read, (problem,) in (
        read_custom_reports(tmp_path / "reports.toml"),
        read_definitions(tmp_path, ()),
    ):
        assert os.strerror(code) in problem.translate()
