"""Risks as text: state, rows of the risk register, credit for raising them."""

from collections.abc import Iterable

from facilitator.domain.errors import N_
from facilitator.domain.past.meetings import PastEntry
from facilitator.domain.risk import (
    RISK_STATE_MARKS,
    RISK_STATE_NAMES,
    Risk,
    Risks,
    RisksOfPerson,
    RiskState,
    risks_in_state,
)
from facilitator.domain.text import one_line
from facilitator.render.language import Language

RISK_COLUMNS = (
    N_("Series"),
    N_("Id"),
    N_("State"),
    N_("Problem"),
    N_("Proposed solution"),
    N_("Owner"),
    N_("Raised by"),
    N_("Raised on"),
    N_("Meetings"),
)


def state_text(state: RiskState, language: Language) -> str:
    """Return the sign and the name of a state: `▲ out of control`."""
    return f"{RISK_STATE_MARKS[state]} {language.gettext(RISK_STATE_NAMES[state])}"


def state_change_text(risk: Risk, language: Language) -> str:
    """Return the state of a risk, and the one before: `▲ out of control, was: ◆ watched`."""
    now = state_text(risk.state, language)
    if risk.left_as in (None, risk.state):
        return now
    before = state_text(risk.left_as, language)
    return language.gettext(N_("{state}, was: {before}")).format(state=now, before=before)


def out_of_control_text(risks: Risks, language: Language) -> str:
    """Return the number of risks out of control: `▲ 2 out of control`; empty for none."""
    count = len(risks_in_state(risks, RiskState.OUT_OF_CONTROL))
    if not count:
        return ""
    mark = RISK_STATE_MARKS[RiskState.OUT_OF_CONTROL]
    return f"{mark} " + language.gettext(N_("{count} out of control")).format(count=count)


def risk_row(past: PastEntry[Risk], language: Language) -> tuple[str, ...]:
    """Return a risk as a row under `RISK_COLUMNS`."""
    risk, meeting = past.entry, past.meeting
    solution = risk.solution
    if not risk.is_open:
        solution = language.gettext(N_("closed: {what}")).format(what=risk.ended_by)
    return (
        meeting.series,
        risk.id,
        state_text(risk.state, language),
        one_line(risk.text),
        one_line(solution),
        one_line(past.owner_name),
        one_line(meeting.name_of(risk.raised_by)),
        risk.raised_on.isoformat(),
        str(risk.carried + 1),
    )


def credit_line(people: Iterable[RisksOfPerson], language: Language) -> str:
    """Return who raised risks with a solution: `Li Qian 2, Zhao Min 1`; empty for nobody."""
    names = (f"{one_line(each.name)} {each.solved}" for each in people if each.solved)
    return language.gettext(N_(", ")).join(names)
