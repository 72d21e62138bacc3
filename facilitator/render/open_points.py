"""Open points of a meeting as sentences."""

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPoint, OpenPointSubject
from facilitator.domain.text import one_line
from facilitator.render.language import Language
from facilitator.render.scorecard import kpi_name, marketplace_name


def open_point_text(point: OpenPoint, meeting: Meeting, language: Language) -> str:
    """Return an open point in one line, with KPIs named in the reader's language."""
    definition = meeting.definition(KpiId(point.id))
    if point.subject is not OpenPointSubject.KPI or definition is None:
        return one_line(language.translate(point.message))
    values = dict(point.message.values)
    marketplace = str(values.get("marketplace", ALL))
    text = language.gettext(point.message.text)
    return one_line(
        text.format(
            name=kpi_name(definition, language), marketplace=marketplace_name(marketplace, language)
        )
    )
