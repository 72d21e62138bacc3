"""The pre-read: what people get before the meeting."""

from dataclasses import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.apply.meeting import apply_opened
from facilitator.domain.events.meeting import MeetingOpened
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.redaction import REDACTED_TEXT, redact
from facilitator.render.pre_read import render_pre_read
from facilitator.session.desk import Desk
from facilitator.session.incidents import with_review
from facilitator.session.preflight import report_check


def pre_read(desk: Desk, agenda: Agenda, card: Scorecard) -> str:
    """The meeting as it will begin, with placeholders for what is sensitive."""
    carried = desk.carried(agenda)
    language = desk.language_of(agenda.language)
    agenda = with_review(agenda, carried.incidents, language)
    meeting = apply_opened(MeetingOpened(at=agenda.starts, agenda=agenda, carried=carried))
    copy = redact(replace(meeting, scorecard=card), language.gettext(REDACTED_TEXT))
    on = desk.today(agenda)
    reports = (report_check(slot, card, on) for slot in agenda.data.reports)
    told = tuple((each.title, each.detail) for each in reports)
    return render_pre_read(copy, language, told)
