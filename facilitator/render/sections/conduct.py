"""How the meeting was held: who came, the opening question, what was accepted, time and cost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from facilitator.domain.agenda import ItemKind
from facilitator.domain.carried import Override
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_ends import open_ends
from facilitator.domain.people import Person
from facilitator.domain.timekeeping import cost, duration
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline, line, paragraphs
from facilitator.render.open_end import open_end_text
from facilitator.render.sections.names import person_name


def opening(meeting: Meeting, language: Language, now: datetime) -> str:
    """The title, the day and the people, in the lines that are read first."""
    _ = language.gettext
    facts = [language.long_day(meeting.date), _span(meeting, language)]
    if meeting.present:
        facts.append(_("present: {names}").format(names=_names(meeting, meeting.present)))
    away = tuple(each for each in meeting.agenda.people if each not in meeting.present)
    if away:
        facts.append(_("absent: {names}").format(names=_names(meeting, away)))
    blocks = [f"# {heading(meeting.agenda.title)}", " · ".join(facts)]
    if not meeting.is_closed:
        time = language.clock_time(now, meeting.agenda.starts.tzinfo)
        blocks.append("> " + _("**Meeting under way:** a draft, as of {time}").format(time=time))
    return "\n\n".join(blocks)


def focus(meeting: Meeting, language: Language) -> str:
    """The opening question with its answer, and the answer of last time."""
    if not meeting.focus and not meeting.past_focus:
        return ""
    _ = language.gettext
    blocks = ["## " + _("Opening question")]
    asked = next((i.item for i in meeting.items if i.item.kind is ItemKind.OPENING), None)
    if asked:
        blocks.append(f"> {line(asked.question or asked.title)}")
    blocks.append(paragraphs(meeting.focus) or _("Not answered today"))
    if meeting.past_focus:
        blocks.append(_("Last time: {text}").format(text=inline(meeting.past_focus)))
    return "\n\n".join(blocks)


def accepted(meeting: Meeting, language: Language) -> str:
    """What was amiss and accepted as it is, each with the reason."""
    _ = language.gettext
    lines = [_override(each.subject, each, language) for each in meeting.overrides]
    ends = {end.key: end for end in open_ends(replace(meeting, accepted=()))}
    for each in meeting.accepted:
        if end := ends.get(each.subject):  # what was settled after all is told where it belongs
            lines.append(_override(open_end_text(end, meeting, language), each, language))
    return "## " + _("Accepted as it is") + "\n\n" + "\n".join(lines) if lines else ""


def facts(meeting: Meeting, language: Language, now: datetime) -> str:
    """Start, end, length and cost."""
    lines = (f"- {fact}" for fact in _facts(meeting, language, now))
    return "## " + language.gettext("Meeting facts") + "\n\n" + "\n".join(lines)


def _facts(meeting: Meeting, language: Language, now: datetime) -> Iterator[str]:
    _ = language.gettext
    agenda = meeting.agenda
    if agenda.starts.date() == meeting.date:
        planned = f"{language.clock_time(agenda.starts)}–{language.clock_time(agenda.ends)}"
    else:
        planned = f"{language.long_day(agenda.starts.date())} {language.clock_time(agenda.starts)}"
    yield _("Planned: {planned}").format(planned=planned)
    yield _("Held: {span}").format(span=_span(meeting, language))
    yield _("Duration: {time}").format(time=language.timer(duration(meeting, now)))
    if meeting.lost:
        lost = language.timer(meeting.lost)
        yield _("Not counted, the program was gone: {time}").format(time=lost)
    spent = cost(meeting, now)
    if spent:
        yield _("Cost: {money} for {count} people").format(
            money=language.money(spent, agenda.currency), count=len(meeting.present)
        )


def _span(meeting: Meeting, language: Language) -> str:
    zone = meeting.agenda.starts.tzinfo
    start = language.clock_time(meeting.opened_at, zone)
    if meeting.closed_at is None:
        return language.gettext("since {time}").format(time=start)
    return f"{start}–{language.clock_time(meeting.closed_at, zone)}"


def _names(meeting: Meeting, people: tuple[Person, ...]) -> str:
    return ", ".join(person_name(meeting, person.id) for person in people)


def _override(subject: str, override: Override, language: Language) -> str:
    reason = language.gettext("reason: {reason}").format(reason=inline(override.reason))
    return f"- {line(subject)} · {reason}"
