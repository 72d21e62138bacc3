"""Name problems and keep the risk register, from its board."""

from collections.abc import Callable, Iterator

from textual.widget import Widget

from facilitator.domain.errors import FacilitatorError
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.domain.redaction import mark_sensitive_entries
from facilitator.domain.risk import Risk, RiskId, RiskState, sorted_by_severity
from facilitator.domain.risk_disclosure import has_signed_no_problem, reporters, risks_raised_by
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import risks as rules
from facilitator.render.kpi_answers import linked_kpi
from facilitator.render.language import _, current_language
from facilitator.render.risk import state_change_text
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.field_parsers import link_options
from facilitator.tui.dialogs.form import SaveDraft
from facilitator.tui.dialogs.risk_board import RiskBoard, RiskBoardLine, RiskCommand
from facilitator.tui.dialogs.risk_form import RiskForm
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.i18n import notify_error
from facilitator.tui.widgets.entry_list import sensitive_prefix

COMMAND_STATES = {
    RiskCommand.CONTROLLED: RiskState.CONTROLLED,
    RiskCommand.WATCHED: RiskState.WATCHED,
    RiskCommand.OUT_OF_CONTROL: RiskState.OUT_OF_CONTROL,
}
NOBODY = PersonId("")


class RiskController:
    """Takes steps on the risk register for a screen."""

    def __init__(
        self,
        screen: Widget,
        session: MeetingSession,
        *,
        changed: Callable[[], object],
        propose: Callable[[Risk], object],
        add_action: Callable[[Risk], object],
    ) -> None:
        """Speak through `screen`; `changed` is called after each step.

        `propose` makes a risk a question, `add_action` takes an action item down for it.
        """
        self._screen = screen
        self._session = session
        self._changed = changed
        self._propose = propose
        self._add_action = add_action

    def open(self, at: PersonId | None = None) -> None:
        """Show the board, with the cursor on a person."""
        self._screen.app.push_screen(RiskBoard(self._lines, self._run_command, at=at))

    def _lines(self) -> tuple[RiskBoardLine, ...]:
        meeting = mark_sensitive_entries(self._session.meeting)
        people = (_reporter_line(meeting, each) for each in reporters(meeting))
        return (*people, *(_risk_line(meeting, each) for each in sorted_by_severity(meeting.risks)))

    def _run_command(self, command: RiskCommand, line: RiskBoardLine | None) -> None:
        person = line.person if line else None
        risk = self._session.meeting.risk(line.risk if line else None)
        if command is RiskCommand.NAME or (command is RiskCommand.EDIT and person):
            self._ask_new(person)
        elif command is RiskCommand.SIGN and person:
            self._sign(person)
        elif risk is None:
            return
        elif command is RiskCommand.EDIT:
            self._edit(risk)
        elif command is RiskCommand.OVER:
            self._close(risk)
        elif command is RiskCommand.DECIDE:
            self._propose(risk)
        elif command is RiskCommand.PROMISE:
            self._add_action(risk)
        elif command is RiskCommand.MARK:
            self._attempt(lambda: self._session.step(entry_rules.toggle_sensitivity, risk.id))
        else:
            self._change_state(risk.id, COMMAND_STATES[command])

    def _ask_new(self, person: PersonId | None) -> None:
        today = self._session.meeting.date
        draft = Risk(id=RiskId("new"), text="", raised_by=person or NOBODY, raised_on=today)
        self._show_form(draft, is_new=True)

    def _edit(self, risk: Risk) -> None:
        if risk.is_open:
            self._show_form(risk, is_new=False)

    def _show_form(self, risk: Risk, *, is_new: bool) -> None:
        meeting = self._session.meeting

        def submit(edited: Risk) -> None:
            self._session.step(rules.raise_risk if is_new else rules.change_risk, edited)
            self._changed()

        form = f"risk:{risk.id}"
        self._screen.app.push_screen(
            RiskForm(
                risk,
                is_new=is_new,
                people=meeting.agenda.people,
                links=link_options(meeting, risk, current_language()),
                submit=submit,
                keep=self._save_draft(form),
                draft=meeting.draft(form),
            )
        )

    def _sign(self, person: PersonId) -> None:
        is_signed = not has_signed_no_problem(self._session.meeting, person)
        self._attempt(
            lambda: self._session.step(rules.sign_no_problem, person, is_signed=is_signed)
        )

    def _change_state(self, risk_id: RiskId, state: RiskState) -> None:
        risk = self._session.meeting.risk(risk_id)
        if risk is not None and risk.state is not state:
            self._attempt(lambda: self._session.step(rules.set_risk_state, risk_id, state))

    def _close(self, risk: Risk) -> None:
        def submit(text: str) -> None:
            self._session.step(rules.close_risk, risk.id, text)
            self._changed()

        form = f"risk:{risk.id}:over"
        self._screen.app.push_screen(
            TextEntry(
                f"{risk.id} {risk.text}",
                question=_("What ended it?"),
                submit=submit,
                keep=self._save_draft(form),
                draft=self._session.meeting.draft(form),
            )
        )

    def _attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except FacilitatorError as error:
            notify_error(self._screen, error)
        else:
            self._changed()

    def _save_draft(self, form: str) -> SaveDraft:
        return lambda fields: self._session.step(meeting_rules.save_draft, form, fields)


def _reporter_line(meeting: Meeting, person: Person) -> RiskBoardLine:
    named = risks_raised_by(meeting, person.id)
    summary = "; ".join(f"{each.id} {each.text}" for each in named) or "–"
    detail = _("Enter names a problem of theirs; s signs that none is known.")
    if has_signed_no_problem(meeting, person.id):
        summary = _("signed: no known problem")
        detail = _("s takes the signature back; Enter names a problem of theirs.")
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
    solution = risk.solution or _("nothing yet")
    yield _("Proposed against it: {solution}").format(solution=solution)
    summary = [_("raised by {name}").format(name=meeting.name_of(risk.raised_by))]
    summary.append(_("on {day}").format(day=current_language().day(risk.raised_on)))
    if about := linked_kpi(meeting, risk, current_language()):
        summary.append(f"→ {about}")
    if risk.decision:
        summary.append(_("became {id}").format(id=risk.decision))
    yield " · ".join(summary)
    if not risk.is_open:
        yield _("Ended by: {what}").format(what=risk.ended_by)
