"""The summary of the minutes: counts, what is out of control, what was missing."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import DataPlan, Module, ReportSlot
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.kpis.kpi import AgreedDefinition
from facilitator.domain.risk import RiskState
from facilitator.domain.rules import actions, decisions, kpi_answers, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from tests.factories import (
    ACOS,
    MeetingHarness,
    action_draft,
    agenda,
    carried,
    risk_draft,
    scorecard,
)

ENGLISH = Language()


@pytest.fixture
def harness() -> MeetingHarness:
    return MeetingHarness(agenda(), carried())


def summary(harness: MeetingHarness) -> list[str]:
    """Return the list below the title."""
    lines = render_minutes(harness.meeting, ENGLISH).partition("\n## ")[0].splitlines()
    return [line for line in lines if line.startswith("- **")]


def test_decisions_and_action_items_are_counted_by_state(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    harness.step(decisions.return_decision, DecisionId("D4"), "A quote")
    harness.step(actions.add_action, action_draft("Ring them", owner=None))
    harness.step(actions.finish_action, ActionId("A4"), "Seven pictures")
    assert summary(harness) == [
        "- **Decisions:** 1 decided, 1 postponed, 1 open",
        "- **Action items:** 1 open, 1 without an owner, 1 closed",
    ]


def test_the_summary_omits_empty_lines() -> None:
    assert summary(MeetingHarness(replace(agenda(), decisions=()))) == []


def test_risks_out_of_control_and_kpis_off_target_are_named(harness: MeetingHarness) -> None:
    named = harness.step(risks.raise_risk, risk_draft("Ads run *away*")).risks[0]
    harness.step(risks.set_risk_state, named.id, RiskState.OUT_OF_CONTROL)
    harness.step(meeting_rules.load_kpis, scorecard())
    told = summary(harness)
    assert "- **Out of control:** R1 Ads run \\*away\\*" in told
    assert "- **Off target:** ACoS (total, US)" in told


def test_missing_modules_reports_and_kpis_are_named() -> None:
    ads, listings = agenda().items[2:4]
    items = (
        replace(ads, module=Module.ADVERTISING),
        replace(listings, module=Module.LISTINGS),
    )
    slots = tuple(ReportSlot(kind=each) for each in ("search-term", "business", "made-up"))
    harness = MeetingHarness(replace(agenda(), items=items, data=DataPlan(reports=slots)))
    harness.step(clock_rules.start_next_item)
    harness.step(meeting_rules.load_kpis, scorecard(acos=None))
    assert summary(harness)[-1] == (
        "- **Covered:** 1 of 3 modules (missing: listings, supply chain) "
        "· 0 of 1 KPI (missing: ACoS) · 1 of 3 reports (missing: Business Report, made-up)"
    )


def test_complete_data_has_no_line_on_missing_data(harness: MeetingHarness) -> None:
    harness.step(meeting_rules.load_kpis, scorecard())
    assert summary(harness)[-1] == "- **Covered:** 1 of 1 KPI"


def test_unplanned_modules_reports_and_kpis_are_not_missing() -> None:
    harness = MeetingHarness(agenda(), CarryOver())
    assert "Covered" not in render_minutes(harness.meeting, ENGLISH)


def departments(harness: MeetingHarness) -> Iterator[list[str]]:
    """Yield the rows of the table of departments."""
    section = render_minutes(harness.meeting, ENGLISH).partition("## Action items\n")[2]
    for line in section.partition("\n## ")[0].splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def shared_by(*departments: str) -> MeetingHarness:
    """Return a meeting with action items for people of some departments, and one for nobody."""
    people = tuple(
        replace(person, department=department)
        for person, department in zip(agenda().people, departments, strict=False)
    )
    harness = MeetingHarness(replace(agenda(), people=people))
    for owner in (*(person.id for person in people), None):
        draft = action_draft("Ring them", owner=owner)
        harness.step(actions.add_action, draft)
    harness.step(actions.finish_action, ActionId("A1"), "Done")
    return harness


def test_action_items_are_counted_by_department() -> None:
    rows = list(departments(shared_by("Ads | US", "Finance", "Ads | US", "")))
    assert rows[0] == ["Department", "Open", "Overdue", "Closed"]
    assert rows[2:] == [
        ["Ads \\", "US", "1", "0", "1"],
        ["Finance", "1", "0", "0"],
        ["Other", "2", "0", "0"],
    ]


def test_one_department_alone_needs_no_table() -> None:
    assert not list(departments(shared_by("Ads", "Ads", "")))


def test_the_complete_minutes_say_that_they_are_not_for_sending(harness: MeetingHarness) -> None:
    warning = "> **For the recorder only:**"
    assert warning not in render_minutes(harness.meeting, ENGLISH)
    harness.step(entry_rules.toggle_sensitivity, "D3")
    assert warning in render_minutes(harness.meeting, ENGLISH)
    assert warning not in render_redacted_minutes(harness.meeting, ENGLISH)


def test_the_agreed_definitions_come_right_before_the_kpis(harness: MeetingHarness) -> None:
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.agree_definition, ACOS, "By the day of the click")
    minutes = render_minutes(harness.meeting, ENGLISH)
    headings = [line for line in minutes.splitlines() if line.startswith("## ")]
    place = headings.index("## Agreed definitions")
    assert headings[place + 1].startswith("## KPIs of the week")


def test_an_earlier_definition_is_shown_with_the_formula_of_its_kpi() -> None:
    agreed = AgreedDefinition(
        kpi=ACOS, text="By the day of the *click*", agreed_on=date(2026, 11, 16)
    )
    harness = MeetingHarness(agenda(), replace(carried(), definitions=(agreed,)))
    harness.step(meeting_rules.load_kpis, scorecard())
    told = render_minutes(harness.meeting, ENGLISH)
    assert "## Agreed definitions" not in told
    assert "Agreed on Mon 16 Nov: By the day of the \\*click\\*" in told
