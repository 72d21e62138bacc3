"""The action items of a meeting, as the lines of their table."""

from facilitator.domain.action import ActionItem, ActionStatus
from facilitator.domain.approval import find_action_bypass
from facilitator.domain.meeting import Meeting
from facilitator.render.kpi_answers import linked_kpi
from facilitator.render.language import _, current_language, day_off_text
from facilitator.tui.widgets.action_table import ActionLine


def action_line(meeting: Meeting, action: ActionItem) -> ActionLine:
    """The line of an action item."""
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
    return ActionLine(
        action_id=action.id,
        title=action.title,
        status=action.status,
        detail=" · ".join(parts),
        flag=_flag(meeting, action),
        is_overdue=action.is_overdue(meeting.date),
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
        flags.append(_("meeting no. {count}").format(count=action.carried + 1))
        if action.needs_ruling:
            flags.append(_("to be ruled"))
        elif action.id not in meeting.reviewed:
            flags.append(_("to review"))
    return " · ".join(flags)
