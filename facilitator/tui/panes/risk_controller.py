"""Record problems and keep the risk register, from its board."""

from collections.abc import Iterator

from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.domain.redaction import mark_sensitive_entries
from facilitator.domain.risk import Risk, RiskId, RiskState, sorted_by_severity
from facilitator.domain.risk_disclosure import has_signed_no_problem, reporters, risks_raised_by
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import risks as rules
from facilitator.render.kpi_answers import linked_kpi
from facilitator.render.language import _, current_language
from facilitator.render.risk import state_change_text
from facilitator.tui.controller import MeetingController
from facilitator.tui.dialogs.field_parsers import link_options
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.dialogs.risk_dialogs import RiskBoard, RiskBoardLine, RiskCommand, RiskForm
from facilitator.tui.panes.action_pane import ActionPane
from facilitator.tui.panes.decision_pane import DecisionPane
from facilitator.tui.widgets.entry_list import sensitive_prefix

COMMAND_STATES = {
    RiskCommand.CONTROLLED: RiskState.CONTROLLED,
    RiskCommand.WATCHED: RiskState.WATCHED,
    RiskCommand.OUT_OF_CONTROL: RiskState.OUT_OF_CONTROL,
}
NOBODY = PersonId("")


class RiskController(MeetingController):
    """Runs the rules of risks for the board; risks become questions and action items in panes."""

    def __init__(
        self, meeting: MeetingController, decisions: DecisionPane, actions: ActionPane
    ) -> None:
        """Act for the screen of `meeting`."""
        super().__init__(meeting.screen, meeting.services, meeting.session)
        self._decisions = decisions
        self._actions = actions

    def open(self, at: PersonId | None = None) -> None:
        """Show the board, with the cursor on a person."""
        self.screen.app.push_screen(RiskBoard(self, at=at))

    def lines(self) -> tuple[RiskBoardLine, ...]:
        """Return the board as it stands: the reporters, then the risks."""
        meeting = mark_sensitive_entries(self.meeting)
        people = (_reporter_line(meeting, each) for each in reporters(meeting))
        return (*people, *(_risk_line(meeting, each) for each in sorted_by_severity(meeting.risks)))

    def run_command(self, command: RiskCommand, line: RiskBoardLine | None) -> None:
        """Do what a key of the board asks for, with the line under the cursor."""
        person = line.person if line else None
        risk = self.meeting.risk(line.risk if line else None)
        if command is RiskCommand.NAME or (command is RiskCommand.EDIT and person):
            self._ask_new(person)
        elif command is RiskCommand.SIGN and person:
            is_signed = not has_signed_no_problem(self.meeting, person)
            self.attempt(rules.sign_no_problem, person, is_signed=is_signed)
        elif risk is not None:
            self._run_risk_command(command, risk)

    def _run_risk_command(self, command: RiskCommand, risk: Risk) -> None:
        match command:
            case RiskCommand.EDIT:
                if risk.is_open:
                    self._show_form(risk, is_new=False)
            case RiskCommand.OVER:
                self._close(risk)
            case RiskCommand.DECIDE:
                self._decisions.propose_for_risk(risk)
            case RiskCommand.ACT:
                self._actions.add_for_risk(risk)
            case RiskCommand.MARK:
                self.attempt(entry_rules.toggle_sensitivity, risk.id)
            case _:
                state = COMMAND_STATES.get(command, risk.state)
                if state is not risk.state:
                    self.attempt(rules.set_risk_state, risk.id, state)

    def _ask_new(self, person: PersonId | None) -> None:
        today = self.meeting.date
        draft = Risk(id=RiskId("new"), text="", raised_by=person or NOBODY, raised_on=today)
        self._show_form(draft, is_new=True)

    def _show_form(self, risk: Risk, *, is_new: bool) -> None:
        def submit(edited: Risk) -> None:
            self.step(rules.raise_risk if is_new else rules.change_risk, edited)

        self.screen.app.push_screen(
            RiskForm(
                risk,
                is_new=is_new,
                people=self.meeting.agenda.people,
                links=link_options(self.meeting, risk, current_language()),
                handler=self.handler(f"risk:{risk.id}", submit),
            )
        )

    def _close(self, risk: Risk) -> None:
        def submit(text: str) -> None:
            self.step(rules.close_risk, risk.id, text)

        self.screen.app.push_screen(
            TextEntry(
                f"{risk.id} {risk.text}",
                question=_("How was it solved?"),
                handler=self.handler(f"risk:{risk.id}:over", submit),
            )
        )


def _reporter_line(meeting: Meeting, person: Person) -> RiskBoardLine:
    named = risks_raised_by(meeting, person.id)
    summary = "; ".join(f"{each.id} {each.text}" for each in named) or "–"
    detail = _("Enter: name a problem for this person. s: sign off that none is known.")
    if has_signed_no_problem(meeting, person.id):
        summary = _("signed off: no known problem")
        detail = _("s: undo the sign-off. Enter: name a problem for this person.")
    return RiskBoardLine(person=person.id, text=f"{person.name} · {summary}", detail=detail)


def _risk_line(meeting: Meeting, risk: Risk) -> RiskBoardLine:
    owner = meeting.person(risk.owner)
    parts = [
        f"{risk.id} {state_change_text(risk, current_language())}",
        owner.name if owner else _("no owner"),
    ]
    if risk.is_new:
        parts.append(_("new today"))
    else:
        ordinal = current_language().ordinal(risk.carried + 1)
        parts.append(_("{ordinal} meeting").format(ordinal=ordinal))
    parts.append(sensitive_prefix(is_sensitive=risk.is_sensitive) + risk.text)
    return RiskBoardLine(
        risk=risk.id,
        state=risk.state,
        text=" · ".join(parts),
        detail="\n".join(_risk_details(meeting, risk)),
    )


def _risk_details(meeting: Meeting, risk: Risk) -> Iterator[str]:
    solution = risk.solution or _("none yet")
    yield _("Proposed solution: {solution}").format(solution=solution)
    summary = [_("raised by {name}").format(name=meeting.name_of(risk.raised_by))]
    summary.append(_("on {day}").format(day=current_language().day(risk.raised_on)))
    if about := linked_kpi(meeting, risk, current_language()):
        summary.append(f"→ {about}")
    if risk.decision:
        summary.append(_("became {id}").format(id=risk.decision))
    yield " · ".join(summary)
    if not risk.is_open:
        yield _("Solved by: {what}").format(what=risk.ended_by)
