"""Redaction: copies of a meeting without the words of what is sensitive."""

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, Item, ItemId
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.entry import Entry, EntryT
from facilitator.domain.errors import N_
from facilitator.domain.focus import FocusReview
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import ItemProgress, Meeting
from facilitator.domain.note import ParkedTopic

REDACTED_TEXT = N_("(sensitive, not shown in this copy)")
"""Stands for the words of what is sensitive; translated into the language of the copy."""


def sensitive_ids(meeting: Meeting) -> frozenset[str]:
    """Return the ids of all entries that are sensitive: what was marked, and what belongs to it.

    To an agenda item belong its notes and its parked topic; to a decision its action items, and
    to these their parts. A note or a risk is as sensitive as what it became, and the reverse.
    """
    items = {each.item.id for each in meeting.items if each.item.is_sensitive}
    entries = meeting.entries
    found = {each.id for each in entries if each.is_sensitive or each.item_id in items}
    while found:
        more = {e.made for e in entries if e.made and e.id in found}
        more |= {e.id for e in entries if e.made in found or not found.isdisjoint(e.parents)}
        if more <= found:
            break
        found |= more
    return frozenset(found)


def contains_sensitive(meeting: Meeting) -> bool:
    """Whether a redacted copy leaves anything out."""
    agenda = meeting.agenda
    return (
        any(each.is_sensitive for each in agenda.items)
        or any(each.is_sensitive for each in agenda.decisions)
        or bool(sensitive_ids(meeting))
        or any(contains_sensitive(each.meeting) for each in meeting.versions)
    )


def is_markable(entry: Entry) -> bool:
    """Whether an entry has a mark of its own; incidents have none."""
    return "is_sensitive" in entry.__struct_fields__


def mark_as_prepared(carried: CarryOver, agenda: Agenda) -> CarryOver:
    """Return what was carried over; decisions that the agenda marks as sensitive are marked."""
    questions = {each.question for each in agenda.decisions if each.is_sensitive}
    decisions = (
        replace(each, is_sensitive=True) if each.question in questions else each
        for each in carried.decisions
    )
    return replace(carried, decisions=tuple(decisions))


def mark_entries(meeting: Meeting, ids: Collection[str], *, is_sensitive: bool) -> Meeting:
    """Return the meeting with the mark set on the entries with these ids, or removed."""
    return meeting.map_entries(
        lambda each: (
            replace(each, is_sensitive=is_sensitive)  # type: ignore[call-arg]
            if each.id in ids and is_markable(each)
            else each
        )
    )


def mark_sensitive_entries(meeting: Meeting) -> Meeting:
    """Return the meeting with the mark on all that is sensitive, for whatever reason."""
    ids = sensitive_ids(meeting)
    return mark_entries(meeting, ids, is_sensitive=True) if ids else meeting


def redact(meeting: Meeting, placeholder: str) -> Meeting:
    """Return a copy of the meeting with `placeholder` in the place of sensitive words.

    Open points of something sensitive that were accepted as they are quote it, and are left out.
    Of an earlier version the same is left out as of the last, and what was sensitive then.
    """
    if not contains_sensitive(meeting):
        return meeting
    ids = sensitive_ids(meeting)
    versions = (
        replace(
            each,
            meeting=_redact_version(each.meeting, ids | sensitive_ids(each.meeting), placeholder),
        )
        for each in meeting.versions
    )
    return replace(_redact_version(meeting, ids, placeholder), versions=tuple(versions))


def _redact_version(meeting: Meeting, ids: frozenset[str], placeholder: str) -> Meeting:
    hidden = [each.item for each in meeting.items if each.item.is_sensitive]
    copy = Redactor(
        ids=ids,
        items=frozenset(each.id for each in hidden),
        words=frozenset(each.title for each in hidden)
        | {each.text for each in meeting.topics if each.id in ids},
        placeholder=placeholder,
    )
    return replace(
        meeting.map_entries(copy.entry),
        agenda=copy.agenda(meeting.agenda),
        items=tuple(map(copy.progress, meeting.items)),
        carried=tuple(map(copy.entry, meeting.carried)),
        lost_times=tuple(map(copy.lost_time, meeting.lost_times)),
        focus_reviews=tuple(map(copy.focus_review, meeting.focus_reviews)),
        answers=tuple(map(copy.answer, meeting.answers)),
        accepted=tuple(
            each for each in meeting.accepted if not copy.is_about_sensitive(each.subject)
        ),
        withdrawn=tuple(
            replace(each, ruling=each.ruling.redacted(placeholder))
            if each.decision_id in ids
            else each
            for each in meeting.withdrawn
        ),
        overruled=tuple(
            replace(each, evidence="") if each.action_id in ids else each
            for each in meeting.overruled
        ),
        drafts=(),
        versions=(),
    )


class Redactor(Struct, frozen=True):
    """Copies each part of a meeting without the words of what is sensitive."""

    ids: frozenset[str]
    """What is sensitive, besides items."""
    items: frozenset[ItemId]
    words: frozenset[str]
    """Titles of those items, texts of topics: other things quote them."""
    placeholder: str

    def agenda(self, agenda: Agenda) -> Agenda:
        """Return what was prepared, without the words of sensitive items and decisions."""
        items = tuple(map(self.item, agenda.items))
        decisions = tuple(
            each.redacted(self.placeholder) if each.is_sensitive else each
            for each in agenda.decisions
        )
        return replace(agenda, items=items, decisions=decisions)

    def item(self, item: Item) -> Item:
        """Return an item; a sensitive one keeps its place and its time."""
        return replace(item, title=self.placeholder, question="") if item.is_sensitive else item

    def progress(self, progress: ItemProgress) -> ItemProgress:
        """Return what became of an item; a sensitive one keeps its time."""
        if not progress.item.is_sensitive:
            return progress
        return replace(progress, item=self.item(progress.item), reason="")

    def entry(self, entry: EntryT) -> EntryT:
        """Return an entry as it is, or without its words where it is sensitive."""
        if entry.id in self.ids:
            return entry.redacted(self.placeholder)
        if isinstance(entry, ParkedTopic) and entry.during in self.words:
            return replace(entry, during="")
        return entry

    def lost_time(self, lost: LostTime) -> LostTime:
        """Return how much time was lost, without a topic or an item that is sensitive."""
        is_sensitive = lost.item_id in self.items or lost.about in self.words
        return replace(lost, about="") if is_sensitive else lost

    def focus_review(self, review: FocusReview) -> FocusReview:
        """Return what was kept, parked and dropped; all that was dropped has one reason."""
        if self.ids.isdisjoint(review.killed):
            return review
        return replace(review, reason=self.placeholder)

    def answer(self, answer: KpiAnswer) -> KpiAnswer:
        """Return an answer; one with a sensitive action item keeps only its verdict and that id."""
        if answer.action not in self.ids:
            return answer
        return KpiAnswer(
            kpi=answer.kpi,
            marketplace=answer.marketplace,
            verdict=answer.verdict,
            action=answer.action,
        )

    def is_about_sensitive(self, subject: str) -> bool:
        """Whether the key of an open point names something sensitive."""
        kind, _colon, rest = subject.partition(":")
        named = rest.partition(":")[0]
        return named in (self.items if kind == "item" else self.ids)
