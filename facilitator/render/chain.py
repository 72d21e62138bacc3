"""A chain as indented text: each entry under what it came from, then meeting by meeting."""

from collections.abc import Iterable, Iterator

from facilitator.domain.action import DONE_WITHOUT_EVIDENCE, ActionItem, ActionStatus
from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import Decision, Ruling
from facilitator.domain.entry import Entry
from facilitator.domain.errors import N_
from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.note import Note, ParkedTopic
from facilitator.domain.past.chain import Chain, StateChange
from facilitator.domain.past.meetings import PastEntry, PastMeeting
from facilitator.domain.risk import Risk
from facilitator.domain.text import one_line
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.past_tables import outcome_text
from facilitator.render.risk import state_text

INDENT = "  "


def chain_lines(chain: Chain, language: Language) -> tuple[str, ...]:
    """Return the KPI, its causes, decisions, action items and evidence, each under its origin."""
    return tuple(_lines(chain, language))


def chain_history_lines(chain: Chain, language: Language) -> tuple[str, ...]:
    """Return what each meeting made of it: notes, causes, rulings, changes of state."""
    return tuple(_history_lines(chain, language))


def chain_markdown(chain: Chain, language: Language) -> str:
    """Return both as a nested list of Markdown."""
    all_lines = chain_lines(chain, language) + chain_history_lines(chain, language)
    lines = ((line.lstrip(), line) for line in all_lines)
    return "\n".join(f"{line[: -len(text)]}- {inline(text)}" for text, line in lines)


def _lines(chain: Chain, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield from _origins(chain, language)
    if chain.kpi is not None:
        zh = chain.kpi_name_zh if language.tag.startswith("zh") else ""
        name = _kpi_and_marketplace(zh or chain.kpi_name, chain.marketplace)
        yield _("KPI: {name}").format(name=one_line(name))
    elif any(isinstance(each.entry, Decision | ActionItem) for each in chain.entries):
        yield _("KPI: none")
    for each in chain.answers:
        yield INDENT + _("Cause on {day}: {causes}").format(
            day=each.meeting.date.isoformat(), causes=_answer(each.answer, language)
        )
    if chain.kpi is not None and not chain.answers:
        yield INDENT + _("Cause: not recorded")
    for decision in chain.latest(Decision):
        yield from _decision(decision, chain.actions_of(decision.entry), language)
    for action in chain.actions_of(None):
        yield from _action(action, INDENT, language)


def _origins(chain: Chain, language: Language) -> Iterator[str]:
    """What it began with: incidents, notes, risks, and whatever is no decision or action item."""
    for incident in chain.incidents:
        yield from _incident(incident, language)
    for note in chain.latest(Note):
        yield _note(note, language)
    for risk in chain.latest(Risk):
        yield _risk(risk.entry, language)
    for topic in chain.latest(ParkedTopic):
        yield _topic(topic.entry, language)
    for other in chain.entries:
        if not isinstance(other.entry, ActionItem | Decision | Note | ParkedTopic | Risk):
            yield _entry(other, None, language)


def _history_lines(chain: Chain, language: Language) -> Iterator[str]:
    _ = language.gettext
    if chain.meetings:
        yield _("Meeting by meeting")
    for each in chain.meetings:
        yield INDENT + f"{each.meeting.date.isoformat()} {one_line(each.meeting.title)}"
        noted = [change for change in each.changes if isinstance(change.now.entry, Note)]
        others = [change for change in each.changes if not isinstance(change.now.entry, Note)]
        yield from _change_lines(noted, language)
        for answer in each.answers:
            yield 2 * INDENT + _("Cause: {text}").format(text=_answer(answer, language))
        yield from _change_lines(others, language)
    if chain.closed_since:
        yield INDENT + _("Since then")
        yield from _change_lines(chain.closed_since, language)


def _change_lines(changes: Iterable[StateChange], language: Language) -> Iterator[str]:
    for change in changes:
        line = _entry(change.now, change.before, language)
        if line:
            yield 2 * INDENT + line


def _entry(found: PastEntry[Entry], before: Entry | None, language: Language) -> str:
    """What is said of an entry, besides what was said of it before; empty where that is all."""
    entry, meeting = found.entry, found.meeting
    known = _entry_parts(before, meeting, language) if before else ()
    if isinstance(entry, Decision) and isinstance(before, Decision):
        known = known if entry.ruling == before.ruling else (one_line(before.text),)
    parts = _entry_parts(entry, meeting, language)
    new = [part for part in parts if part and part not in known]
    if not new:
        return ""
    return language.gettext(N_("{kind} {id}: {text}")).format(
        kind=language.gettext(entry.title_name), id=entry.id, text=" · ".join(new)
    )


def _entry_parts(entry: Entry, meeting: PastMeeting, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    state = _(entry.state_name) if entry.state_name else ""
    if isinstance(entry, Decision):
        state = outcome_text(entry, entry.ruling, language)
    return (
        one_line(entry.text),
        one_line(meeting.titles.get(ItemId(entry.item_id or ""), "")),
        state,
        one_line(meeting.name_of(entry.owner)),
        _("due {day}").format(day=entry.due.isoformat()) if entry.due else "",
        _("became {id}").format(id=entry.made) if entry.made else "",
        *map(one_line, entry.remarks),
    )


def _incident(incident: Incident, language: Language) -> Iterator[str]:
    _, review = language.gettext, incident.review
    day = incident.detected_at.astimezone().date().isoformat()
    yield _("Incident {id} on {day}: {text}").format(
        id=incident.id, day=day, text=one_line(incident.phenomenon)
    )
    if review is None:
        yield INDENT + _("Review: none yet")
        return
    yield INDENT + _("Cause: {text}").format(text=one_line(review.cause))
    yield INDENT + _("Loss: {text}").format(text=one_line(review.loss))
    yield INDENT + _("Lesson: {text}").format(text=one_line(review.lesson))


def _note(found: PastEntry[Note], language: Language) -> str:
    _, note = language.gettext, found.entry
    line = _("Note {id} on {day}: {text}").format(
        id=note.id, day=found.meeting.date.isoformat(), text=one_line(note.text)
    )
    during = found.meeting.titles.get(note.item_id, "") if note.item_id else ""
    became = _("became {id}").format(id=note.became) if note.became else ""
    return " · ".join(each for each in (line, one_line(during), became) if each)


def _topic(topic: ParkedTopic, language: Language) -> str:
    _ = language.gettext
    line = _("Topic {id}: {text}").format(id=topic.id, text=one_line(topic.text))
    return " · ".join((line, _("parked") if topic.is_open else _("no longer parked")))


def _risk(risk: Risk, language: Language) -> str:
    _ = language.gettext
    line = _("Risk {id}: {text}").format(id=risk.id, text=one_line(risk.text))
    became = _("became {id}").format(id=risk.decision) if risk.decision else ""
    parts = (line, state_text(risk.state, language), one_line(risk.ended_by), became)
    return " · ".join(each for each in parts if each)


def _answer(answer: KpiAnswer, language: Language) -> str:
    _ = language.gettext
    if answer.verdict is Verdict.UNKNOWN:
        said = _("not known yet")
    elif answer.verdict is Verdict.NORMAL:
        said = _("accepted as normal")
    elif answer.verdict is Verdict.PASSED:
        said = _("passed without an answer")
    else:
        said = _(", ").join(one_line(each) for each in answer.causes)
    parts = [said, answer.marketplace if answer.marketplace != ALL else ""]
    if answer.reason:
        parts.append(one_line(answer.reason))
    if answer.evidence:
        parts.append(_("evidence: {text}").format(text=one_line(answer.evidence)))
    return " · ".join(each for each in parts if each)


def _decision(
    found: PastEntry[Decision], actions: tuple[PastEntry[ActionItem], ...], language: Language
) -> Iterator[str]:
    _, decision = language.gettext, found.entry
    yield INDENT + _("Decision {id}: {question}").format(
        id=decision.id, question=one_line(decision.question)
    )
    for ruling in decision.past:
        yield 2 * INDENT + _ruling(found, ruling, language)
    yield 2 * INDENT + _ruling(found, decision.ruling, language)
    for action in actions:
        yield from _action(action, 2 * INDENT, language)
    if not actions:
        yield 2 * INDENT + _("Action: none")


def _ruling(found: PastEntry[Decision], ruling: Ruling | None, language: Language) -> str:
    said = outcome_text(found.entry, ruling, language)
    on = (ruling.on or ruling.at.date()) if ruling else found.meeting.date
    parts = [language.gettext(N_("{outcome} on {day}")).format(outcome=said, day=on.isoformat())]
    if ruling is not None:
        parts += [one_line(found.meeting.name_of(ruling.decider)), one_line(ruling.rationale)]
    return " · ".join(each for each in parts if each)


def _action(found: PastEntry[ActionItem], margin: str, language: Language) -> Iterator[str]:
    _, action = language.gettext, found.entry
    line = _("Action {id}: {title}").format(id=action.id, title=one_line(action.title))
    parts = [line, one_line(found.owner_name) or _("nobody")]
    if action.due:
        parts.append(_("due {day}").format(day=action.due.isoformat()))
    yield margin + " · ".join(parts)
    yield margin + INDENT + _evidence(action, language)


def _evidence(action: ActionItem, language: Language) -> str:
    _, said = language.gettext, one_line(action.evidence)
    if action.status is ActionStatus.DROPPED:
        return _("Dropped: {reason}").format(reason=said or _("no reason recorded"))
    if action.is_open:
        return _("Evidence: none yet")
    return _("Evidence: {text}").format(text=said or _(DONE_WITHOUT_EVIDENCE))


def _kpi_and_marketplace(text: str, marketplace: Marketplace) -> str:
    return text if marketplace == ALL else f"{text} {marketplace}"
