"""`facilitator kpi --causes`: what the meetings put each KPI down to, counted over time."""

from collections.abc import Iterable

from facilitator.adapters.scorecard_loader import load_definitions
from facilitator.cli.compose import desk
from facilitator.cli.output import say, say_json
from facilitator.cli.tables import say_table
from facilitator.cli.workspace import Workspace
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.causes import CauseCount
from facilitator.domain.kpis.kpi import KpiId
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import kpi_name


def say_causes(workspace: Workspace, agenda: Agenda, *, as_json: bool) -> None:
    """Print the causes of the last year: KPI by KPI in their order, the most named first."""
    definitions, _doubts = load_definitions(agenda)
    names = {each.id: kpi_name(each, spoken()) for each in definitions}
    causes = _in_order(desk(workspace).carried(agenda).causes, tuple(names))
    if as_json:
        rows = [_fields(each, names) for each in causes]
        say_json({"title": agenda.title, "series": agenda.series, "causes": rows})
    elif not causes:
        say(_("{title}: no meeting named a cause yet.").format(title=agenda.title))
    else:
        say(_("{title}: what the meetings put it down to").format(title=agenda.title))
        heads = [_("KPI"), _("Cause"), _("Meetings"), _("First on"), _("Last on")]
        say_table(heads, [_cells(each, names) for each in causes])


def _in_order(causes: Iterable[CauseCount], kpis: tuple[KpiId, ...]) -> list[CauseCount]:
    place = {kpi: at for at, kpi in enumerate(kpis)}
    return sorted(
        causes, key=lambda each: (place.get(each.kpi, len(place)), each.kpi, -each.times, each.text)
    )


def _cells(cause: CauseCount, names: dict[KpiId, str]) -> tuple[str, ...]:
    days = (cause.first_on, cause.last_on)
    name = names.get(cause.kpi, cause.kpi)
    return (name, cause.text, str(cause.times), *(day.isoformat() for day in days))


def _fields(cause: CauseCount, names: dict[KpiId, str]) -> dict[str, object]:
    return {
        "kpi": cause.kpi,
        "name": names.get(cause.kpi, cause.kpi),
        "cause": cause.text,
        "times": cause.times,
        "first_on": cause.first_on,
        "last_on": cause.last_on,
    }
