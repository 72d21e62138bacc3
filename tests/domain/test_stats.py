"""Statistics: what the meetings come to, counted by hand here."""

from datetime import date, timedelta

import pytest

from facilitator.domain.agenda import ItemKind
from facilitator.domain.past import Past
from facilitator.domain.stats import stats
from facilitator.render.language import Language
from facilitator.render.stats import stats_rows
from tests.domain.looking_back import past

PAST = past()
SOON, LATE = date(2026, 12, 1), date(2027, 1, 5)


def test_promises_are_kept_dropped_overdue_or_not_due_yet():
    soon, late = (stats(PAST, on).promises for on in (SOON, LATE))
    assert (soon.made, soon.done, soon.dropped, soon.still_open) == (3, 1, 1, 1)
    assert (soon.overdue, soon.rate) == (0, 1 / 2)
    assert (late.overdue, late.rate) == (1, 1 / 3)


def test_promises_are_followed_by_the_month_they_were_made_in():
    (november,) = stats(PAST, LATE).promises.by_month
    assert (november.month, november.value) == (date(2026, 11, 1), 1 / 3)


def test_days_run_from_proposed_to_ruled():
    rulings = stats(PAST, SOON).rulings
    assert (rulings.ruled, rulings.waiting, rulings.days) == (1, 0, 7)
    assert [(each.month.month, each.value) for each in rulings.by_month] == [(11, 7)]


def test_overrun_is_told_by_kind_of_item_the_worst_first():
    overruns = stats(PAST, SOON).overruns
    numbers = next(each for each in overruns if each.kind is ItemKind.KPI_REVIEW)
    assert numbers.times == 1
    assert numbers.spent - numbers.planned > timedelta(minutes=20)
    assert overruns[0] == numbers


def test_cost_is_shared_out_over_what_came_of_it():
    (cost,) = stats(PAST, SOON).costs
    assert cost.total == pytest.approx(sum(each.cost for each in PAST.meetings))
    assert (cost.per_decision, cost.per_closed_action) == (cost.total, cost.total)


def test_without_any_meeting_nothing_is_divided_by_nothing():
    nothing = stats(Past(), SOON)
    assert (nothing.promises.rate, nothing.rulings.days, nothing.decisions_per_hour) == (None,) * 3
    assert stats_rows(nothing, Language())


def test_every_figure_has_a_row_with_its_label():
    rows = {label: figure for label, figure, _ in stats_rows(stats(PAST, SOON), Language())}
    assert rows["Meetings"] == "3"
    assert rows["Promises kept"] == "50\N{NO-BREAK SPACE}% (1 of 2)"
    assert rows["Decisions"] == "1 ruled, 0 waiting"
    assert rows["From proposed to ruled, median"] == "7.0\N{NO-BREAK SPACE}d"
