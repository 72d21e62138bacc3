"""Minutes section: action items, as a task list by department."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from facilitator.domain.action import DONE_WITHOUT_EVIDENCE, ActionItem, ActionStatus, Recourse
from facilitator.domain.approval import find_action_bypass
from facilitator.domain.carry_over import OverruledClose
from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.text import one_line
from facilitator.render.decision import bypass_line
from facilitator.render.language import Language, day_off_text
from facilitator.render.markdown import inline
from facilitator.render.sections.labels import kpi_link, person_label

_CLOSED_ORDER = (ActionStatus.DONE, ActionStatus.DROPPED)
"""The order of closed action items; they follow the open ones."""
_RULING_TEXTS = {
    Recourse.KILL: N_("killed: {reason}"),
    Recourse.SPLIT: N_("split into {parts}: {reason}"),
    Recourse.HAND_OVER: N_("handed over: {reason}"),
    Recourse.NEW_DATE: N_("given a new date: {reason}"),
}


def owner_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the open action items of each owner in a line, those due first in front."""
    _ = language.gettext
    for owner in _owners(meeting, meeting.open_actions):
        actions = sorted((e for e in meeting.open_actions if e.owner == owner), key=_sort_key)
        texts = (_title_and_due(meeting, each, language) for each in actions)
        name = person_label(meeting, owner) if owner else _("Without an owner")
        yield _("**{name}:** {text}").format(name=name, text=" · ".join(texts))


def action_items(meeting: Meeting, language: Language) -> str:
    """Return by department what is recorded of action items, the closed ones with their result.

    The titles and due dates of open ones are in the summary.
    """
    lines = []
    departments = _by_department(meeting)
    for department, actions in departments:
        texts = [text for each in actions if (text := _action_text(meeting, each, language))]
        indent = ""
        if len(departments) > 1 and texts:
            name = inline(department) if department else language.gettext("No department")
            lines.append(f"- **{name}** · {_counts(meeting, actions, language)}")
            indent = "  "
        lines += (f"{indent}- {text}" for text in texts)
    return "## " + language.gettext("Action items") + "\n\n" + "\n".join(lines) if lines else ""


def _by_department(meeting: Meeting) -> list[tuple[str, list[ActionItem]]]:
    """Return the departments with their action items, by owner; "" comes last."""
    departments: dict[str, list[ActionItem]] = {}
    for owner in _owners(meeting, meeting.actions):
        person = meeting.person(owner)
        department = one_line(person.department) if person else ""
        actions = sorted((each for each in meeting.actions if each.owner == owner), key=_sort_key)
        departments.setdefault(department, []).extend(actions)
    return sorted(departments.items(), key=lambda each: not each[0])


def _counts(meeting: Meeting, actions: Sequence[ActionItem], language: Language) -> str:
    """Return how many action items are open, overdue and closed: `3 open, 1 overdue`."""
    _ = language.gettext
    open_actions = [each for each in actions if each.is_open]
    counts = (
        (_("{count} open"), len(open_actions)),
        (_("{count} overdue"), sum(each.is_overdue(meeting.date) for each in open_actions)),
        (_("{count} closed"), len(actions) - len(open_actions)),
    )
    return language.join_clauses(text.format(count=count) for text, count in counts if count)


def _owners(meeting: Meeting, actions: Iterable[ActionItem]) -> list[PersonId | None]:
    """Return the owners in the order of the agenda, then those not invited, then None."""
    positions = {person.id: place for place, person in enumerate(meeting.agenda.people)}
    return sorted(
        dict.fromkeys(each.owner for each in actions),
        key=lambda owner: (owner is None, positions.get(owner, len(positions)) if owner else 0),
    )


def _sort_key(action: ActionItem) -> tuple[int, date]:
    place = 0 if action.is_open else 1 + _CLOSED_ORDER.index(action.status)
    return place, action.due or date.max


def _title_and_due(meeting: Meeting, action: ActionItem, language: Language) -> str:
    title = f"{inline(action.id)} {inline(action.title)}"
    return language.join_clauses((title, *_due_parts(meeting, action, language)))


def _due_parts(meeting: Meeting, action: ActionItem, language: Language) -> Iterator[str]:
    """Yield when an open action item is due, that it is overdue, and that nobody works then."""
    _ = language.gettext
    if action.due is None:
        yield _("no due date")
        return
    day = language.day(action.due)
    if action.is_overdue(meeting.date):
        yield _("**overdue** since {day}").format(day=day)
    else:
        yield _("due {day}").format(day=day)
    if off := day_off_text(meeting.agenda.working_days, action.due, language):
        yield inline(off)


def _action_text(meeting: Meeting, action: ActionItem, language: Language) -> str:
    """Return what is recorded of an action item; empty for an open one if there is nothing."""
    owner = person_label(meeting, action.owner) if action.owner else ""
    parts = [*_progress_parts(meeting, action, language)]
    if not action.is_open and not action.is_given_up_by_ruling:
        parts.append(_result(action, language))
    parts += _origin_parts(meeting, action, language)
    if action.is_open:
        text = " · ".join(filter(None, (owner, *parts))) if parts else ""
    else:
        text = " · ".join(filter(None, (inline(action.title), owner, *parts)))
    box = " " if action.is_open else "x"
    return f"[{box}] **{inline(action.id)}** {text}" if text else ""


def _origin_parts(meeting: Meeting, action: ActionItem, language: Language) -> Iterator[str]:
    """Yield how an action item is accepted, where it comes from, and how long it has been open."""
    _ = language.gettext
    if action.criterion and action.is_open:
        yield _("done when: {criterion}").format(criterion=inline(action.criterion))
    for each in meeting.overruled:
        if each.action_id == action.id:
            yield _overruled_text(meeting, each, language)
    if action.review_note:
        yield _("review: {note}").format(note=inline(action.review_note))
    if action.decision:
        yield _("from {decision}").format(decision=inline(action.decision))
    if link := kpi_link(meeting, action, language):
        yield link
    if action.due and action.first_due and action.first_due != action.due:
        yield _("originally due {day}").format(day=language.day(action.first_due))
    if action.carried and action.is_open:
        yield _("carried over {count}×").format(count=action.carried)


def _overruled_text(meeting: Meeting, close: OverruledClose, language: Language) -> str:
    """Return who had reported an action item done, although the meeting before said otherwise."""
    text = N_("reported done {day} by {name}, but the meeting before said otherwise")
    if close.evidence:
        text = N_(
            "reported done {day} by {name} ({evidence}), but the meeting before said otherwise"
        )
    return language.gettext(text).format(
        day=language.day(meeting.agenda.day_of(close.at)),
        name=inline(close.by or "–"),
        evidence=inline(close.evidence),
    )


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


def _result(action: ActionItem, language: Language) -> str:
    _ = language.gettext
    is_done = action.status is ActionStatus.DONE
    if action.evidence:
        text = _("done: {evidence}") if is_done else _("dropped: {evidence}")
        return text.format(evidence=inline(action.evidence))
    return f"**{_(DONE_WITHOUT_EVIDENCE)}**" if is_done else _("dropped")
