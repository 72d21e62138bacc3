"""Decisions in the minutes: stages, proposals, outcomes and bypasses."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision, DecisionId, OptionId, PositionKind
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import Experiment, Reallocation, RiskProposal
from facilitator.domain.rules import actions, approval, decisions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.decision import form_lines
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from tests.factories import (
    ACOS,
    REQUEST,
    MeetingHarness,
    action_draft,
    agenda,
    meeting_with,
    question,
    scorecard,
)

D1, A = DecisionId("D1"), OptionId("A")
TOM, ANA = PersonId("tom"), PersonId("ana")


def meeting_about(decision: Decision) -> MeetingHarness:
    """A meeting about one decision, proposed a week ago."""
    return meeting_with(replace(decision, proposed_on=date(2026, 11, 16)))


def decisions_section(harness: MeetingHarness, language: Language | None = None) -> str:
    minutes = render_minutes(harness.meeting, language or Language())
    return minutes.partition("## Decisions")[2].partition("\n## ")[0]


def test_every_stage_of_a_decision_has_its_person_and_day() -> None:
    harness = meeting_about(question("Raise the bids?", why="The rank fell"))
    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    harness.step(decisions.choose_option, D1, A)
    task = action_draft("Raise them", decision=D1)
    harness.step(actions.add_action, task)

    text = decisions_section(harness)
    assert "Stages: proposed by 陈梅 on Mon 16 Nov → reviewed by Tom Hale, 10:00" in text
    assert "→ decided by Lin Tao at 10:01 (7 days later) → tasks: A1 陈梅" in text


def test_a_bypass_is_bold_until_it_is_accepted() -> None:
    harness = meeting_about(question("Raise the bids?", why="The rank fell"))
    harness.step(decisions.choose_option, D1, A)
    assert (
        "**Supervisor bypassed (越级): decided before Tom Hale reviewed it**"
        in decisions_section(harness)
    )

    harness.step(approval.accept_decision_bypass, D1, "Tom is *away*")
    assert "Supervisor bypassed (越级), accepted: Tom is \\*away\\*" in decisions_section(harness)


def test_an_objection_is_in_the_minutes() -> None:
    harness = meeting_about(question("Raise the bids?"))
    harness.step(approval.take_position, D1, ANA, PositionKind.AGAINST, "Too dear")
    assert "  - Ana Ruiz is against it: Too dear\n" in decisions_section(harness)


def test_an_amended_ruling_from_outside_says_so() -> None:
    harness = meeting_about(question("Raise the bids?"))
    harness.step(
        decisions.choose_option,
        D1,
        A,
        "Cash",
        amendment="Half of it",
        outside_on=date(2026, 11, 20),
        review_on=date(2026, 12, 7),
    )
    text = decisions_section(harness)
    assert "→ **A** Yes · amended: Half of it" in render_minutes(harness.meeting, Language())
    assert "Decided outside the meeting on Fri 20 Nov" in text
    assert "decided by Lin Tao on Fri 20 Nov" in text
    assert "**D1** up for review on Mon 7 Dec" in render_minutes(harness.meeting, Language())


def test_a_returned_request_lists_what_is_missing() -> None:
    harness = meeting_about(
        replace(question("More?"), request=replace(REQUEST, share=None, weeks=None))
    )
    harness.step(decisions.return_decision, D1, "And a second quote")
    text = decisions_section(harness)
    minutes = render_minutes(harness.meeting, Language())
    assert "→ **returned** to 陈梅 for the next meeting" in minutes
    assert "Missing: share of current spending, number of weeks" in text
    assert "Missing: And a second quote" in text


def test_a_request_shows_its_payback() -> None:
    asked = replace(question("More?"), request=REQUEST)
    assert list(form_lines(asked, Language())) == [
        "asks for $1,000 · 20 % of current spending · past ROI 3.2 · data/roi.csv",
        "expects $4,000 within 8 weeks · payback: 2 weeks of sales",
    ]


def test_a_request_with_a_margin_is_paid_back_by_profit() -> None:
    asked = replace(question("More?"), request=replace(REQUEST, margin=25.0))
    assert list(form_lines(asked, Language()))[1] == (
        "expects $4,000 within 8 weeks · payback: 8 weeks of profit, at a margin of 25 %"
    )


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            replace(question(""), experiment=Experiment(variant="Image B", metric="CTR")),
            "Experiment: Image B · measured by CTR",
        ),
        (
            replace(
                question(""),
                reallocation=Reallocation(
                    source=Marketplace("DE"), target=Marketplace("US"), amount="$ 500"
                ),
            ),
            "Moves $ 500 from DE to US",
        ),
        (
            replace(question(""), risk=RiskProposal(threat="No stock", solution="Air freight")),
            "Risk: No stock",
        ),
    ],
)
def test_every_kind_of_decision_shows_its_proposal(asked: Decision, line: str) -> None:
    assert next(form_lines(asked, Language())) == line


def test_a_review_shows_promised_and_actual_value() -> None:
    harness = meeting_about(replace(question("More?", why="It pays"), request=REQUEST, kpi=ACOS))
    harness.step(decisions.choose_option, D1, A)
    again = harness.meeting.decisions[0].carry_over()
    later = MeetingHarness(replace(agenda(), decisions=()), CarryOver(decisions=(again,)))
    later.step(meeting_rules.load_kpis, scorecard(acos=24.0))

    text = decisions_section(later)
    assert "Expected: 25.0 % · by Mon 18 Jan · at approval: 31.2 % · actual: 24.0 % · met" in text
    assert "Chosen on Mon 23 Nov: A · Yes" in text
    assert "after it was proposed" not in text  # that was told when it was granted
