"""A workspace with every file that the program reads back: two meetings, an agenda, its files."""

from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.publication_file import write_publication
from facilitator.adapters.reports.cache import ReportCache
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.sniff import stamp_of
from facilitator.domain.kpis.facts import Source
from facilitator.domain.publication import Publication
from facilitator.domain.rules import notes
from tests.adapters.valid_agenda import VALID_AGENDA, write_agenda
from tests.environment import AppEnvironment
from tests.faults.script import hold_meeting

KPIS = """
[[kpis]]
id = "acos"
decimals = 2

[[kpis]]
id = "returns_per_order"
name = "Returns for each order"
group = "customers"
numerator = ["returned_units"]
denominator = ["units"]
scale = 100
unit = "percent"
higher_is_better = false
at_most = 5
"""
REPORTS = """
[numbers]
coupons_used = "count"

[kinds.coupons]
title = "Coupons"
required = ["day", "coupons_used"]
columns = {day = ["Date"], coupons_used = ["Redemptions"]}

[vat_in_total_cost]
DE = 19.0
"""
REPORT = "coupons.csv"


def prepare_workspace(root: Path) -> Path:
    """Make a workspace: a meeting that was held, and one that nobody closed."""
    meetings = root / "meetings"
    meetings.mkdir(parents=True)
    hold_meeting(meetings, lambda _said: None)
    environment = AppEnvironment(meetings)
    environment.clock.advance(hours=24 * 7)
    session = environment.begin()
    session.step(notes.take_note, "“The new bottle” · 新瓶子")
    session.write_minutes()
    session.leave()
    file = write_agenda(root, VALID_AGENDA)
    file.with_name("kpis.toml").write_text(KPIS, encoding="utf-8")
    file.with_name("reports.toml").write_text(REPORTS, encoding="utf-8")
    agenda, _problems = read_agenda(file)
    assert agenda is not None
    sent = Publication(starts=agenda.starts, sent_at=agenda.starts)
    write_publication(file, sent, "Read\n")
    _fill_cache(file.with_name("data"))
    return root


def report_cache(data: Path) -> ReportCache:
    """Return the cache of a data folder."""
    return ReportCache(data, packaged_report_types(), ())


def _fill_cache(data: Path) -> None:
    data.mkdir()
    report = data / REPORT
    report.write_text("Date,Redemptions\n2026-11-20,4\n", encoding="utf-8")
    source = Source(file=REPORT, kind="coupons", rows_read=1, rows_kept=1, sha256="0" * 64)
    report_cache(data).keep(REPORT, report, stamp_of(report.stat()), (FileReading(source=source),))
