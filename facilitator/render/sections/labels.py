"""Names of people, KPIs and marketplaces, escaped for Markdown."""

from collections.abc import Iterable, Iterator

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk
from facilitator.render import kpi_answers, scorecard
from facilitator.render.language import Language
from facilitator.render.markdown import inline


def person_label(meeting: Meeting, person_id: PersonId) -> str:
    """Return the name of a person, or the id of one who is not invited any more."""
    return inline(meeting.name_of(person_id))


def kpi_label(definition: KpiDefinition, language: Language) -> str:
    """Return the name of a KPI in the language of the minutes."""
    return inline(scorecard.kpi_name(definition, language))


def kpi_note_label(definition: KpiDefinition, language: Language) -> str:
    """Return the definition of a KPI in words, in the language of the minutes."""
    return inline(scorecard.kpi_note(definition, language))


def marketplace_label(marketplace: Marketplace, language: Language) -> str:
    """Return the name of a marketplace, or of the total."""
    return inline(scorecard.marketplace_name(marketplace, language))


def kpi_link(meeting: Meeting, entry: ActionItem | Decision | Risk, language: Language) -> str:
    """Return a link to the KPI that an entry is about: `→ ACoS DE`; empty if there is none."""
    name = kpi_answers.linked_kpi(meeting, entry, language)
    return f"→ {inline(name)}" if name else ""


def first_and_nested(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as a list item with the others nested in it; nothing without texts."""
    for place, text in enumerate(texts):
        yield f"  - {text}" if place else f"- {text}"
