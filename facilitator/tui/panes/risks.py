"""Bad news in the app: the board of problems and risks, and the steps that are taken on it."""

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
from facilitator.tui.dialogs.form import Keep
from facilitator.tui.dialogs.links import links_of
from facilitator.tui.dialogs.risk_board import BoardLine, RiskBoard, Wish
from facilitator.tui.dialogs.risk_form import RiskForm
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.spoken import tell
from facilitator.tui.widgets.marked_list import sign

STATES = {
    Wish.CONTROLLED: RiskState.CONTROLLED,
    Wish.WATCHED: RiskState.WATCHED,
    Wish.OUT_OF_CONTROL: RiskState.OUT_OF_CONTROL,
}
NOBODY = PersonId("")


class RiskDesk:
    """Takes steps on the risk register for a screen."""

    def __init__(
        self,
        screen: Widget,
        session: MeetingSession,
        *,
        changed: Callable[[], object],
        decide: Callable[[Risk], object],
        promise: Callable[[Risk], object],
    ) -> None:
        """Speak through `screen`; `changed` is called after each step.

        `decide` makes a risk a question, `promise` takes an action item down for it.
        """
        self._screen = screen
        self._session = session
        self._changed = changed
        self._decide = decide
        self._promise = promise

    def open(self, at: PersonId | None = None) -> None:
        """Show the board, with the cursor on a person."""
        self._screen.app.push_screen(RiskBoard(self._lines, self._act, at=at))

    def _lines(self) -> tuple[BoardLine, ...]:
        meeting = mark_sensitive_entries(self._session.meeting)
        people = (_reporter(meeting, each) for each in reporters(meeting))
        return (*people, *(_risk(meeting, each) for each in sorted_by_severity(meeting.risks)))

    def _act(self, wish: Wish, line: BoardLine | None) -> None:
        person = line.person if line else None
        risk = self._session.meeting.risk(line.risk if line else None)
        if wish is Wish.NAME or (wish is Wish.EDIT and person):
            self._ask_new(person)
        elif wish is Wish.SIGN and person:
            self._sign(person)
        elif risk is None:
            return
        elif wish is Wish.EDIT:
            self._edit(risk)
        elif wish is Wish.OVER:
            self._end(risk)
        elif wish is Wish.DECIDE:
            self._decide(risk)
        elif wish is Wish.PROMISE:
            self._promise(risk)
        elif wish is Wish.MARK:
            self._attempt(lambda: self._session.step(entry_rules.toggle_sensitivity, risk.id))
        else:
            self._move(risk.id, STATES[wish])

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
                links=links_of(meeting, risk, current_language()),
                submit=submit,
                keep=self._keep(form),
                draft=meeting.draft(form),
            )
        )

    def _sign(self, person: PersonId) -> None:
        is_signed = not has_signed_no_problem(self._session.meeting, person)
        self._attempt(
            lambda: self._session.step(rules.sign_no_problem, person, is_signed=is_signed)
        )

    def _move(self, risk_id: RiskId, state: RiskState) -> None:
        risk = self._session.meeting.risk(risk_id)
        if risk is not None and risk.state is not state:
            self._attempt(lambda: self._session.step(rules.set_risk_state, risk_id, state))

    def _end(self, risk: Risk) -> None:
        def submit(text: str) -> None:
            self._session.step(rules.close_risk, risk.id, text)
            self._changed()

        form = f"risk:{risk.id}:over"
        self._screen.app.push_screen(
            TextEntry(
                f"{risk.id} {risk.text}",
                question=_("What ended it?"),
                submit=submit,
                keep=self._keep(form),
                draft=self._session.meeting.draft(form),
            )
        )

    def _attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except FacilitatorError as error:
            tell(self._screen, error)
        else:
            self._changed()

    def _keep(self, form: str) -> Keep:
        return lambda fields: self._session.step(meeting_rules.save_draft, form, fields)


def _reporter(meeting: Meeting, person: Person) -> BoardLine:
    named = risks_raised_by(meeting, person.id)
    told = "; ".join(f"{each.id} {each.text}" for each in named) or "–"
    detail = _("Enter names a problem of theirs; s signs that none is known.")
    if has_signed_no_problem(meeting, person.id):
        told = _("signed: no known problem")
        detail = _("s takes the signature back; Enter names a problem of theirs.")
    return BoardLine(person=person.id, text=f"{person.name} · {told}", detail=detail)


def _risk(meeting: Meeting, risk: Risk) -> BoardLine:
    owner = meeting.person(risk.owner)
    parts = [
        f"{risk.id} {state_change_text(risk, current_language())}",
        owner.name if owner else _("no owner"),
    ]
    if risk.is_new:
        parts.append(_("new today"))
    else:
        parts.append(_("meeting no. {count}").format(count=risk.carried + 1))
    parts.append(sign(is_sensitive=risk.is_sensitive) + risk.text)
    return BoardLine(
        risk=risk.id,
        state=risk.state,
        text=" · ".join(parts),
        detail="\n".join(_detail(meeting, risk)),
    )


def _detail(meeting: Meeting, risk: Risk) -> Iterator[str]:
    solution = risk.solution or _("nothing yet")
    yield _("Proposed against it: {solution}").format(solution=solution)
    told = [_("raised by {name}").format(name=meeting.name_of(risk.raised_by))]
    told.append(_("on {day}").format(day=current_language().day(risk.raised_on)))
    if about := linked_kpi(meeting, risk, current_language()):
        told.append(f"→ {about}")
    if risk.decision:
        told.append(_("became {id}").format(id=risk.decision))
    yield " · ".join(told)
    if not risk.is_open:
        yield _("Ended by: {what}").format(what=risk.ended_by)
