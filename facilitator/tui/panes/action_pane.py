"""The pane of action items: add, edit, review and close them."""

from collections.abc import Callable
from functools import partial
from typing import assert_never

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from facilitator.domain.action import (
    CLOSED,
    ActionId,
    ActionItem,
    ActionStatus,
    Recourse,
    default_due,
)
from facilitator.domain.approval import find_action_bypass, supervisors_between
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpi_gate import answer_to
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import Note
from facilitator.domain.open_points import OpenPoint
from facilitator.domain.risk import Risk
from facilitator.domain.rules import actions, approval, notes
from facilitator.domain.text import one_line
from facilitator.render.kpi_answers import linked_kpi
from facilitator.render.language import _, current_language, day_off_text
from facilitator.tui.dialogs.action_forms import (
    ActionEditor,
    ActionRulingDialog,
    CarriedOver,
    CarryOverForm,
    Handing,
    RecourseChoice,
)
from facilitator.tui.dialogs.field_parsers import link_options
from facilitator.tui.dialogs.questions import TextEntry, bypass_dialog
from facilitator.tui.errors import notify_error
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.action_list import ACTION_MARKS, ActionList
from facilitator.tui.widgets.entry_list import EntryLine, EntryList


def action_line(meeting: Meeting, action: ActionItem) -> EntryLine:
    """Return the line of an action item: owner, due date and criterion, or that they lack."""
    owner = meeting.person(action.owner)
    parts = [
        f"{owner.name} ✓" if owner and action.is_taken else owner.name if owner else _("no owner"),
        current_language().day(action.due) if action.due else _("no due date"),
        action.criterion or _("no acceptance criterion"),
    ]
    if action.due and action.first_due and action.first_due != action.due:
        parts[1] = _("{day}, originally {first}").format(
            day=current_language().day(action.due), first=current_language().day(action.first_due)
        )
    if off := _day_off(meeting, action):
        parts[1] += f" ({off})"
    if about := linked_kpi(meeting, action, current_language()):
        parts.append(f"→ {about}")
    style = "dim" if action.status in CLOSED else ""
    colour = "bold $text-error" if action.is_overdue(meeting.date) else "$text-warning"
    return EntryLine(
        id=action.id,
        mark=f"{ACTION_MARKS[action.status]} {action.id} ",
        text=action.title,
        style=style,
        flag=_flag(meeting, action),
        flag_style=f"{colour} {style}".strip(),
        detail=" · ".join(parts),
        is_sensitive=action.is_sensitive,
    )


def _day_off(meeting: Meeting, action: ActionItem) -> str:
    """Return the remark that nobody works on the day that an open item is due."""
    due = action.due if action.is_open else None
    return day_off_text(meeting.agenda.working_days, due, current_language())


def _flag(meeting: Meeting, action: ActionItem) -> str:
    if action.status is ActionStatus.DONE:
        return _("done")
    if action.status is ActionStatus.DROPPED:
        return _("dropped")
    flags = []
    if action.status is ActionStatus.IN_PROGRESS:
        flags.append(_("in progress"))
    if action.status is ActionStatus.BLOCKED:
        flags.append(_("blocked by {what}").format(what=action.blocked_by))
    if find_action_bypass(meeting, action):
        flags.append(_("! supervisor bypassed"))
    if action.is_overdue(meeting.date):
        flags.append(_("overdue"))
    if action.id in meeting.carried_actions:
        flags.append(
            _("{ordinal} meeting").format(ordinal=current_language().ordinal(action.carried + 1))
        )
        if action.needs_ruling:
            flags.append(_("to be decided"))
        elif action.id not in meeting.reviewed:
            flags.append(_("to review"))
    return " · ".join(flags)


NEW_ACTION = ActionItem(id=ActionId("new"), title="")
ASKING_COMMANDS = ("done", "carried", "dropped", "blocked")
"""The commands of the list that ask for a text; drafts of it are named after the command."""


class ActionPane(Pane):
    """Adds action items, and reviews those of earlier meetings."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield ActionList()

    def show(self, meeting: Meeting) -> None:
        """Show the action items, those of earlier meetings first."""
        self.query_one(ActionList).lines = tuple(
            action_line(meeting, action) for action in meeting.actions
        )
        count = len(meeting.open_actions)
        self.border_title = _("3 Actions · {count} open").format(count=count)

    def add(
        self, draft: ActionItem = NEW_ACTION, form: str = "action:new", about: str = ""
    ) -> None:
        """Ask for a new action item, with what `draft` knows of it already."""
        self._edit(draft, is_new=True, form=form, about=about)

    def add_for_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask for an action item because of a KPI; its title is what was proposed about it."""
        answer = answer_to(self.controller.meeting, kpi, marketplace)
        title = answer.proposal if answer else ""
        draft = replace(NEW_ACTION, title=title, kpi=kpi, marketplace=marketplace)
        self.add(draft, form=f"action:{kpi}:{marketplace}")

    def add_for_risk(self, risk: Risk) -> None:
        """Ask for an action item because of a risk; its title is what was proposed against it."""
        title, owner = risk.solution or risk.text, risk.owner
        draft = replace(
            NEW_ACTION, title=title, owner=owner, kpi=risk.kpi, marketplace=risk.marketplace
        )
        self.add(draft, form=f"action:{risk.id}", about=risk.id)

    def add_for_note(self, note: Note) -> None:
        """Ask for the action item that a note becomes; its title is the note."""
        self._edit(
            replace(NEW_ACTION, title=one_line(note.text)),
            is_new=True,
            form=f"action:{note.id}",
            about=_("note"),
            submit=lambda edited: self.controller.step(
                notes.convert_note, note.id, notes.ConversionTarget.ACTION, edited
            ),
        )

    def edit(self, action_id: ActionId) -> None:
        """Open the editor of an action item."""
        action = self.controller.meeting.action(action_id)
        if action is not None:
            self._edit(action, is_new=False, form=f"action:{action_id}")

    @on(EntryList.Picked)
    def picked(self, picked: EntryList.Picked) -> None:
        """Edit the item that Enter was pressed on."""
        self.edit(ActionId(picked.id))

    def run_command(self, entry_id: str, command: str) -> None:
        """Finish, carry over, block, begin, drop or reopen an item; ask what that needs."""
        step, action_id = self.controller.step, ActionId(entry_id)
        ask = partial(self._ask, action_id, command)
        match command:
            case "done":
                question = _("Done — evidence: a file, a link, a number")
                if_empty = _("Nothing shows it. Enter once more: done, nothing shown.")
                ask(question, partial(self._finish, action_id), if_empty=if_empty)
            case "carried":
                self._ask_to_carry_over(action_id)
            case "dropped":
                ask(_("Dropped — why?"), lambda why: step(actions.drop_action, action_id, why))
            case "blocked":
                question = _("Blocked — by what or whom?")
                ask(question, lambda by: step(actions.block_action, action_id, by))
            case "begun":
                self.controller.attempt(actions.toggle_in_progress, action_id)
            case "taken":
                self._toggle_accepted(action_id)
            case "ruled":
                self.rule(action_id)
            case _:
                self.controller.attempt(actions.reopen_action, action_id)

    def settle(self, end: OpenPoint) -> None:
        """Ask for what an open point needs: the ruling, the review, or a better wording."""
        action_id = ActionId(end.id)
        if end.key.endswith((":ruling", ":shortcut")):
            self.rule(action_id)
        elif end.key.endswith(":review"):
            self.run_command(action_id, "carried")
        elif end.key.endswith(":evidence"):
            self.run_command(action_id, "done")
        else:
            self.edit(action_id)

    def settle_bypass(self, action_id: ActionId) -> None:
        """Ask what becomes of an item that the decider gave out past the supervisor."""
        meeting = self.controller.meeting
        action = meeting.action(action_id)
        bypassed = find_action_bypass(meeting, action) if action else None
        if bypassed is None:
            return

        def submit(reason: str) -> None:
            if reason:
                self.controller.step(approval.accept_action_bypass, action_id, reason)
            else:
                self.controller.step(approval.direct_to_supervisor, action_id)

        handler = self.controller.handler(f"shortcut:{action_id}", submit)
        self.app.push_screen(bypass_dialog(action_id, bypassed, handler=handler))

    def rule(self, action_id: ActionId) -> None:
        """Ask for the decider's ruling on an item; where it is a bypass, settle that first."""
        meeting = self.controller.meeting
        action = meeting.action(action_id)
        if action is None or not action.is_open:
            return
        if find_action_bypass(meeting, action):
            self.settle_bypass(action_id)
            return
        self.app.push_screen(
            ActionRulingDialog(
                action,
                people=meeting.agenda.people,
                dates=self.controller.dates,
                handler=self.controller.handler(
                    f"ruled:{action_id}", partial(self._rule, action_id)
                ),
            )
        )

    def _rule(self, action_id: ActionId, choice: RecourseChoice) -> None:
        step = self.controller.step
        match choice.recourse:
            case Recourse.KILL:
                step(actions.kill_action, action_id, choice.reason)
            case Recourse.SPLIT:
                step(actions.split_action, action_id, choice.reason, choice.parts)
            case Recourse.HAND_OVER:
                step(actions.hand_over_action, action_id, choice.reason, choice.owner)
            case Recourse.NEW_DATE:
                step(actions.redate_action, action_id, choice.reason, choice.due)
            case _:
                assert_never(choice.recourse)

    def _finish(self, action_id: ActionId, evidence: str) -> None:
        self.controller.services.check_evidence(evidence)
        self.controller.step(actions.finish_action, action_id, evidence)

    def _toggle_accepted(self, action_id: ActionId) -> None:
        action = self.controller.meeting.action(action_id)
        if action is not None:
            self.controller.attempt(actions.accept_action, action_id, is_taken=not action.is_taken)

    def _ask_to_carry_over(self, action_id: ActionId) -> None:
        action = self.controller.meeting.action(action_id)
        if action is None or not self._is_still_open(action):
            return

        def submit(given: CarriedOver) -> None:
            self.controller.step(actions.keep_action_open, action_id, given.reason, given.due)

        self.app.push_screen(
            CarryOverForm(
                action,
                dates=self.controller.dates,
                handler=self.controller.handler(f"carried:{action_id}", submit),
            )
        )

    def _is_still_open(self, action: ActionItem) -> bool:
        """Return whether an item is open; where it is not, say so."""
        if not action.is_open:
            notify_error(self, RuleError(N_("{id} is already closed."), id=action.id))
        return action.is_open

    def _ask(
        self,
        action_id: ActionId,
        command: str,
        question: str,
        submit: Callable[[str], object],
        *,
        if_empty: str = "",
    ) -> None:
        action = self.controller.meeting.action(action_id)
        if action is None:
            return
        may_add_evidence = command == "done" and action.is_done_without_evidence
        if not may_add_evidence and not self._is_still_open(action):
            return
        self.app.push_screen(
            TextEntry(
                f"{action.id} {action.title}",
                question=question,
                is_required=not if_empty,
                if_empty=if_empty,
                handler=self.controller.handler(f"{command}:{action.id}", submit),
            )
        )

    def _edit(
        self,
        action: ActionItem,
        *,
        is_new: bool,
        form: str,
        about: str = "",
        submit: Callable[[ActionItem], object] | None = None,
    ) -> None:
        """Open the editor; `about` names what the item comes from, where that is no KPI."""
        rule = actions.add_action if is_new else actions.change_action
        meeting = self.controller.meeting
        if action.due is None and action.id not in meeting.carried_actions:
            action = replace(action, due=default_due(meeting.date, meeting.agenda.working_days))

        self.app.push_screen(
            ActionEditor(
                action,
                is_new=is_new,
                people=meeting.agenda.people,
                dates=self.controller.dates,
                links=link_options(meeting, action, current_language()),
                handing=Handing(
                    supervisors=supervisors_between(meeting),
                    decider=meeting.agenda.decider,
                    speaker=meeting.running.item.lead if is_new and meeting.running else None,
                ),
                about=about or linked_kpi(meeting, action, current_language()),
                handler=self.controller.handler(
                    form, submit or (lambda edited: self.controller.step(rule, edited))
                ),
            )
        )
