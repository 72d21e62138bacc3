"""Minutes sections: title and attendance; times, cost, rating and coverage."""

from collections.abc import Iterator
from datetime import datetime

from facilitator.domain.completeness import check_completeness
from facilitator.domain.durations import NO_TIME
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.meeting import Meeting
from facilitator.domain.meeting_value import meeting_value
from facilitator.domain.people import Person
from facilitator.domain.publication import describe_sending
from facilitator.domain.rating import GOOD_SCORE, HIGHEST_SCORE, average_score
from facilitator.domain.timekeeping import cost_so_far, duration
from facilitator.render.language import Language
from facilitator.render.markdown import heading, inline
from facilitator.render.meeting_value import decision_rate_text, lost_time_text
from facilitator.render.sections.labels import person_label
from facilitator.render.sections.lifecycle import draft_notice, lifecycle_facts


def value_and_rating_facts(meeting: Meeting, language: Language, now: datetime) -> Iterator[str]:
    """Yield the decision rate, the lost time and the ratings, if there are any."""
    value = meeting_value(meeting, now)
    if value.settled:
        yield decision_rate_text(value, language)
    if value.lost_times:
        yield inline(lost_time_text(value, meeting.agenda.currency, language))
    yield from _rating_facts(meeting, language)


def _rating_facts(meeting: Meeting, language: Language) -> Iterator[str]:
    _, ratings = language.gettext, meeting.ratings or ()
    mean = average_score(ratings)
    if mean is None:
        return
    yield _("Rated {score} of {highest} by {count} of {present} present").format(
        score=language.value(mean, Unit.COUNT),
        highest=HIGHEST_SCORE,
        count=len(ratings),
        present=len(meeting.present),
    )
    for each in ratings:
        if each.score < GOOD_SCORE:
            text = _("{name} gave {score}: {reason}") if each.reason else _("{name} gave {score}")
            yield text.format(
                name=person_label(meeting, each.person),
                score=each.score,
                reason=inline(each.reason),
            )


def title_and_attendance(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the title, the date and the attendance."""
    _ = language.gettext
    facts = [language.long_day(meeting.date), _start_and_end(meeting, language)]
    if meeting.present:
        facts.append(_person_labels(meeting, meeting.present, language))
    absent = tuple(each for each in meeting.agenda.people if each not in meeting.present)
    if absent:
        facts.append(_("absent: {names}").format(names=_person_labels(meeting, absent, language)))
    blocks = [f"# {heading(meeting.agenda.title)}", " · ".join(facts)]
    blocks.append(draft_notice(meeting, language, now))
    return "\n\n".join(filter(None, blocks))


def meeting_facts(meeting: Meeting, language: Language, now: datetime) -> str:
    """Return the start, end, duration, cost, life cycle and ratings."""
    lines = (f"- {fact}" for fact in _fact_lines(meeting, language, now))
    return "### " + language.gettext("Meeting facts") + "\n\n" + "\n".join(lines)


def _fact_lines(meeting: Meeting, language: Language, now: datetime) -> Iterator[str]:
    _ = language.gettext
    agenda = meeting.agenda
    if agenda.starts.date() == meeting.date:
        planned = f"{language.clock_time(agenda.starts)}–{language.clock_time(agenda.ends)}"
    else:
        planned = f"{language.long_day(agenda.starts.date())} {language.clock_time(agenda.starts)}"
    yield _("Planned {planned}, held {span} ({time})").format(
        planned=planned,
        span=_start_and_end(meeting, language),
        time=language.duration(duration(meeting, now)),
    )
    if sent := describe_sending(agenda):
        yield _("Agenda: {sent}").format(sent=language.translate(sent))
    outages = [gap.length for gap in meeting.interruptions if not gap.is_suspension]
    if outages:
        lost = language.duration(sum(outages, NO_TIME))
        yield _("Interruption (not counted): {time}").format(time=lost)
    yield from lifecycle_facts(meeting, language)
    cost = cost_so_far(meeting, now)
    if cost:
        count = len(meeting.present)
        text = language.ngettext(
            "Cost: {money} for {count} person", "Cost: {money} for {count} people", count
        )
        yield text.format(money=language.money(cost, agenda.currency), count=count)
    yield from value_and_rating_facts(meeting, language, now)
    if meeting.past_focus:
        yield _("Focus of the meeting before: {text}").format(text=inline(meeting.past_focus))
    yield from _coverage_facts(meeting, language)


def _coverage_facts(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield how much the meeting covered: `Covered: modules 3 of 3 · KPIs 7 of 8`."""
    _, covered = language.gettext, check_completeness(meeting)
    parts = [
        text.format(there=len(expected) - len(missing), all=len(expected))
        for text, expected, missing in (
            (_("modules {there} of {all}"), covered.modules, covered.undiscussed),
            (_("KPIs {there} of {all}"), covered.kpis, covered.without_value),
            (_("reports {there} of {all}"), covered.reports, covered.missing_reports),
        )
        if expected
    ]
    if parts:
        yield _("Covered: {parts}").format(parts=" · ".join(parts))


def _start_and_end(meeting: Meeting, language: Language) -> str:
    zone = meeting.agenda.starts.tzinfo
    start = language.clock_time(meeting.opened_at, zone)
    if meeting.closed_at is None:
        return language.gettext("since {time}").format(time=start)
    return f"{start}–{language.clock_time(meeting.closed_at, zone)}"


def _person_labels(meeting: Meeting, people: tuple[Person, ...], language: Language) -> str:
    names = (person_label(meeting, person.id) for person in people)
    return language.gettext(", ").join(names)
