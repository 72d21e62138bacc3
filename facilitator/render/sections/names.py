"""How people and readings are named in the minutes."""

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk
from facilitator.render import answer, scorecard
from facilitator.render.language import Language
from facilitator.render.markdown import inline


def person_name(meeting: Meeting, person_id: PersonId) -> str:
    """A person's name, or the id of somebody who is no longer invited."""
    return inline(meeting.name_of(person_id))


def kpi_name(definition: KpiDefinition, language: Language) -> str:
    """A KPI's name in the language of the minutes."""
    return inline(scorecard.kpi_name(definition, language))


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """A KPI's definition in words, in the language of the minutes."""
    return inline(scorecard.kpi_note(definition, language))


def place_name(marketplace: Marketplace, language: Language) -> str:
    """A marketplace, or the total of all."""
    return inline(scorecard.place_name(marketplace, language))


def kpi_link(meeting: Meeting, owned: ActionItem | Decision | Risk, language: Language) -> str:
    """The KPI that something was taken down for: `→ ACoS DE`; empty where there is none."""
    name = answer.belongs_to(meeting, owned, language)
    return f"→ {inline(name)}" if name else ""
