"""Read a file that holds one report."""

from collections.abc import Sequence
from pathlib import Path

from facilitator.adapters.reports import FileReading, read_tables
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.domain.kpis.facts import Marketplace


def read_one_report(
    path: Path,
    root: Path | None = None,
    marketplaces: Sequence[Marketplace] = (),
    known: ReportTypes | None = None,
) -> FileReading:
    """Return the reading of the one report in a file of the data folder `root`."""
    (reading,) = read_tables(path, root or path.parent, tuple(marketplaces), known)
    return reading
