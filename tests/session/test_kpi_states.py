"""Meetings with a KPI that is worse than any target, or told for days that are not one week."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import RuleError
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import (
    ALL,
    Currency,
    Fact,
    Marketplace,
    Measure,
    PreparedData,
    ProgressCallback,
)
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, KpiPlan, Target, Week, last_full_week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness
from facilitator.session.session import MeetingSession
from tests.environment import AppEnvironment
from tests.factories import agenda, carried

ACOS, DE = KpiId("acos"), Marketplace("DE")
DEFINITION = KpiDefinition(
    id=ACOS,
    name="ACoS",
    group="advertising",
    numerator=("ad_spend",),
    denominator=("ad_sales",),
    scale=100,
    higher_is_better=False,
)


def scorecard(week: Week, first: date, sales: float) -> Scorecard:
    """Return the scorecard of an export that begins on a day and ends with the week."""
    facts = [
        Fact(
            first_day=first,
            day=week.end,
            marketplace=DE,
            measure=Measure(measure),
            amount=amount,
            currency=Currency("EUR"),
            source="DE/ads.csv",
        )
        for measure, amount in (("ad_spend", 175), ("ad_sales", sales))
    ]
    return calculate_scorecard(
        PreparedData(facts=tuple(facts)),
        [DEFINITION],
        [KpiPlan(kpi=ACOS, target=Target(at_most=25))],
        week=week,
        marketplaces=[DE],
        rates=None,
    )


class OneWeekLoader:
    """The reports of one week at a time: spend without sales first, then with sales."""

    def load(
        self,
        _agenda: Agenda,
        on: date,
        _progress: ProgressCallback | None = None,
        _today: date | None = None,
    ) -> Scorecard:
        """Return the scorecard of the week before the day `on`."""
        week = last_full_week(on)
        return scorecard(week, week.start, 0 if week.end <= date(2026, 11, 22) else 1000)

    def breakdown(self, _agenda: Agenda, _week: Week, _definition: KpiDefinition) -> Breakdown:
        """Return no movers."""
        return Breakdown()


class NotWeeklyLoader(OneWeekLoader):
    """The reports of the last 28 days in one row."""

    def load(
        self,
        _agenda: Agenda,
        on: date,
        _progress: ProgressCallback | None = None,
        _today: date | None = None,
    ) -> Scorecard:
        """Return the scorecard of the week before the day `on`."""
        week = last_full_week(on)
        return scorecard(week, week.back(3).start, 1000)


def begin(environment: AppEnvironment) -> MeetingSession:
    weekly = replace(agenda(), decisions=())
    session = environment.begin(weekly)
    session.step(meeting_rules.take_attendance, ())
    session.step(meeting_rules.load_kpis, environment.services.load(weekly))
    return session


def german(scorecard: Scorecard | None) -> KpiSeries:
    assert scorecard is not None
    series = scorecard.one(ACOS, DE)
    assert series is not None
    return series


def test_a_resumed_meeting_still_has_a_kpi_that_is_worse_than_any_target(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, scorecard_loader=OneWeekLoader())
    session = begin(environment)
    seen = german(session.meeting.scorecard)
    session.leave()
    (stored,) = environment.services.resumable()

    resumed = environment.services.resume(stored.id).meeting

    assert german(resumed.scorecard) == seen
    assert seen.current.is_worse_than_any_target
    assert (seen.current.numerator, seen.current.denominator) == (175, 0)
    assert seen.status is TargetStatus.OFF_TARGET
    assert [each.kpi for each in unanswered_series(resumed)] == [ACOS]
    journal = next(tmp_path.rglob("journal.jsonl")).read_text(encoding="utf-8")
    assert "is_worse_than_any_target" in journal
    assert "Infinity" not in journal


def test_the_next_meeting_knows_that_it_was_worse_than_any_target(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, scorecard_loader=OneWeekLoader())
    environment.close(begin(environment))
    environment.clock.advance(hours=7 * 24)

    following = begin(environment).meeting

    before, now = german(following.scorecard).readings
    assert (before.is_remembered, before.is_worse_than_any_target) == (True, True)
    assert (before.value, before.numerator, before.denominator) == (None, 175, 0)
    assert (now.value, german(following.scorecard).change) == (17.5, None)
    past = following.past_value(ACOS, DE)
    assert past is not None
    assert past.is_worse_than_any_target


def test_the_lobby_says_what_was_divided_by_zero() -> None:
    week = Week(end=date(2026, 11, 22))
    card = scorecard(week, week.start, 0)

    checks = readiness_checks(agenda(), (), card, carried(), week.end + timedelta(days=1))

    found = {str(each.title): each for each in checks}
    assert str(found["KPI"].detail) == "ACoS DE: no ad sales for €175 of ad spend"
    assert found["KPI"].readiness is Readiness.WARNING


def test_a_kpi_that_is_not_weekly_may_be_answered_but_need_not_be(tmp_path: Path) -> None:
    session = begin(AppEnvironment(tmp_path, scorecard_loader=NotWeeklyLoader()))
    told = german(session.meeting.scorecard).window_reading
    draft = KpiAnswer(
        kpi=ACOS,
        marketplace=ALL,
        verdict=Verdict.EXPLAINED,
        causes=("Export is monthly",),
        proposal="Export it daily",
    )

    assert told is not None
    assert (told.reading.value, told.days) == (17.5, 28)
    assert unanswered_series(session.meeting) == ()
    with pytest.raises(RuleError):
        session.step(kpi_answers.pass_kpi, ACOS, ALL, "Looked at elsewhere")
    session.step(kpi_answers.explain_kpi, draft)
    assert session.meeting.answer(ACOS, ALL) is not None
