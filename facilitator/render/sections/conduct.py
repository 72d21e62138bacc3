"""How the meeting was held: who came, what was accepted, time and cost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from facilitator.domain.carry_over import Override
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import open_points
from facilitator.domain.people import Person
from facilitator.domain.publication import describe_sending
from facilitator.domain.timekeeping import cost_so_far, duration
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline, line
from facilitator.render.open_end import open_end_text
from facilitator.render.sections.life import life_facts, standing
from facilitator.render.sections.names import person_name
from facilitator.render.sections.room import room_facts


def opening(meeting: Meeting, language: Language, now: datetime) -> str:
    """The title, the day and the people, in the lines that are read first."""
    _ = language.gettext
    facts = [language.long_day(meeting.date), _span(meeting, language)]
    if meeting.present:
        facts.append(_("present: {names}").format(names=_names(meeting, meeting.present, language)))
    away = tuple(each for each in meeting.agenda.people if each not in meeting.present)
    if away:
        facts.append(_("absent: {names}").format(names=_names(meeting, away, language)))
    unread = tuple(each for each in meeting.present if each.id in (meeting.unread or ()))
    if unread:
        facts.append(
            _("had not read the papers: {names}").format(names=_names(meeting, unread, language))
        )
    blocks = [f"# {heading(meeting.agenda.title)}", " · ".join(facts)]
    blocks.append(standing(meeting, language, now))
    return "\n\n".join(filter(None, blocks))


def accepted(meeting: Meeting, language: Language) -> str:
    """What was amiss and accepted as it is, each with the reason."""
    _ = language.gettext
    lines = [_override(each.subject, each, language) for each in meeting.overrides]
    ends = {end.key: end for end in open_points(replace(meeting, accepted=()))}
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
    if sent := describe_sending(agenda):
        yield _("Agenda: {sent}").format(sent=language.said(sent))
    yield _("Held: {span}").format(span=_span(meeting, language))
    yield _("Duration: {time}").format(time=language.timer(duration(meeting, now)))
    gone = [gap.length for gap in meeting.interruptions if not gap.is_suspension]
    if gone:
        lost = language.timer(sum(gone, timedelta()))
        yield _("Not counted, the program was gone: {time}").format(time=lost)
    yield from life_facts(meeting, language)
    spent = cost_so_far(meeting, now)
    if spent:
        yield _("Cost: {money} for {count} people").format(
            money=language.money(spent, agenda.currency), count=len(meeting.present)
        )
    yield from room_facts(meeting, language, now)


def _span(meeting: Meeting, language: Language) -> str:
    zone = meeting.agenda.starts.tzinfo
    start = language.clock_time(meeting.opened_at, zone)
    if meeting.closed_at is None:
        return language.gettext("since {time}").format(time=start)
    return f"{start}–{language.clock_time(meeting.closed_at, zone)}"


def _names(meeting: Meeting, people: tuple[Person, ...], language: Language) -> str:
    names = (person_name(meeting, person.id) for person in people)
    return language.gettext(", ").join(names)


def _override(subject: str, override: Override, language: Language) -> str:
    reason = language.gettext("reason: {reason}").format(reason=inline(override.reason))
    return f"- {line(subject)} · {reason}"
