"""A team that exports seven days each week: earlier weeks come from the library."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.in_memory import ManualClock
from facilitator.adapters.scorecard_loader import SubprocessScorecardLoader, load_scorecard
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.workspace import Workspace
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.facts import ALL, Marketplace, ProgressCallback
from facilitator.domain.kpis.kpi import KpiId, Week, last_full_week
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules

WEEK = timedelta(days=7)
AGENDA = """
title = "Weekly review"
series = "weekly"
starts = 2026-11-23T10:00:00
timezone = "UTC"
minutes = 60

[[people]]
id = "mei"
name = "Han Mei"
duties = ["decider", "facilitator", "recorder", "timekeeper"]

[[items]]
id = "kpis"
title = "KPIs"
kind = "kpi_review"
minutes = 20

[data]
folder = "data"
marketplaces = ["US", "DE"]

[data.rates]
base = "USD"
on = 2026-11-20

[data.rates.per_unit]
EUR = 1.15
"""
SALES = (
    "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,Sessions - Total"
)
ADS = (
    "Date,Campaign Name,Customer Search Term,Impressions,Clicks,Spend,"
    "7 Day Total Sales ,7 Day Total Orders (#)"
)
DAILY_KPIS = ("acos", "roas", "tacos", "ctr", "ad_cvr", "cvr", "organic_order_share")


class Team:
    """Meetings held each week, each with an export of seven days."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "agendas/weekly"
        self._folder.mkdir(parents=True)
        file = self._folder / "agenda.toml"
        file.write_text(AGENDA, encoding="utf-8")
        agenda, problems = read_agenda(file)
        assert agenda is not None, problems
        self.agenda = agenda
        self._workspace = Workspace(root)

    def export(self, on: datetime, orders: int) -> Week:
        """Put the last full week into the data folder, and nothing else."""
        week = last_full_week(on.date())
        days = [week.start + timedelta(days=count) for count in range(7)]
        for shop, share in (("US", 1), ("DE", 2)):
            folder = self._folder / "data" / shop
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.iterdir():
                old.unlink()
            sales = [SALES, *_sales(days, orders // share)]
            ads = [ADS, *_ads(days, orders // share)]
            (folder / f"business-{week.end}.csv").write_text("\n".join(sales), encoding="utf-8")
            (folder / f"search-term-{week.end}.csv").write_text("\n".join(ads), encoding="utf-8")
        return week

    def meet(self, at: datetime) -> None:
        """Hold a meeting that gives one cause, and passes everything else."""
        held = replace(
            build_services(self._workspace, ManualClock(at)),
            scorecard_loader=InProcessScorecardLoader(),
        )
        session = held.begin(self.agenda, held.carried(self.agenda))
        session.step(meeting_rules.take_attendance, ())
        session.step(meeting_rules.load_kpis, held.load(self.agenda))
        cause = KpiAnswer(
            kpi=KpiId("cvr"), verdict=Verdict.EXPLAINED, causes=("断货",), proposal="空运"
        )
        session.step(kpi_answers.explain_kpi, cause)
        for red in unanswered_series(session.meeting):
            session.step(kpi_answers.pass_kpi, red.kpi, red.marketplace, "Looked at elsewhere")
        session.step(meeting_rules.close_meeting)
        held.finish(session)

    def figures(self, at: datetime) -> Scorecard:
        """Return the scorecard of the next meeting."""
        held = replace(
            build_services(self._workspace, ManualClock(at)),
            scorecard_loader=InProcessScorecardLoader(),
        )
        return held.load(self.agenda)


class InProcessScorecardLoader(SubprocessScorecardLoader):
    """Reads the reports in this process."""

    def load(
        self,
        agenda: Agenda,
        on: date,
        progress: ProgressCallback | None = None,
        today: date | None = None,
    ) -> Scorecard:
        return load_scorecard(agenda, on, progress, today)


def _sales(days: list[date], orders: int) -> Iterator[str]:
    return (f"{day},{orders * 20},{orders + 1},{orders},{orders * 30},{orders * 9}" for day in days)


def _ads(days: list[date], orders: int) -> Iterator[str]:
    return (
        f"{day},Mugs,mug,{orders * 400},{orders * 4},60,{orders * 9},{orders // 2}" for day in days
    )


def one(card: Scorecard, kpi: str, where: str = ALL) -> KpiSeries:
    series = card.one(KpiId(kpi), Marketplace(where))
    assert series is not None
    return series


def test_the_second_week_has_its_growth_and_the_sums_behind_it(run, tmp_path: Path) -> None:
    team, now = Team(tmp_path), SystemClock().now()
    team.export(now - WEEK, orders=100)
    team.meet(now - WEEK)
    team.export(now, orders=112)

    answer = json.loads(run("kpi", "weekly", "--json", at=tmp_path).out)

    with_values = {(each["kpi"], each["marketplace"]): each for each in answer["kpis"]}
    growth = with_values["order_growth", "ALL"]
    assert growth["value"] == pytest.approx(12.0)
    assert (growth["numerator"], growth["denominator"]) == (7 * 168, 7 * 150)
    assert (growth["is_before_remembered"], growth["missing"], growth["is_partial"]) == (
        True,
        [],
        False,
    )
    assert with_values["order_growth", "DE"]["value"] == pytest.approx(12.0)
    for kpi in DAILY_KPIS:
        history = with_values[kpi, "ALL"]["history"]
        assert [week["is_remembered"] for week in history] == [True, False], kpi


def test_the_table_and_the_causes_are_printed_by_commands(run, tmp_path: Path) -> None:
    team, now = Team(tmp_path), SystemClock().now()
    empty = run("kpi", "weekly", "--causes", at=tmp_path)
    for back, orders in ((2, 90), (1, 100)):
        team.export(now - back * WEEK, orders)
        team.meet(now - back * WEEK)
    team.export(now, orders=112)

    (growth,) = (
        line
        for line in run("kpi", "weekly", at=tmp_path).out.splitlines()
        if "Order growth" in line
    )
    table = run("kpi", "weekly", "--causes", at=tmp_path)
    (cause,) = json.loads(run("kpi", "weekly", "--causes", "--json", at=tmp_path).out)["causes"]

    assert "12.0" in growth
    assert "no meeting has recorded a cause" in empty.out
    first, last = ((now - back * WEEK).date().isoformat() for back in (2, 1))
    assert table.out.splitlines()[-1].split() == ["Conversion", "断货", "2", first, last]
    assert cause == {
        "kpi": "cvr",
        "name": "Conversion",
        "cause": "断货",
        "times": 2,
        "first_on": first,
        "last_on": last,
    }
    assert run("kpi", "weekly", "--causes", "--year", at=tmp_path).code == 2


def test_nine_weeks_of_seven_days_give_every_kpi_its_limits(tmp_path: Path) -> None:
    team, first = Team(tmp_path), datetime.fromisoformat("2026-09-07T10:00:00+00:00")
    meetings = [first + week * WEEK for week in range(10)]
    for at, orders in zip(meetings, (100, 104, 98, 101, 99, 105, 102, 97, 103, 100), strict=True):
        team.export(at, orders)
        card = team.figures(at)
        team.meet(at)
        if at == meetings[8]:
            ninth = card

    for kpi in DAILY_KPIS:
        for where in (ALL, "US", "DE"):
            signal = one(ninth, kpi, where).signal
            assert signal is not None
            assert (signal.points, signal.limits is not None) == (8, True), kpi
    growth = one(card, "order_growth")
    assert growth.signal is not None
    assert (growth.signal.points, growth.signal.limits is not None) == (8, True)
    assert [each.value is None for each in growth.readings] == [False] * 9
