"""The week's figures: continued from past meetings, with their signals."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, DataPlan
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import ALL, Fact, Measure, PreparedData, ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Week, last_full_week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, Side
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from tests.environment import AppEnvironment
from tests.factories import OPENED, agenda

RATE = KpiId("cvr")
CVR = KpiDefinition(
    id=RATE,
    name="CVR",
    group="listing",
    numerator=("units_ordered",),
    denominator=("sessions",),
    scale=100,
)
USUAL = (10, 12, 11, 9, 11, 10, 12, 11, 10)
"""The values of the weeks, oldest first."""


class SevenDayScorecardLoader:
    """Scorecards from exports of the week under review alone."""

    def __init__(self, first: date, values: Sequence[float]) -> None:
        self.asked: list[date] = []
        self._values = {first + timedelta(weeks=at): value for at, value in enumerate(values)}

    def load(
        self,
        _agenda: Agenda,
        on: date,
        _progress: ProgressCallback | None = None,
        _today: date | None = None,
    ) -> Scorecard:
        """Return the scorecard of the week before the day `on`."""
        self.asked.append(on)
        week = last_full_week(on)
        amounts = {"units_ordered": self._values.get(week.end, 10), "sessions": 100}
        facts = [
            Fact(day=day, marketplace=ALL, measure=Measure(name), amount=amount)
            for day in (week.start + timedelta(days=count) for count in range(7))
            for name, amount in amounts.items()
        ]
        return calculate_scorecard(
            PreparedData(facts=tuple(facts)),
            [CVR],
            (),
            week=week,
            marketplaces=(),
            rates=None,
        )

    def breakdown(self, _agenda: Agenda, _week: Week, _definition: KpiDefinition) -> Breakdown:
        """Return no movers."""
        return Breakdown()


class WeeklyMeetings:
    """A series of meetings, held each Monday."""

    def __init__(self, folder: Path, *values: float) -> None:
        self.agenda = replace(agenda(), decisions=())
        self.scorecard_loader = SevenDayScorecardLoader(
            last_full_week(self.agenda.day_of(OPENED)).end, values
        )
        environment = AppEnvironment(folder, scorecard_loader=self.scorecard_loader)
        self.clock, self.services = environment.clock, environment.services

    def hold(self, *, occasion: str = "") -> None:
        """Hold a meeting, mark its week if there was an occasion, and wait for the next Monday."""
        session = self.services.begin(self.agenda, self.services.carried(self.agenda))
        session.step(meeting_rules.take_attendance, ())
        session.step(meeting_rules.load_kpis, self.services.load(self.agenda))
        if occasion:
            week_end = last_full_week(session.meeting.date).end
            session.step(kpi_answers.mark_occasion, week_end, ALL, occasion)
        for red in unanswered_series(session.meeting):
            session.step(kpi_answers.pass_kpi, red.kpi, red.marketplace, "Looked at elsewhere")
        session.step(meeting_rules.close_meeting)
        self.services.finish(session)
        self.clock.advance(hours=7 * 24)

    def now(self) -> KpiSeries:
        """Return the scorecard of the week under review."""
        series = self.services.load(self.agenda).one(RATE)
        assert series is not None
        return series


def test_exports_of_seven_days_build_up_a_history(tmp_path: Path) -> None:
    weeks = WeeklyMeetings(tmp_path, *USUAL)
    for _ in USUAL[:-1]:
        weeks.hold()

    series = weeks.now()

    assert [each.value for each in series.readings] == list(USUAL)
    assert [each.is_remembered for each in series.readings] == [True] * 8 + [False]
    assert series.signal is not None
    assert (series.signal.points, series.signal.outside) == (8, None)


def test_signals_use_values_of_past_meetings(tmp_path: Path) -> None:
    weeks = WeeklyMeetings(tmp_path, *USUAL[:-1], 30)
    for _ in USUAL[:-1]:
        weeks.hold()

    signal = weeks.now().signal

    assert signal is not None
    assert signal.outside is Side.HIGH


def test_a_marked_week_is_excluded_from_later_limits(tmp_path: Path) -> None:
    weeks = WeeklyMeetings(tmp_path, 90, *USUAL)
    weeks.hold(occasion="Prime Day")
    for _ in USUAL[:-1]:
        weeks.hold()

    signal = weeks.now().signal

    assert signal is not None
    assert (signal.points, signal.left_out) == (8, 1)


def test_occasions_and_swing_of_the_agenda_are_used(tmp_path: Path) -> None:
    weeks = WeeklyMeetings(tmp_path, 10, 13)
    weeks.hold()
    week = last_full_week(weeks.agenda.day_of(weeks.clock.now()))
    sale = Occasion(first_day=week.back(1).end, last_day=week.back(1).end, what="促销")

    plain = weeks.now().signal
    weeks.agenda = replace(weeks.agenda, data=DataPlan(occasions=(sale,)))
    with_occasion = weeks.now().signal

    assert plain is not None
    assert with_occasion is not None
    assert plain.swing == pytest.approx(0.3)
    assert (with_occasion.swing, with_occasion.left_out) == (None, 1)


def test_the_week_ends_in_the_time_zone_of_the_data(tmp_path: Path) -> None:
    weeks = WeeklyMeetings(tmp_path, 10)
    weeks.agenda = replace(weeks.agenda, data=DataPlan(timezone="America/Los_Angeles"))

    weeks.now()

    assert weeks.agenda.day_of(OPENED) - weeks.scorecard_loader.asked[0] == timedelta(days=1)


@pytest.mark.parametrize("weeks_away", [-3, 0, 2])
def test_the_week_is_the_one_before_today_whenever_the_meeting_is_planned(
    tmp_path: Path, weeks_away: int
) -> None:
    weeks = WeeklyMeetings(tmp_path, 10)
    starts = weeks.agenda.starts + timedelta(weeks=weeks_away)
    weeks.agenda = replace(weeks.agenda, starts=starts)

    weeks.now()

    assert weeks.scorecard_loader.asked == [weeks.agenda.day_of(OPENED)]
