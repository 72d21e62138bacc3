"""Proposers' records and incidents over all meetings, as rows of a label, a figure and a chart."""

from collections.abc import Iterable, Iterator

from facilitator.domain.past.statistics import IncidentStats, NamedTrackRecord
from facilitator.render.language import Language
from facilitator.render.markdown import one_line
from facilitator.render.room_stats import Row
from facilitator.render.sparkline import CHARTED, sparkline

LOSSES_TOLD = 5
"""Reviewed incidents whose loss is told, the newest."""


def record_rows(told: Iterable[NamedTrackRecord], language: Language) -> Iterator[Row]:
    """A row a proposer."""
    _ = language.gettext
    for each in told:
        record = each.record
        parts = [
            _("{proposed} proposed, {approved} approved").format(
                proposed=record.proposed, approved=record.approved
            )
        ]
        if record.judged:
            parts.append(
                _("{kept} of {judged} promises kept").format(kept=record.kept, judged=record.judged)
            )
        label = _("Proposals: {name}").format(name=one_line(each.name))
        yield label, " · ".join(parts), ""


def incident_rows(count: IncidentStats, language: Language) -> Iterator[Row]:
    """How many and how fast they were told, then what the last ones cost; nothing for none."""
    _ = language.gettext
    if not count.count:
        return
    figure = _("{count}, of them {in_time} told within the hour").format(
        count=count.count, in_time=count.in_time
    )
    yield _("Incidents"), figure, ""
    if count.minutes is not None:
        minutes = _("{n} min").format(n=language.amount(round(count.minutes, 1)))
        yield _("From found to told, median"), minutes, sparkline(count.gaps, CHARTED)
    losses = [f"{each.incident} {one_line(each.text)}" for each in count.losses[:LOSSES_TOLD]]
    if losses:
        yield _("Losses by incidents"), " · ".join(losses), ""
