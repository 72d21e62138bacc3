"""What one version of a meeting says differently from the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.meeting import Meeting


class Edit(StrEnum):
    """How a thing changed."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_AWAY = "taken_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is told differently now."""

    subject: str
    """What it is, as a sentence for the catalogs."""
    edit: Edit
    id: str = ""
    """`D3`; empty for what a meeting has only one of."""
    text: str = ""
    """Its words as they are now, or as they were before they were taken away."""
    aspects: tuple[str, ...] = ()
    """What of it changed, likewise."""


_LISTS = (
    ("decisions", N_("Decision"), "question"),
    ("actions", N_("Action item"), "title"),
    ("risks", N_("Risk"), "text"),
    ("topics", N_("Parked topic"), "text"),
    ("notes", N_("Note"), "text"),
    ("incidents", N_("Incident"), "phenomenon"),
)
"""Entries with an id of their own: where they are, what they are, what says so."""
_WHOLES = (
    ("focus", N_("Answer to the opening question")),
    ("absent", N_("Attendance")),
    ("unread", N_("Who had read the papers")),
    ("signed", N_("Who knows of no problem")),
    ("ratings", N_("Ratings")),
    ("waste", N_("Minutes lost")),
    ("definitions", N_("Agreed definitions")),
    ("occasions", N_("Marked weeks")),
    ("focus_reviews", N_("What no longer serves the focus")),
    ("accepted", N_("Accepted as it is")),
)
"""What is told as a whole."""
_ASPECTS = {
    "title": N_("wording"),
    "question": N_("wording"),
    "text": N_("wording"),
    "options": N_("options"),
    "ruling": N_("ruling"),
    "decider": N_("decider"),
    "stances": N_("stances"),
    "owner": N_("owner"),
    "due": N_("due date"),
    "criterion": N_("acceptance criterion"),
    "status": N_("state"),
    "state": N_("state"),
    "evidence": N_("evidence"),
    "solution": N_("proposed solution"),
    "became": N_("what became of it"),
    "review": N_("review"),
}
_OTHER = N_("details")


def changes(before: Meeting, after: Meeting) -> tuple[Change, ...]:
    """Everything written that `after` tells differently from `before`, by subject and place."""
    return tuple(_changes(before, after))


def _changes(before: Meeting, after: Meeting) -> Iterator[Change]:
    for name, subject, words in _LISTS:
        old = {each.id: each for each in getattr(before, name)}
        new = {each.id: each for each in getattr(after, name)}
        yield from _of_list(subject, words, old, new)
    answered = {(each.kpi, each.marketplace): each for each in before.answers}
    answers = {(each.kpi, each.marketplace): each for each in after.answers}
    for key in {**answered, **answers}:
        edit = _edit(answered.get(key), answers.get(key))
        if edit is not None:
            kpi, marketplace = key
            place = "" if marketplace == ALL else marketplace
            yield Change(subject=N_("Answer for"), edit=edit, id=kpi, text=place)
    for progress in after.items:
        held = before.item(progress.item.id)
        if held is not None and held.state is not progress.state:
            yield Change(
                subject=N_("Agenda item"),
                edit=Edit.CHANGED,
                text=progress.item.title,
                aspects=(N_("state"),),
            )
    for name, subject in _WHOLES:
        edit = _edit(getattr(before, name) or None, getattr(after, name) or None)
        if edit is not None:
            yield Change(subject=subject, edit=edit)


def _of_list(
    subject: str, words: str, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[Change]:
    for entry_id in {**old, **new}:
        was, now = old.get(entry_id), new.get(entry_id)
        edit = _edit(was, now)
        if edit is not None:
            yield Change(
                subject=subject,
                edit=edit,
                id=entry_id,
                text=getattr(now or was, words),
                aspects=_aspects(was, now) if edit is Edit.CHANGED else (),
            )


def _edit(was: object, now: object) -> Edit | None:
    if was == now:
        return None
    if was is None:
        return Edit.ADDED
    return Edit.TAKEN_AWAY if now is None else Edit.CHANGED


def _aspects(was: Any, now: Any) -> tuple[str, ...]:
    names = [each.name for each in fields(now)]
    differ = [name for name in names if getattr(was, name) != getattr(now, name)]
    named = dict.fromkeys(_ASPECTS[name] for name in differ if name in _ASPECTS)
    return tuple(named) or (_OTHER,)
