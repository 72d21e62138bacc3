"""Risks in the minutes: states, signatures, and credit for raising them."""

from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskId, RiskState
from facilitator.domain.rules import risks
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from tests.factories import ON, MeetingHarness, agenda, question, risk_draft
from tests.library_meetings import WEEK


def meeting_with_risks() -> MeetingHarness:
    """Return a meeting with R1 and R2 of last week, R2 closed, and a new R3."""
    known = tuple(
        replace(risk_draft(text, raised_on=ON - WEEK), id=RiskId(name), carried=1)
        for name, text in (("R1", "Ads run *away*"), ("R2", "The lid leaks"))
    )
    held = MeetingHarness(
        replace(agenda(), decisions=()), CarryOver(risks=known, numbers=NextNumbers(risk=3))
    )
    held.step(risks.set_risk_state, RiskId("R1"), RiskState.OUT_OF_CONTROL)
    held.step(risks.propose_decision_on_risk, question("Cap the bids?"), RiskId("R1"))
    held.step(risks.close_risk, RiskId("R2"), "A new seal")
    held.step(
        risks.raise_risk, risk_draft(solution="By air", owner=None, raised_by=PersonId("ana"))
    )
    held.step(risks.sign_no_problem, PersonId("ana"), is_signed=False)
    held.step(risks.sign_no_problem, PersonId("jun"))
    return held


def test_the_minutes_list_risks_worst_first() -> None:
    minutes = render_minutes(meeting_with_risks().meeting, Language())
    section = minutes.partition("## Risks and problems\n\n")[2].partition("\n\n")[0]
    assert section.splitlines() == [
        "- **R1** was: watch · raised by 陈梅 on Mon 16 Nov · 3rd meeting · became D1",
        "- **R3** **new**, raised by Ana Ruiz · **no owner** · proposed solution: By air",
        "- **R2** The lid leaks · ✗ closed, was: ◆ watch · Tom Hale "
        "· raised by 陈梅 on Mon 16 Nov · 3rd meeting · closed: A new seal",
        "- Signed off “no known problem”: Jun Oka",
        "- Problems named with a solution: Ana Ruiz 1",
    ]
    summary = minutes.partition("- **At risk**\n")[2].partition("\n\n")[0]
    assert summary.splitlines() == [
        "  - **R1** Ads run \\*away\\* · ▲ out of control · Tom Hale",
        "  - **R3** The ship is late · ◆ watch",
    ]
    assert 'risks_out_of_control: ["R1"]' in minutes


def test_without_risks_and_signatures_there_is_no_section() -> None:
    minutes = render_minutes(MeetingHarness(agenda()).meeting, Language())
    assert "risk" not in minutes.casefold()
