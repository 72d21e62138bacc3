"""How people and readings are named in the minutes."""

from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.render.language import Language
from facilitator.render.markdown import inline


def person_name(meeting: Meeting, person_id: PersonId) -> str:
    """A person's name, or the id of somebody who is no longer invited."""
    person = meeting.person(person_id)
    return inline(person.name if person else person_id)


def kpi_name(definition: KpiDefinition, language: Language) -> str:
    """A KPI's name in the language of the minutes."""
    return inline(_chosen(definition.name, definition.name_zh, language))


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """A KPI's definition in words, in the language of the minutes."""
    return inline(_chosen(definition.note, definition.note_zh, language))


def place_name(marketplace: Marketplace, language: Language) -> str:
    """A marketplace, or the total of all."""
    return language.gettext("total") if marketplace == ALL else inline(marketplace)


def _chosen(english: str, chinese: str, language: Language) -> str:
    return chinese if language.tag == "zh_CN" and chinese else english
