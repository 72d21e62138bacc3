"""The action items: a task list for each owner, one line a promise."""

from collections.abc import Iterator
from datetime import date

from facilitator.domain.action import ActionItem, ActionStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline
from facilitator.render.sections.names import kpi_link, person_name

_ORDER = (ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.DROPPED)


def actions(meeting: Meeting, language: Language) -> str:
    """Every action item under its owner, those of nobody last; “None” where there are none."""
    _ = language.gettext
    blocks = ["## " + _("Action items")]
    for owner in _owners(meeting):
        theirs = sorted((each for each in meeting.actions if each.owner == owner), key=_urgency)
        blocks.append(f"### {_owner(meeting, owner, language)}")
        blocks.append("\n".join(_action(meeting, each, language) for each in theirs))
    return "\n\n".join(blocks if len(blocks) > 1 else (*blocks, _("None")))


def _owners(meeting: Meeting) -> list[PersonId | None]:
    """In the order of the agenda's people, then those no longer invited, then nobody."""
    places = {person.id: place for place, person in enumerate(meeting.agenda.people)}
    return sorted(
        dict.fromkeys(each.owner for each in meeting.actions),
        key=lambda owner: (owner is None, places.get(owner, len(places)) if owner else 0),
    )


def _urgency(action: ActionItem) -> tuple[int, date]:
    return _ORDER.index(action.status), action.due or date.max


def _owner(meeting: Meeting, owner: PersonId | None, language: Language) -> str:
    if owner is None:
        return language.gettext("Without an owner")
    person = meeting.person(owner)
    name = person_name(meeting, owner)
    return f"{name} · {heading(person.department)}" if person and person.department else name


def _action(meeting: Meeting, action: ActionItem, language: Language) -> str:
    box = " " if action.is_open else "x"
    parts = [f"- [{box}] **{inline(action.id)}** {inline(action.title)}"]
    if not action.is_open:
        parts += _result(action, language)
    parts += _promise(meeting, action, language)
    if action.decision:
        parts.append(language.gettext("from {decision}").format(decision=inline(action.decision)))
    if link := kpi_link(meeting, action, language):
        parts.append(link)
    if action.review_note:
        note = language.gettext("review: {note}").format(note=inline(action.review_note))
        parts.append(note)
    return " · ".join(parts)


def _promise(meeting: Meeting, action: ActionItem, language: Language) -> Iterator[str]:
    _ = language.gettext
    if action.due is None:
        yield _("no due date")
    else:
        yield _("due {day}").format(day=language.day(action.due))
        if action.is_overdue(meeting.date):
            yield _("**overdue**")
        if action.first_due and action.first_due != action.due:
            yield _("first promised for {day}").format(day=language.day(action.first_due))
    if action.criterion:
        yield _("done when: {criterion}").format(criterion=inline(action.criterion))
    if action.carried:
        yield _("carried over {count}×").format(count=action.carried)


def _result(action: ActionItem, language: Language) -> Iterator[str]:
    _ = language.gettext
    is_done = action.status is ActionStatus.DONE
    if action.evidence:
        text = _("done: {evidence}") if is_done else _("dropped: {evidence}")
        yield text.format(evidence=inline(action.evidence))
    else:
        yield _("done") if is_done else _("dropped")
