"""Statistics of meetings, against counts by hand."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.domain.action import ActionId
from facilitator.domain.agenda import ItemKind
from facilitator.domain.decision import Decision, Outcome, Ruling
from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient
from facilitator.domain.past.meetings import Past, PastEntry
from facilitator.domain.past.statistics import meeting_stats
from facilitator.domain.rules import actions
from facilitator.render.language import Language
from facilitator.render.statistics import statistics_rows
from tests.domain.past_meetings import past_meetings
from tests.factories import ON, OPENED, incident_draft, question
from tests.library_meetings import WEEK, begin_meeting, end_meeting

PAST = past_meetings()
SOON, LATE = date(2026, 12, 1), date(2027, 1, 5)


def test_action_items_are_counted_as_done_dropped_overdue_or_not_due():
    soon, late = (meeting_stats(PAST, on).actions for on in (SOON, LATE))
    assert (soon.made, soon.done, soon.dropped, soon.still_open) == (3, 1, 1, 1)
    assert (soon.overdue, soon.rate) == (0, 1 / 2)
    assert (late.overdue, late.rate) == (1, 1 / 3)


def test_action_items_are_counted_by_the_month_of_creation():
    (november,) = meeting_stats(PAST, LATE).actions.by_month
    assert (november.month, november.value) == (date(2026, 11, 1), 1 / 3)


def test_days_are_counted_from_proposal_to_ruling():
    rulings = meeting_stats(PAST, SOON).decisions
    assert (rulings.ruled, rulings.waiting, rulings.days) == (1, 0, 7)
    assert [(each.month.month, each.value) for each in rulings.by_month] == [(11, 7)]


def test_overrun_is_listed_by_kind_of_item_worst_first():
    overruns = meeting_stats(PAST, SOON).overruns
    numbers = next(each for each in overruns if each.kind is ItemKind.KPI_REVIEW)
    assert numbers.times == 1
    assert numbers.spent - numbers.planned > timedelta(minutes=20)
    assert overruns[0] == numbers


def test_cost_is_divided_by_decisions_and_action_items():
    (cost,) = meeting_stats(PAST, SOON).costs
    assert cost.total == pytest.approx(sum(each.cost for each in PAST.meetings))
    assert (cost.per_decision, cost.per_closed_action) == (cost.total, cost.total)


def test_statistics_without_meetings_do_not_divide_by_zero():
    nothing = meeting_stats(Past(), SOON)
    assert (nothing.actions.rate, nothing.decisions.days, nothing.decisions_per_hour) == (None,) * 3
    assert statistics_rows(nothing, Language())


def test_every_statistic_has_a_row_with_its_label():
    rows = {
        label: figure for label, figure, _ in statistics_rows(meeting_stats(PAST, SOON), Language())
    }
    assert rows["Meetings"] == "3"
    assert rows["Action items completed"] == "50\N{NO-BREAK SPACE}% (1 of 2)"
    assert rows["Decisions"] == "1 decided, 0 waiting"
    assert rows["Time from proposal to decision (median)"] == "7.0\N{NO-BREAK SPACE}d"


def ruled(days: int, on: date) -> PastEntry[Decision]:
    asked = replace(question("?"), proposed_on=on - timedelta(days=days))
    ruling = Ruling(outcome=Outcome.DROPPED, at=OPENED, on=on)
    return PastEntry(meeting=PAST.meetings[0], entry=replace(asked, ruling=ruling))


def test_the_newer_half_of_rulings_is_compared_with_the_older():
    told = [
        ruled(days, date(2026, 10, 1 + place)) for place, days in enumerate((9, 10, 8, 6, 5, 7))
    ]
    rulings = meeting_stats(Past(entries=tuple(told)), SOON).decisions
    assert (rulings.before, rulings.lately, rulings.change) == (9, 6, -1 / 3)
    rows = {
        label: figure
        for label, figure, _ in statistics_rows(
            meeting_stats(Past(entries=tuple(told)), SOON), Language()
        )
    }
    nbsp = "\N{NO-BREAK SPACE}"
    assert rows["Time from proposal to decision (median)"] == (
        f"7.5{nbsp}d (recently 6.0{nbsp}d, before 9.0{nbsp}d, −33 %)"
    )
    assert meeting_stats(Past(entries=tuple(told[:3])), SOON).decisions.change is None


def test_incidents_are_counted_with_the_time_until_both_were_informed():
    def told(*minutes: int, **other: object) -> Incident:
        known = tuple(
            (who, OPENED + timedelta(minutes=n)) for who, n in zip(Recipient, minutes, strict=False)
        )
        return incident_draft(told=known, **other)

    review = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order sooner")
    incidents = (
        told(5, 30, id=IncidentId("I1"), review=review),
        told(90, 20, id=IncidentId("I2")),
        told(10, id=IncidentId("I3")),
    )
    counted = meeting_stats(replace(PAST, incidents=incidents), SOON)
    count = counted.incidents
    assert (count.count, count.told, count.in_time, count.minutes) == (3, 2, 1, 60)
    rows = {label: figure for label, figure, _ in statistics_rows(counted, Language())}
    assert rows["Incidents"] == "3, 1 of them told within an hour"
    assert rows["Losses by incidents"] == "I1 ¥ 9 000"
    assert "Incidents" not in {
        label for label, _, _ in statistics_rows(meeting_stats(PAST, SOON), Language())
    }


def test_what_was_done_late_is_done_but_not_in_time():
    library = MemoryLibrary()
    first = begin_meeting(library)
    for title in ("In time", "Late", "Late, with another date since"):
        first.add_action(title, due=date(2026, 11, 27))
    end_meeting(library, first)
    second = begin_meeting(library, ON + WEEK)
    agreed = date(2026, 12, 4)
    second.step(actions.keep_action_open, ActionId("A1"), "Until Friday", agreed)
    for action_id in ("A1", "A2", "A3"):
        second.step(actions.finish_action, ActionId(action_id), "Mail")
    second.step(actions.change_action, replace(second.meeting.actions[2], due=agreed))
    end_meeting(library, second)

    counted = meeting_stats(library.past(), LATE)
    found = counted.actions
    assert (found.done, found.late, found.rate, found.rate_in_time) == (3, 2, 1, 1 / 3)
    rows = {label: figure for label, figure, _ in statistics_rows(counted, Language())}
    assert rows["Action items done in time"] == "33\N{NO-BREAK SPACE}% (1 of 3), done late: 2"
