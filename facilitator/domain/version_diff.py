"""Differences between two versions of a meeting."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import fields

from facilitator.domain.entry import Entry
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.meeting import Meeting


class ChangeKind(StrEnum):
    """How something changed."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_AWAY = "taken_away"


class VersionChange(Struct, frozen=True, kw_only=True):
    """One thing that differs between two versions."""

    subject: str
    """What it is, as a sentence for the catalogs."""
    edit: ChangeKind
    id: str = ""
    """`D3`; empty for what a meeting has only one of."""
    text: str = ""
    """Its words as they are now, or as they were before they were taken away."""
    aspects: tuple[str, ...] = ()
    """What of it changed, likewise."""


_WHOLE_FIELDS = (
    ("focus", N_("Answer to the opening question")),
    ("absent", N_("Attendance")),
    ("unread", N_("Who had done the pre-read")),
    ("signed", N_("Who signed off “no known problem”")),
    ("ratings", N_("Ratings")),
    ("lost_times", N_("Minutes lost")),
    ("definitions", N_("Agreed definitions")),
    ("occasions", N_("Marked weeks")),
    ("focus_reviews", N_("What no longer fits the focus")),
    ("accepted", N_("Left open, with reasons")),
)
"""Fields of a meeting that are compared as a whole."""
_ASPECT_NAMES = {
    "title": N_("wording"),
    "question": N_("wording"),
    "text": N_("wording"),
    "options": N_("options"),
    "ruling": N_("decision"),
    "decider": N_("decider"),
    "stances": N_("positions"),
    "owner": N_("owner"),
    "due": N_("due date"),
    "criterion": N_("acceptance criterion"),
    "status": N_("state"),
    "state": N_("state"),
    "evidence": N_("evidence"),
    "solution": N_("proposed solution"),
    "became": N_("result"),
    "review": N_("review"),
}
_OTHER_ASPECT = N_("details")


def diff_versions(before: Meeting, after: Meeting) -> tuple[VersionChange, ...]:
    """Return all that differs between two versions, by subject and in the order of `after`."""
    return tuple(_diff(before, after))


def _diff(before: Meeting, after: Meeting) -> Iterator[VersionChange]:
    for kind in ENTRY_TYPES:
        old = {each.id: each for each in before.entries_of(kind)}
        new = {each.id: each for each in after.entries_of(kind)}
        yield from _diff_entries(old, new)
    answered = {(each.kpi, each.marketplace): each for each in before.answers}
    answers = {(each.kpi, each.marketplace): each for each in after.answers}
    for key in {**answered, **answers}:
        edit = _change_kind(answered.get(key), answers.get(key))
        if edit is not None:
            kpi, marketplace = key
            place = "" if marketplace == ALL else marketplace
            yield VersionChange(subject=N_("Answer for"), edit=edit, id=kpi, text=place)
    for progress in after.items:
        held = before.item(progress.item.id)
        if held is not None and held.state is not progress.state:
            yield VersionChange(
                subject=N_("Agenda item"),
                edit=ChangeKind.CHANGED,
                text=progress.item.title,
                aspects=(N_("state"),),
            )
    for name, subject in _WHOLE_FIELDS:
        edit = _change_kind(getattr(before, name) or None, getattr(after, name) or None)
        if edit is not None:
            yield VersionChange(subject=subject, edit=edit)


def _diff_entries(old: dict[str, Entry], new: dict[str, Entry]) -> Iterator[VersionChange]:
    for entry_id, entry in {**old, **new}.items():
        was, now = old.get(entry_id), new.get(entry_id)
        edit = _change_kind(was, now)
        if edit is not None:
            yield VersionChange(
                subject=entry.title_name,
                edit=edit,
                id=entry_id,
                text=entry.text,
                aspects=changed_aspects(was, now) if was and now else (),
            )


def _change_kind(was: object, now: object) -> ChangeKind | None:
    if was == now:
        return None
    if was is None:
        return ChangeKind.ADDED
    return ChangeKind.TAKEN_AWAY if now is None else ChangeKind.CHANGED


def changed_aspects(was: Entry, now: Entry) -> tuple[str, ...]:
    """Return what differs between two states of an entry, as sentences for the catalogs."""
    names = [each.name for each in fields(now)]
    differ = [name for name in names if getattr(was, name) != getattr(now, name)]
    named = dict.fromkeys(_ASPECT_NAMES[name] for name in differ if name in _ASPECT_NAMES)
    return tuple(named) or (_OTHER_ASPECT,)
