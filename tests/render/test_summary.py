"""The first lines of the minutes, and what they say is missing."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import DataPlan, Module, ReportSlot
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.kpis.kpi import AgreedDefinition
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskState
from facilitator.domain.rules import actions, decisions, kpi_answers, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from tests.factories import (
    ACOS,
    MeetingHarness,
    action_draft,
    agenda,
    carried,
    explained_answer,
    question,
    risk_draft,
    scorecard,
)

ENGLISH = Language()


@pytest.fixture
def harness() -> MeetingHarness:
    return MeetingHarness(agenda(), carried())


def summary(harness: MeetingHarness) -> list[str]:
    """Return the list below the title."""
    top = render_minutes(harness.meeting, ENGLISH).partition("\n# ")[2].partition("\n## ")[0]
    return [line for line in top.splitlines() if line.lstrip().startswith("- ")]


def test_each_decision_and_each_owner_has_a_line(harness: MeetingHarness) -> None:
    chosen = (DecisionId("D3"), OptionId("A"), "The rank fell")
    harness.step(decisions.choose_option, *chosen, amendment="For a week")
    harness.step(decisions.return_decision, DecisionId("D4"), "A quote")
    harness.step(actions.add_action, action_draft("Ring them", owner=None, due=date(2026, 11, 27)))
    assert summary(harness) == [
        "- **Decisions**",
        "  - **D3** Raise the bids in Germany? → **A** Yes · amended: For a week",
        "  - **D4** Send 400 units by air? → **returned** to 陈梅 for the next meeting",
        "  - **D2** Drop the blue lid? → **not decided yet**",
        "- **Who does what by when**",
        "  - **陈梅:** A4 Photograph the new bottle, **overdue** since Fri 20 Nov",
        "  - **Without an owner:** A5 Ring them, due Fri 27 Nov",
    ]


def test_the_summary_omits_groups_without_lines() -> None:
    assert summary(MeetingHarness(replace(agenda(), decisions=()))) == ["- **Decisions:** none"]


def test_the_summary_has_the_focus_what_is_off_target_and_what_is_at_risk(
    harness: MeetingHarness,
) -> None:
    harness.step(focus_rules.answer_focus, "Sales in *Germany*")
    named = harness.step(risks.raise_risk, risk_draft("Ads run *away*")).risks[0]
    harness.step(risks.set_risk_state, named.id, RiskState.OUT_OF_CONTROL)
    harness.step(meeting_rules.load_kpis, scorecard())
    told = [each.replace("\N{NO-BREAK SPACE}", " ") for each in summary(harness)]
    assert "- **Focus:** Sales in \\*Germany\\*" in told
    assert "  - **ACoS** total 31.2 %, US 31.2 % (target ≤ 25 %): **no answer**" in told
    assert "  - **R1** Ads run \\*away\\* · ▲ out of control · Tom Hale" in told


def test_the_summary_has_why_a_kpi_is_off_target(harness: MeetingHarness) -> None:
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.explain_kpi, explained_answer())
    assert "A competitor cut the price; Two broad campaigns" in "\n".join(summary(harness))


@pytest.mark.parametrize("count", [1, 8, 40])
def test_the_first_25_lines_have_every_decision_action_item_and_risk(
    harness: MeetingHarness, count: int
) -> None:
    for number in range(count):
        harness.step(decisions.propose_decision, question(f"Question number {number}?"))
        harness.step(
            actions.add_action, action_draft(f"Task number {number}", owner=PersonId("jun"))
        )
        harness.step(risks.raise_risk, risk_draft(f"Risk number {number}"))
    body = render_minutes(harness.meeting, ENGLISH).split("---\n", 2)[2]
    first = "\n".join(body.splitlines()[:25])
    for number in range(count):
        assert f"Question number {number}?" in first
        assert f"Task number {number}," in first
        assert f"Risk number {number} " in first


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
    minutes = render_minutes(harness.meeting, ENGLISH)
    assert "- **Not discussed:** listings, supply chain\n" in minutes
    assert "- **KPIs without a value:** ACoS\n" in minutes
    assert "- **Reports missing:** Business Report, made-up\n" in minutes
    assert "- Covered: modules 1 of 3 · KPIs 0 of 1 · reports 1 of 3\n" in minutes


def test_what_is_complete_is_not_listed_as_missing() -> None:
    harness = MeetingHarness(replace(agenda(), decisions=(), items=agenda().items[2:3]))
    assert "## What is missing" not in render_minutes(harness.meeting, ENGLISH)


def test_unplanned_modules_reports_and_kpis_are_not_missing() -> None:
    harness = MeetingHarness(agenda(), CarryOver())
    assert "Covered" not in render_minutes(harness.meeting, ENGLISH)


def test_what_a_ruling_and_an_answer_lack_is_named(harness: MeetingHarness) -> None:
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    harness.step(kpi_answers.explain_kpi, replace(explained_answer(), evidence=""))
    minutes = render_minutes(harness.meeting, ENGLISH)
    assert "- **Decided, no action item yet:** D3\n" in minutes
    assert "- **Cause without evidence:** ACoS\n" in minutes


def test_each_reason_for_leaving_points_open_is_said_once(harness: MeetingHarness) -> None:
    harness.close()
    minutes = render_minutes(harness.meeting, ENGLISH)
    assert minutes.count("Next week.") == 1
    (line,) = (line for line in minutes.splitlines() if "Next week." in line)
    assert line.startswith("- **Left open:** ")
    assert "D2, D3, D4, A4" in line


def departments(harness: MeetingHarness) -> list[str]:
    """Return the lines that head the action items of a department."""
    section = render_minutes(harness.meeting, ENGLISH).partition("## Action items\n")[2]
    lines = section.partition("\n## ")[0].splitlines()
    return [line for line in lines if line.startswith("- **")]


def shared_by(*departments: str) -> MeetingHarness:
    """Return a meeting with action items for people of some departments, and one for nobody."""
    people = tuple(
        replace(person, department=department)
        for person, department in zip(agenda().people, departments, strict=False)
    )
    harness = MeetingHarness(replace(agenda(), people=people))
    for owner in (*(person.id for person in people), None):
        draft = action_draft("Ring them", owner=owner, criterion="They answered")
        harness.step(actions.add_action, draft)
    harness.step(actions.finish_action, ActionId("A1"), "Done")
    return harness


def test_action_items_are_counted_by_department() -> None:
    assert departments(shared_by("Ads *US*", "Finance", "Ads *US*", "")) == [
        "- **Ads \\*US\\*** · 1 open, 1 closed",
        "- **Finance** · 1 open",
        "- **No department** · 2 open",
    ]


def test_one_department_alone_needs_no_heading() -> None:
    assert not departments(shared_by("", "", ""))


def test_the_complete_minutes_say_that_they_are_not_for_sending(harness: MeetingHarness) -> None:
    warning = "> **For the recorder only:**"
    assert warning not in render_minutes(harness.meeting, ENGLISH)
    harness.step(entry_rules.toggle_sensitivity, "D3")
    assert warning in render_minutes(harness.meeting, ENGLISH)
    assert warning not in render_redacted_minutes(harness.meeting, ENGLISH)


def test_what_a_kpi_means_is_said_beside_its_formula(harness: MeetingHarness) -> None:
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.agree_definition, ACOS, "By the day of the *click*")
    told = render_minutes(harness.meeting, ENGLISH)
    assert "- **ACoS** · **agreed today:** By the day of the \\*click\\* · report 1\n" in told


def test_an_earlier_definition_has_its_day() -> None:
    agreed = AgreedDefinition(
        kpi=ACOS, text="By the day of the *click*", agreed_on=date(2026, 11, 16)
    )
    harness = MeetingHarness(agenda(), replace(carried(), definitions=(agreed,)))
    harness.step(meeting_rules.load_kpis, scorecard())
    told = render_minutes(harness.meeting, ENGLISH)
    assert "agreed on Mon 16 Nov: By the day of the \\*click\\*" in told
