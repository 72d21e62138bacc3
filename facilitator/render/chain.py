"""The chain from a KPI to its decisions, action items and evidence, as indented text."""

from collections.abc import Iterator

from facilitator.domain.action import ActionItem, ActionStatus
from facilitator.domain.decision import Ruling
from facilitator.domain.errors import N_
from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.past.chain import Chain, DecisionLink, PastAnswer, PastNote
from facilitator.domain.past.meetings import PastAction, PastDecision, PastRisk, PastTopic
from facilitator.domain.text import one_line
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.past_tables import outcome_text
from facilitator.render.risk import state_text

INDENT = "  "


def chain_lines(chain: Chain, language: Language) -> tuple[str, ...]:
    """The KPI, its causes, what was decided, promised and done: each under what it came from."""
    return tuple(_lines(chain, language))


def chain_markdown(chain: Chain, language: Language) -> str:
    """The same as a nested list of Markdown."""
    lines = ((line.lstrip(), line) for line in chain_lines(chain, language))
    return "\n".join(f"{line[: -len(text)]}- {inline(text)}" for text, line in lines)


def _lines(chain: Chain, language: Language) -> Iterator[str]:
    _ = language.gettext
    for incident in chain.incidents:
        yield from _incident(incident, language)
    for note in chain.notes:
        yield _note(note, language)
    for risk in chain.risks:
        yield _risk(risk, language)
    for topic in chain.topics:
        yield _topic(topic, language)
    if chain.kpi is not None:
        zh = chain.kpi_name_zh if language.tag.startswith("zh") else ""
        name = _kpi_and_marketplace(zh or chain.kpi_name, chain.marketplace)
        yield _("KPI: {name}").format(name=one_line(name))
    elif chain.decisions or chain.actions:
        yield _("KPI: none named")
    for each in chain.answers:
        yield INDENT + _answer(each, language)
    if chain.kpi is not None and not chain.answers:
        yield INDENT + _("Cause: none on record")
    for link in chain.decisions:
        yield from _decision(link, language)
    for action in chain.actions:
        yield from _action(action, INDENT, language)


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


def _note(found: PastNote, language: Language) -> str:
    _, note = language.gettext, found.note
    line = _("Note {id} on {day}: {text}").format(
        id=note.id, day=found.meeting.date.isoformat(), text=one_line(note.text)
    )
    became = _("became {id}").format(id=note.became) if note.became else ""
    return " · ".join(each for each in (line, one_line(note.during), became) if each)


def _topic(topic: PastTopic, language: Language) -> str:
    _ = language.gettext
    line = _("Topic {id}: {text}").format(id=topic.id, text=one_line(topic.text))
    return " · ".join((line, _("parked") if topic.is_open else _("no longer parked")))


def _risk(found: PastRisk, language: Language) -> str:
    _, risk = language.gettext, found.risk
    line = _("Risk {id}: {text}").format(id=risk.id, text=one_line(risk.text))
    became = _("became {id}").format(id=risk.decision) if risk.decision else ""
    parts = (line, state_text(risk.state, language), one_line(risk.ended_by), became)
    return " · ".join(each for each in parts if each)


def _answer(told: PastAnswer, language: Language) -> str:
    _, answer = language.gettext, told.answer
    if answer.verdict is Verdict.UNKNOWN:
        said = _("not known yet")
    elif answer.verdict is Verdict.NORMAL:
        said = _("passed as normal")
    else:
        said = _(", ").join(one_line(each) for each in answer.causes)
    line = _("Cause on {day}: {causes}").format(day=told.on.isoformat(), causes=said)
    if answer.marketplace != ALL:
        line += f" · {answer.marketplace}"
    if answer.evidence:
        line += " · " + _("evidence: {text}").format(text=one_line(answer.evidence))
    return line


def _decision(link: DecisionLink, language: Language) -> Iterator[str]:
    _, found = language.gettext, link.decision_entry
    decision = found.decision
    yield INDENT + _("Decision {id}: {question}").format(
        id=decision.id, question=one_line(decision.question)
    )
    for ruling in decision.past:
        yield 2 * INDENT + _ruling(found, ruling, language)
    yield 2 * INDENT + _ruling(found, decision.ruling, language)
    for action in link.actions:
        yield from _action(action, 2 * INDENT, language)
    if not link.actions:
        yield 2 * INDENT + _("Action: none promised")


def _ruling(found: PastDecision, ruling: Ruling | None, language: Language) -> str:
    said = outcome_text(found.decision, ruling, language)
    on = (ruling.on or ruling.at.date()) if ruling else found.meeting.date
    parts = [language.gettext(N_("{outcome} on {day}")).format(outcome=said, day=on.isoformat())]
    if ruling is not None:
        parts += [one_line(found.meeting.name_of(ruling.decider)), one_line(ruling.rationale)]
    return " · ".join(each for each in parts if each)


def _action(found: PastAction, margin: str, language: Language) -> Iterator[str]:
    _, action = language.gettext, found.action
    line = _("Action {id}: {title}").format(id=action.id, title=one_line(action.title))
    parts = [line, one_line(found.owner_name) or _("nobody")]
    if action.due:
        parts.append(_("due {day}").format(day=action.due.isoformat()))
    yield margin + " · ".join(parts)
    yield margin + INDENT + _evidence(action, language)


def _evidence(action: ActionItem, language: Language) -> str:
    _, said = language.gettext, one_line(action.evidence)
    if action.status is ActionStatus.DROPPED:
        return _("Dropped: {reason}").format(reason=said or _("no reason on record"))
    if action.is_open:
        return _("Evidence: none yet")
    return _("Evidence: {text}").format(text=said or _("done, but nothing shows it"))


def _kpi_and_marketplace(text: str, marketplace: Marketplace) -> str:
    return text if marketplace == ALL else f"{text} {marketplace}"
