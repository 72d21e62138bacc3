"""Minutes section: action items, as a task list for each owner."""

from collections.abc import Iterator, Sequence
from datetime import date

from facilitator.domain.action import ActionItem, ActionStatus, Recourse
from facilitator.domain.approval import find_action_bypass
from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.text import one_line
from facilitator.render.decision import bypass_line
from facilitator.render.language import Language, day_off_text
from facilitator.render.markdown import heading, inline, table
from facilitator.render.sections.labels import kpi_link, person_label

_CLOSED_ORDER = (ActionStatus.DONE, ActionStatus.DROPPED)
"""The order of closed action items; they follow the open ones."""
_RULING_TEXTS = {
    Recourse.KILL: N_("killed: {reason}"),
    Recourse.SPLIT: N_("split into {parts}: {reason}"),
    Recourse.HAND_OVER: N_("handed over: {reason}"),
    Recourse.NEW_DATE: N_("given a new date: {reason}"),
}


def action_items(meeting: Meeting, language: Language) -> str:
    """Return all action items by owner, then those not accepted by their owner."""
    _ = language.gettext
    blocks = ["## " + _("Action items")]
    if meeting.carried_actions:
        blocks.append(_review_line(meeting, language))
    if departments := _department_table(meeting, language):
        blocks.append(departments)
    for owner in _owners(meeting):
        actions = sorted((each for each in meeting.actions if each.owner == owner), key=_sort_key)
        blocks.append(f"### {_owner_heading(meeting, owner, language)}")
        blocks.append("\n".join(_action_line(meeting, each, language) for each in actions))
    if waiting := _not_accepted_line(meeting, language):
        blocks.append(waiting)
    return "\n\n".join(blocks if len(blocks) > 1 else (*blocks, _("None")))


def _review_line(meeting: Meeting, language: Language) -> str:
    """Return in one line what became of the action items of earlier meetings."""
    earlier = [each for each in meeting.actions if each.id in meeting.carried_actions]
    closed = [each.status for each in earlier if not each.is_open]
    reviewed = sum(each.is_open and each.id in meeting.reviewed for each in earlier)
    return language.gettext(
        "From earlier meetings: {done} done, {dropped} dropped, {carried} carried over, {left} "
        "not reviewed."
    ).format(
        done=closed.count(ActionStatus.DONE),
        dropped=closed.count(ActionStatus.DROPPED),
        carried=reviewed,
        left=len(earlier) - len(closed) - reviewed,
    )


def _department_table(meeting: Meeting, language: Language) -> str:
    """Return the action items by department; empty for fewer than two departments."""
    _ = language.gettext
    by_department: dict[str, list[ActionItem]] = {}
    for owner in _owners(meeting):
        person = meeting.person(owner)
        department = one_line(person.department) if person else ""
        actions = (each for each in meeting.actions if each.owner == owner)
        by_department.setdefault(department, []).extend(actions)
    without_department = by_department.pop("", [])
    if len(by_department) < 2:
        return ""
    rows = [
        _department_row(inline(name), actions, meeting) for name, actions in by_department.items()
    ]
    if without_department:
        rows.append(_department_row(_("Other"), without_department, meeting))
    head = (_("Department"), _("Open"), _("Overdue"), _("Closed"))
    return table(head, rows, right=(1, 2, 3))


def _department_row(name: str, actions: Sequence[ActionItem], meeting: Meeting) -> tuple[str, ...]:
    open_count = sum(each.is_open for each in actions)
    overdue = sum(each.is_overdue(meeting.date) for each in actions)
    return name, str(open_count), str(overdue), str(len(actions) - open_count)


def _not_accepted_line(meeting: Meeting, language: Language) -> str:
    """Return the owners who did not accept; empty before the read-back has begun."""
    is_read_back = meeting.is_closed or any(each.is_taken for each in meeting.open_actions)
    waiting: dict[PersonId, list[str]] = {}
    for each in meeting.open_actions:
        if is_read_back and each.owner is not None and not each.is_taken:
            waiting.setdefault(each.owner, []).append(inline(each.id))
    _ = language.gettext
    names = " · ".join(
        _("{text} ({about})").format(text=person_label(meeting, owner), about=_(", ").join(ids))
        for owner, ids in waiting.items()
    )
    return _("**Not yet confirmed by the owner:** {who}").format(who=names) if names else ""


def _owners(meeting: Meeting) -> list[PersonId | None]:
    """Return the owners in the order of the agenda, then those not invited, then None."""
    positions = {person.id: place for place, person in enumerate(meeting.agenda.people)}
    return sorted(
        dict.fromkeys(each.owner for each in meeting.actions),
        key=lambda owner: (owner is None, positions.get(owner, len(positions)) if owner else 0),
    )


def _sort_key(action: ActionItem) -> tuple[int, date]:
    place = 0 if action.is_open else 1 + _CLOSED_ORDER.index(action.status)
    return place, action.due or date.max


def _owner_heading(meeting: Meeting, owner: PersonId | None, language: Language) -> str:
    if owner is None:
        return language.gettext("Without an owner")
    person = meeting.person(owner)
    name = person_label(meeting, owner)
    return f"{name} · {heading(person.department)}" if person and person.department else name


def _action_line(meeting: Meeting, action: ActionItem, language: Language) -> str:
    box = " " if action.is_open else "x"
    parts = [f"- [{box}] **{inline(action.id)}** {inline(action.title)}"]
    due, progress = (
        _due_parts(meeting, action, language),
        _progress_parts(meeting, action, language),
    )
    if action.is_open:
        parts += [*due, *progress]
    else:
        result = () if action.is_given_up_by_ruling else _result_parts(action, language)
        parts += [*progress, *result, *due]
    if action.decision:
        parts.append(language.gettext("from {decision}").format(decision=inline(action.decision)))
    if link := kpi_link(meeting, action, language):
        parts.append(link)
    if action.review_note:
        note = language.gettext("review: {note}").format(note=inline(action.review_note))
        parts.append(note)
    return " · ".join(parts)


def _progress_parts(meeting: Meeting, action: ActionItem, language: Language) -> Iterator[str]:
    """Yield the progress of an action item, its bypass, and the decider's ruling."""
    _ = language.gettext
    if passed := find_action_bypass(meeting, action):
        yield f"**{inline(bypass_line(passed, language))}**"
    elif action.shortcut_reason:
        reason = inline(action.shortcut_reason)
        yield _("Supervisor bypassed (越级), accepted: {reason}").format(reason=reason)
    if action.status is ActionStatus.IN_PROGRESS:
        yield _("in progress")
    if action.status is ActionStatus.BLOCKED:
        yield _("**blocked** by {what}").format(what=inline(action.blocked_by))
    if action.ruling:
        parts = (each.id for each in meeting.actions if each.split_from == action.id)
        yield _(_RULING_TEXTS[action.ruling.recourse]).format(
            parts=_(", ").join(map(inline, parts)), reason=inline(action.ruling.reason)
        )


def _due_parts(meeting: Meeting, action: ActionItem, language: Language) -> Iterator[str]:
    _ = language.gettext
    if action.due is None:
        yield _("no due date")
    else:
        due = _("due {day}").format(day=language.day(action.due))
        days = meeting.agenda.working_days
        off = day_off_text(days, action.due, language) if action.is_open else ""
        yield _("{text} ({about})").format(text=due, about=inline(off)) if off else due
        if action.is_overdue(meeting.date):
            yield _("**overdue**")
        if action.first_due and action.first_due != action.due:
            yield _("originally due {day}").format(day=language.day(action.first_due))
    if action.criterion:
        yield _("done when: {criterion}").format(criterion=inline(action.criterion))
    if action.carried:
        yield _("carried over {count}×").format(count=action.carried)


def _result_parts(action: ActionItem, language: Language) -> Iterator[str]:
    _ = language.gettext
    is_done = action.status is ActionStatus.DONE
    if action.evidence:
        text = _("done: {evidence}") if is_done else _("dropped: {evidence}")
        yield text.format(evidence=inline(action.evidence))
    else:
        yield _("done") if is_done else _("dropped")
