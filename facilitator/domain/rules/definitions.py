"""The step of agreeing on what a KPI means."""

from datetime import datetime

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.kpis import DefinitionAgreed
from facilitator.domain.kpis.definitions import AgreedDefinition, agreed_for
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.standing import must_be_open, required


def agree_definition(meeting: Meeting, now: datetime, kpi: KpiId, text: str) -> DefinitionAgreed:
    """Put on record what a KPI means, in one sentence."""
    must_be_open(meeting)
    if meeting.definition(kpi) is None:
        raise RuleError(N_("This meeting has no such KPI."))
    told = required(text, N_("Write in one sentence what was agreed."))
    before = agreed_for(meeting.definitions, kpi)
    if before is not None and before.text == told:
        raise RuleError(N_("That is what was agreed already."))
    agreed = AgreedDefinition(kpi=kpi, text=told, agreed_on=meeting.date)
    return DefinitionAgreed(at=now, definition=agreed)
