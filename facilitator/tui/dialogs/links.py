"""What an action item may hang on: a decision, a KPI, a marketplace; as lines of a form read it."""

from dataclasses import dataclass

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import Risk
from facilitator.render.language import Language
from facilitator.render.scorecard import kpi_name

Names = tuple[tuple[str, str], ...]
"""Ids, and what each is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Everything of a meeting that an action item may be linked to."""

    decisions: Names = ()
    kpis: Names = ()
    marketplaces: tuple[str, ...] = ()


def called(wanted: str | None, names: Names) -> str:
    """What something is called; its id where it has no name here."""
    return dict(names).get(wanted, wanted) if wanted else ""


def read_named(text: str, names: Names) -> str | None:
    """The one id that a text means: by id, by name, or by the beginning of one.

    None for no text; RuleError where nothing is called so.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for name, title in names:
        if wanted in (name.casefold(), title.casefold()):
            return name
    begun = [name for name, title in names if title.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise RuleError(
        N_("“{text}” is none of these: {names}."),
        text=text.strip(),
        names=", ".join(title for _id, title in names) or "–",
    )


def links_of(meeting: Meeting, action: ActionItem | Risk, language: Language) -> Links:
    """All that a meeting knows, and what the item hangs on already."""
    definitions = meeting.scorecard.definitions if meeting.scorecard else ()
    kpis = {str(each.id): kpi_name(each, language) for each in definitions}
    kpis |= {each.kpi: each.kpi for each in meeting.agenda.kpis if each.kpi not in kpis}
    decisions = {str(each.id): each.question for each in meeting.decisions}
    for known, linked in ((kpis, action.kpi), (decisions, action.decision)):
        if linked is not None:
            known.setdefault(linked, linked)
    places = dict.fromkeys((*meeting.agenda.data.marketplaces, action.marketplace))
    return Links(
        decisions=tuple(decisions.items()),
        kpis=tuple(kpis.items()),
        marketplaces=tuple(each for each in places if each != ALL),
    )
