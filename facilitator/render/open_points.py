"""Open points of a meeting as sentences."""

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Draft, Meeting
from facilitator.domain.open_points import OpenPoint, OpenPointSubject
from facilitator.domain.text import beginning, one_line
from facilitator.render.language import Language
from facilitator.render.report_names import REPORT_NAMES
from facilitator.render.scorecard import kpi_name, marketplace_name

FORM_NAMES = {
    "action": N_("Action item"),
    "answer": N_("KPI answer"),
    "blocked": N_("What blocks it"),
    "carried": N_("Why it is not done"),
    "decision": N_("Question"),
    "done": N_("Evidence"),
    "dropped": N_("Why it is dropped"),
    "focus": N_("Opening answer"),
    "incident": N_("Incident"),
    "note": N_("Note"),
    "objection": N_("Objection"),
    "pass": N_("Why a KPI is passed"),
    "risk": N_("Risk"),
    "ruled": N_("Decision on an action item"),
    "ruling": N_("Decision"),
    "shortcut": N_("Bypassed supervisor"),
    "topic": N_("Parked topic"),
    "waste": N_("Lost minutes"),
}
"""What the forms are called, by the first part of the names of their drafts."""
LONGEST_QUOTE = 60
"""How many characters of a text that was not saved are shown."""


def open_point_text(point: OpenPoint, meeting: Meeting, language: Language) -> str:
    """Return an open point in one line, with its names in the reader's language."""
    values = dict(point.message.values)
    match point.subject:
        case OpenPointSubject.KPI if definition := meeting.definition(KpiId(point.id)):
            marketplace = str(values.get("marketplace", ALL))
            values["name"] = kpi_name(definition, language)
            values["marketplace"] = marketplace_name(marketplace, language)
        case OpenPointSubject.REPORT:
            values["name"] = language.gettext(REPORT_NAMES.get(point.id, point.id))
        case OpenPointSubject.DRAFT:
            values["form"] = form_name(point.id, language)
            values["typed"] = beginning(str(values["typed"]), LONGEST_QUOTE)
        case _:
            return one_line(language.translate(point.message))
    return one_line(language.gettext(point.message.text).format(**values))


def form_name(form: str, language: Language) -> str:
    """Return what a form is called, with the entry that it is about: `Evidence A3`."""
    kind, _colon, about = Draft(form=form, fields=()).form_name.partition(":")
    name = language.gettext(FORM_NAMES.get(kind, N_("Form")))
    about = about.partition(":")[0]
    return f"{name} {about}" if about[1:].isdigit() else name
