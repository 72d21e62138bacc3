"""Fixtures of the tests of reports."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from facilitator.adapters.reports import FileReading
from facilitator.domain.kpis.facts import Marketplace
from tests.adapters.reports.report_reader import read_one_report

Read = Callable[..., FileReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a file and reads it as a report."""

    def write_and_read(
        content: str | bytes, name: str = "report_US.csv", marketplaces: Sequence[str] = ()
    ) -> FileReading:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_one_report(path, tmp_path, [Marketplace(each) for each in marketplaces])

    return write_and_read
