"""What the room agreed today that its KPIs mean."""

from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.sections.names import kpi_name


def definitions(meeting: Meeting, language: Language) -> str:
    """Those agreed or changed today; what holds since earlier stands with how each is counted."""
    lines = []
    for agreed in meeting.definitions:
        known = meeting.definition(agreed.kpi)
        name = kpi_name(known, language) if known else inline(agreed.kpi)
        if agreed.agreed_on == meeting.date:
            lines.append(f"- **{name}** · {inline(agreed.text)}")
    title = "## " + language.gettext("Definitions agreed")
    return title + "\n\n" + "\n".join(lines) if lines else ""
