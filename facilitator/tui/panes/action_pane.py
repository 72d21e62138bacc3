"""The pane of action items: add, edit, review and close them."""

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from facilitator.domain.action import (
    CLOSED,
    DEFAULT_TERM,
    ActionId,
    ActionItem,
    ActionStatus,
    Recourse,
)
from facilitator.domain.approval import find_action_bypass
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPoint
from facilitator.domain.risk import Risk
from facilitator.domain.rules import actions, approval
from facilitator.render.kpi_answers import linked_kpi
from facilitator.render.language import _, current_language, day_off_text
from facilitator.tui.dialogs.action_editor import ActionEditor
from facilitator.tui.dialogs.action_ruling import ActionRulingDialog, RecourseChoice
from facilitator.tui.dialogs.bypass import bypass_dialog
from facilitator.tui.dialogs.field_parsers import link_options, parse_date
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.i18n import notify_error
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.action_list import ACTION_MARKS, ActionList
from facilitator.tui.widgets.entry_list import EntryLine, EntryList


def action_line(meeting: Meeting, action: ActionItem) -> EntryLine:
    """Return the line of an action item: owner, due date and criterion, or that they lack."""
    owner = meeting.person(action.owner)
    parts = [
        f"{owner.name} ✓" if owner and action.is_taken else owner.name if owner else _("no owner"),
        current_language().day(action.due) if action.due else _("no due date"),
        action.criterion or _("no criterion"),
    ]
    if action.due and action.first_due and action.first_due != action.due:
        parts[1] = _("{day}, first {first}").format(
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
    """That nobody works on the day that an open one is due."""
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
        flags.append(_("! past the supervisor"))
    if action.is_overdue(meeting.date):
        flags.append(_("overdue"))
    if action.id in meeting.carried_actions:
        flags.append(
            _("{ordinal} meeting").format(ordinal=current_language().ordinal(action.carried + 1))
        )
        if action.needs_ruling:
            flags.append(_("to be ruled"))
        elif action.id not in meeting.reviewed:
            flags.append(_("to review"))
    return " · ".join(flags)


NEW_ACTION = ActionItem(id=ActionId("new"), title="")


class ActionPane(Pane):
    """Takes promises down, and looks at those made before."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield ActionList()

    def show(self, meeting: Meeting) -> None:
        """Show the promises, those of earlier meetings first."""
        self.query_one(ActionList).lines = tuple(
            action_line(meeting, action) for action in meeting.actions
        )
        count = len(meeting.open_actions)
        self.border_title = _("3 Actions · {count} open").format(count=count)

    def add(self, draft: ActionItem = NEW_ACTION, form: str = "action:new") -> None:
        """Take a new promise down, with what `draft` knows of it already."""
        self._edit(draft, is_new=True, form=form)

    def add_for_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Take a promise down because of a KPI; what was proposed about it comes first."""
        answer = self.session.meeting.answer(kpi, marketplace)
        title = answer.proposal if answer else ""
        draft = replace(NEW_ACTION, title=title, kpi=kpi, marketplace=marketplace)
        self.add(draft, form=f"action:{kpi}:{marketplace}")

    def add_for_risk(self, risk: Risk) -> None:
        """Take a promise down because of a risk; what was proposed against it comes first."""
        title, owner = risk.solution or risk.text, risk.owner
        draft = replace(
            NEW_ACTION, title=title, owner=owner, kpi=risk.kpi, marketplace=risk.marketplace
        )
        self.add(draft, form=f"action:{risk.id}")

    def edit(self, action_id: ActionId) -> None:
        """Word, date or give a promise anew."""
        action = self.session.meeting.action(action_id)
        if action is not None:
            self._edit(action, is_new=False, form=f"action:{action_id}")

    @on(EntryList.Picked)
    def picked(self, picked: EntryList.Picked) -> None:
        """Open an action item for editing."""
        self.edit(ActionId(picked.id))

    def run_command(self, entry_id: str, command: str) -> None:
        """Finish, carry, block, begin, drop or reopen an action item; ask what that needs."""
        action_id = ActionId(entry_id)
        match command:
            case "done":
                self._ask(
                    action_id,
                    command,
                    _("Done — what shows it? A path, a link, a figure"),
                    lambda text: self._finish(action_id, text),
                    is_required=False,
                )
            case "carried":
                self._ask(
                    action_id,
                    command,
                    _("Not done — why? A new date may follow after “|”"),
                    lambda text: self._carry(action_id, text),
                )
            case "dropped":
                self._ask(
                    action_id,
                    command,
                    _("Dropped — why?"),
                    lambda text: self.step(actions.drop_action, action_id, text),
                )
            case "blocked":
                self._ask(
                    action_id,
                    command,
                    _("Blocked — by what, or by whom?"),
                    lambda text: self.step(actions.block_action, action_id, text),
                )
            case "begun":
                self.attempt(actions.toggle_in_progress, action_id)
            case "taken":
                self._toggle_accepted(action_id)
            case "ruled":
                self.rule(action_id)
            case _:
                self.attempt(actions.reopen_action, action_id)

    def settle(self, end: OpenPoint) -> None:
        """Ask for what an open end wants: the ruling, the review, or a better wording."""
        action_id = ActionId(end.id)
        if end.key.endswith((":ruling", ":shortcut")):
            self.rule(action_id)
        elif end.key.endswith(":review"):
            self.run_command(action_id, "carried")
        else:
            self.edit(action_id)

    def settle_bypass(self, action_id: ActionId) -> None:
        """Ask what becomes of a task that the decider gave past the supervisor."""
        meeting = self.session.meeting
        action = meeting.action(action_id)
        bypassed = find_action_bypass(meeting, action) if action else None
        if bypassed is None:
            return

        def put_right(reason: str) -> None:
            if reason:
                self.step(approval.accept_action_bypass, action_id, reason)
            else:
                self.step(approval.direct_to_supervisor, action_id)

        self.app.push_screen(
            bypass_dialog(
                action_id,
                bypassed,
                submit=put_right,
                keep=self.keep(f"shortcut:{action_id}"),
                draft=self.draft(f"shortcut:{action_id}"),
            )
        )

    def rule(self, action_id: ActionId) -> None:
        """Have the decider rule what becomes of a promise, or of a task past the supervisor."""
        action = self.session.meeting.action(action_id)
        if action is None or not action.is_open:
            return
        if find_action_bypass(self.session.meeting, action):
            self.settle_bypass(action_id)
            return
        form = f"ruled:{action_id}"
        meeting = self.session.meeting
        self.app.push_screen(
            ActionRulingDialog(
                action,
                people=meeting.agenda.people,
                on_day=meeting.date,
                due_date=self.services.due_date,
                submit=lambda choice: self._rule(action_id, choice),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _rule(self, action_id: ActionId, choice: RecourseChoice) -> None:
        match choice.recourse:
            case Recourse.KILL:
                self.step(actions.kill_action, action_id, choice.reason)
            case Recourse.SPLIT:
                self.step(actions.split_action, action_id, choice.reason, choice.parts)
            case Recourse.HAND_OVER:
                self.step(actions.hand_over_action, action_id, choice.reason, choice.owner)
            case Recourse.NEW_DATE:
                self.step(actions.redate_action, action_id, choice.reason, choice.due)
            case _:
                assert_never(choice.recourse)

    def _finish(self, action_id: ActionId, evidence: str) -> None:
        self.services.check_evidence(evidence)
        self.step(actions.finish_action, action_id, evidence)

    def _toggle_accepted(self, action_id: ActionId) -> None:
        action = self.session.meeting.action(action_id)
        if action is not None:
            self.attempt(actions.accept_action, action_id, is_taken=not action.is_taken)

    def _carry(self, action_id: ActionId, text: str) -> None:
        note, _bar, words = text.partition("|")
        due = parse_date(words, self.session.meeting.date, self.services.due_date)
        self.step(actions.keep_action_open, action_id, note, due)

    def _ask(
        self,
        action_id: ActionId,
        command: str,
        question: str,
        submit: Callable[[str], object],
        *,
        is_required: bool = True,
    ) -> None:
        action = self.session.meeting.action(action_id)
        if action is None:
            return
        if not action.is_open:
            notify_error(self, RuleError(N_("{id} is already closed."), id=action_id))
            return
        form = f"{command}:{action_id}"
        self.app.push_screen(
            TextEntry(
                f"{action.id} {action.title}",
                question=question,
                is_required=is_required,
                submit=submit,
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _edit(self, action: ActionItem, *, is_new: bool, form: str) -> None:
        rule = actions.add_action if is_new else actions.change_action
        meeting = self.session.meeting
        if action.due is None and action.id not in meeting.carried_actions:
            action = replace(action, due=meeting.date + DEFAULT_TERM)

        def submit(edited: ActionItem) -> None:
            left = self.step(rule, edited)
            saved = left.actions[-1] if is_new else left.action(action.id)
            if saved is not None and find_action_bypass(left, saved):
                self.call_later(self.settle_bypass, saved.id)

        self.app.push_screen(
            ActionEditor(
                action,
                is_new=is_new,
                people=meeting.agenda.people,
                on_day=meeting.date,
                due_date=self.services.due_date,
                submit=submit,
                links=link_options(meeting, action, current_language()),
                days=meeting.agenda.working_days,
                about=linked_kpi(meeting, action, current_language()),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )
