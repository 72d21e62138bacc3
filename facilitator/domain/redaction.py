"""Redaction: copies of a meeting without the words of what is sensitive."""

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemId
from facilitator.domain.decision import Decision, Ruling
from facilitator.domain.errors import N_
from facilitator.domain.focus import FocusReview
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import ItemProgress, Meeting
from facilitator.domain.note import Note, ParkedTopic
from facilitator.domain.risk import Risk

MarkableEntry = Decision | ActionItem | Note | ParkedTopic | Risk
"""What can be marked in a meeting; items are marked in the agenda."""

REDACTED_TEXT = N_("(sensitive: left out of this copy)")
"""Stands for the words of what is sensitive; told in the language of the copy."""
SENSITIVE_MARK = N_("[S]")
"""Marks what is sensitive in lists, by the key that does so: a sign that needs no colour."""


def sensitive_ids(meeting: Meeting) -> frozenset[str]:
    """The ids of all that is sensitive: what was marked, and what belongs to it.

    To an item belong its notes and the topic that it was put off as; to a question its action
    items with their parts. It is as sensitive as the risk that raised it, a note as what it became.
    """
    items = {each.item.id for each in meeting.items if each.item.is_sensitive}
    notes = [each for each in meeting.notes if each.is_sensitive or each.item_id in items]
    found: set[str] = {each.id for each in notes} | {each.became for each in notes if each.became}
    found |= {each.id for each in meeting.topics if each.is_sensitive or each.item_id in items}
    found |= {each.id for each in meeting.decisions if each.is_sensitive}
    found |= {each.decision for each in meeting.risks if each.is_sensitive and each.decision}
    for action in meeting.actions:
        if action.is_sensitive or found & {action.decision, action.split_from}:
            found.add(action.id)
    found |= {each.id for each in meeting.risks if each.is_sensitive or each.decision in found}
    found |= {each.id for each in meeting.notes if each.became in found}
    return frozenset(found)


def contains_sensitive(meeting: Meeting) -> bool:
    """Whether a copy that is sent leaves anything out."""
    agenda = meeting.agenda
    return (
        any(each.is_sensitive for each in agenda.items)
        or any(each.is_sensitive for each in agenda.decisions)
        or bool(sensitive_ids(meeting))
        or any(contains_sensitive(each.meeting) for each in meeting.versions)
    )


def mark_as_prepared(carried: tuple[Decision, ...], agenda: Agenda) -> tuple[Decision, ...]:
    """Questions that came back, marked where the agenda of today has them as sensitive."""
    questions = {each.question for each in agenda.decisions if each.is_sensitive}
    return tuple(
        replace(each, is_sensitive=True) if each.question in questions else each for each in carried
    )


def mark_sensitive_entries(meeting: Meeting) -> Meeting:
    """The meeting with the mark on all that is sensitive, for whatever reason."""
    ids = sensitive_ids(meeting)
    if not ids:
        return meeting
    return replace(
        meeting,
        decisions=tuple(replace(e, is_sensitive=e.id in ids) for e in meeting.decisions),
        actions=tuple(replace(e, is_sensitive=e.id in ids) for e in meeting.actions),
        notes=tuple(replace(e, is_sensitive=e.id in ids) for e in meeting.notes),
        topics=tuple(replace(e, is_sensitive=e.id in ids) for e in meeting.topics),
        risks=tuple(replace(e, is_sensitive=e.id in ids) for e in meeting.risks),
    )


def redact(meeting: Meeting, placeholder: str) -> Meeting:
    """The meeting as a copy may tell of it, with `placeholder` for the words that it leaves out.

    What was accepted as it is, of something sensitive, is left out as a whole: it quotes.
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
    copy = _Redactor(
        ids=ids,
        items=frozenset(each.id for each in hidden),
        words=frozenset(each.title for each in hidden)
        | {each.text for each in meeting.topics if each.id in ids},
        placeholder=placeholder,
    )
    return replace(
        meeting,
        agenda=copy.agenda(meeting.agenda),
        items=tuple(map(copy.progress, meeting.items)),
        decisions=tuple(map(copy.decision, meeting.decisions)),
        actions=tuple(map(copy.action, meeting.actions)),
        notes=tuple(map(copy.note, meeting.notes)),
        topics=tuple(map(copy.topic, meeting.topics)),
        risks=tuple(map(copy.risk, meeting.risks)),
        lost_times=tuple(map(copy.lost_time, meeting.lost_times)),
        focus_reviews=tuple(map(copy.focus_review, meeting.focus_reviews)),
        answers=tuple(map(copy.answer, meeting.answers)),
        accepted=tuple(
            each for each in meeting.accepted if not copy.is_about_sensitive(each.subject)
        ),
        withdrawn=tuple(
            replace(each, ruling=copy.ruling(each.ruling)) if each.decision_id in ids else each
            for each in meeting.withdrawn
        ),
        drafts=(),
        versions=(),
    )


class _Redactor(Struct, frozen=True):
    """How each thing is told in a copy."""

    ids: frozenset[str]
    """What is sensitive, besides items."""
    items: frozenset[ItemId]
    words: frozenset[str]
    """Titles of those items, texts of topics: other things quote them."""
    placeholder: str

    def agenda(self, agenda: Agenda) -> Agenda:
        """What was prepared, as far as it may be told."""
        items = tuple(map(self.item, agenda.items))
        decisions = tuple(
            self.redacted_decision(each) if each.is_sensitive else each for each in agenda.decisions
        )
        return replace(agenda, items=items, decisions=decisions)

    def item(self, item: Item) -> Item:
        """An item keeps its place and its time."""
        return replace(item, title=self.placeholder, question="") if item.is_sensitive else item

    def progress(self, progress: ItemProgress) -> ItemProgress:
        """So does what became of it."""
        if not progress.item.is_sensitive:
            return progress
        return replace(progress, item=self.item(progress.item), reason="")

    def decision(self, decision: Decision) -> Decision:
        """A question of the meeting."""
        return self.redacted_decision(decision) if decision.id in self.ids else decision

    def redacted_decision(self, decision: Decision) -> Decision:
        """Who asked, who stands where, who ruled, and whether; nothing of what it is about."""
        return Decision(
            id=decision.id,
            question=self.placeholder,
            proposer=decision.proposer,
            decider=decision.decider,
            proposed_on=decision.proposed_on,
            times_postponed=decision.times_postponed,
            stances=tuple(replace(each, words="") for each in decision.stances),
            ruling=self.ruling(decision.ruling) if decision.ruling else None,
            past=tuple(map(self.ruling, decision.past)),
            shortcut_reason=self.placeholder if decision.shortcut_reason else "",
            is_sensitive=True,
        )

    def ruling(self, ruling: Ruling) -> Ruling:
        """How and when it was ruled; not why."""
        return Ruling(
            outcome=ruling.outcome,
            at=ruling.at,
            option=ruling.option,
            until=ruling.until,
            rationale=self.placeholder if ruling.rationale else "",
            decider=ruling.decider,
            outside_on=ruling.outside_on,
            review_on=ruling.review_on,
            on=ruling.on,
            frees=ruling.frees,
        )

    def action(self, action: ActionItem) -> ActionItem:
        """Who owes it by when, and how it stands."""
        if action.id not in self.ids:
            return action
        ruling = action.ruling
        return ActionItem(
            id=action.id,
            title=self.placeholder,
            owner=action.owner,
            due=action.due,
            decision=action.decision,
            status=action.status,
            created_on=action.created_on,
            first_due=action.first_due,
            carried=action.carried,
            blocked_by=self.placeholder if action.blocked_by else "",
            taken_by=action.taken_by,
            ruling=replace(ruling, reason=self.placeholder) if ruling else None,
            split_from=action.split_from,
            given_by=action.given_by,
            shortcut_reason=self.placeholder if action.shortcut_reason else "",
            is_sensitive=True,
        )

    def note(self, note: Note) -> Note:
        """When something was noted, and what it became."""
        return replace(note, text=self.placeholder) if note.id in self.ids else note

    def topic(self, topic: ParkedTopic) -> ParkedTopic:
        """Since when it waits; the item it came up in may be sensitive by itself."""
        if topic.id in self.ids:
            return replace(topic, text=self.placeholder, during="")
        return replace(topic, during="") if topic.during in self.words else topic

    def risk(self, risk: Risk) -> Risk:
        """Whose it is, and how it stands."""
        if risk.id not in self.ids:
            return risk
        return Risk(
            id=risk.id,
            text=self.placeholder,
            solution=self.placeholder if risk.solution else "",
            owner=risk.owner,
            state=risk.state,
            raised_by=risk.raised_by,
            raised_on=risk.raised_on,
            decision=risk.decision,
            ended_by=self.placeholder if risk.ended_by else "",
            left_as=risk.left_as,
            carried=risk.carried,
            is_sensitive=True,
        )

    def lost_time(self, lost: LostTime) -> LostTime:
        """How much time was lost; not to which words."""
        is_sensitive = lost.item_id in self.items or lost.about in self.words
        return replace(lost, about="") if is_sensitive else lost

    def focus_review(self, review: FocusReview) -> FocusReview:
        """What went; the reason is one for all that was killed."""
        if self.ids.isdisjoint(review.killed):
            return review
        return replace(review, reason=self.placeholder)

    def answer(self, answer: KpiAnswer) -> KpiAnswer:
        """A KPI that is answered for by something sensitive says no more than that."""
        if answer.action not in self.ids:
            return answer
        return KpiAnswer(
            kpi=answer.kpi,
            marketplace=answer.marketplace,
            verdict=answer.verdict,
            action=answer.action,
        )

    def is_about_sensitive(self, subject: str) -> bool:
        """Whether the key of an open end names something sensitive."""
        kind, _colon, rest = subject.partition(":")
        named = rest.partition(":")[0]
        return named in (self.items if kind == "item" else self.ids)
