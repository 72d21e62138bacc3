"""Past meetings, past decisions and search results as table rows."""

from facilitator.domain.decision import Decision, Outcome, Ruling
from facilitator.domain.entry import EntryKind
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.past.meetings import PastEntry, PastMeeting
from facilitator.domain.past.search import Hit, HitKind
from facilitator.domain.rating import average_score
from facilitator.domain.text import one_line
from facilitator.render.language import Language

TableRow = tuple[str, ...]

MEETING_COLUMNS = (
    N_("Date"),
    N_("Series"),
    N_("Meeting"),
    N_("Length"),
    N_("Planned"),
    N_("Decided"),
    N_("Actions"),
    N_("Problems"),
    N_("Cost"),
    N_("Rating"),
)
DECISION_COLUMNS = (
    N_("Series"),
    N_("Id"),
    N_("Question"),
    N_("Outcome"),
    N_("Decider"),
    N_("Days to decision"),
    N_("Meeting"),
)
SEARCH_COLUMNS = (N_("Date"), N_("Series"), N_("What"), N_("Id"), N_("Text"))

HIT_KIND_NAMES: dict[EntryKind | HitKind, str] = {
    **{kind.entry_kind: kind.short_name for kind in ENTRY_TYPES},
    HitKind.KPI: N_("KPI"),
    HitKind.FOCUS: N_("focus"),
    HitKind.MEETING: N_("meeting"),
}
OUTCOME_NAMES = {
    Outcome.CHOSEN: N_("✓ {option}"),
    Outcome.POSTPONED: N_("postponed"),
    Outcome.RETURNED: N_("returned"),
    Outcome.DROPPED: N_("dropped"),
}


def meeting_row(meeting: PastMeeting, language: Language) -> TableRow:
    """One meeting under `MEETING_COLUMNS`."""
    rating = average_score(meeting.ratings)
    return (
        meeting.date.isoformat(),
        meeting.series,
        one_line(meeting.title),
        language.minutes(meeting.duration),
        language.minutes(meeting.planned),
        str(meeting.decided),
        str(meeting.promised),
        str(meeting.problems),
        language.money(meeting.cost, meeting.currency),
        "" if rating is None else language.value(rating, Unit.COUNT),
    )


def decision_row(found: PastEntry[Decision], language: Language) -> TableRow:
    """One decision under `DECISION_COLUMNS`."""
    decision, meeting = found.entry, found.meeting
    ruling, days = decision.ruling, decision.days_to_ruling
    return (
        meeting.series,
        decision.id,
        one_line(decision.question),
        outcome_text(decision, ruling, language),
        one_line(meeting.name_of(ruling.decider if ruling else decision.decider)),
        "" if days is None else str(days),
        meeting.id,
    )


def outcome_text(decision: Decision, ruling: Ruling | None, language: Language) -> str:
    """What a ruling left of a decision, with the option that was chosen."""
    if ruling is None:
        return language.gettext(N_("open"))
    chosen = decision.option(ruling.option)
    title = ruling.amendment or (chosen.title if chosen else "")
    return language.gettext(OUTCOME_NAMES[ruling.outcome]).format(option=one_line(title))


def search_row(hit: Hit, language: Language) -> TableRow:
    """One thing found under `SEARCH_COLUMNS`; a meeting has its date for an id."""
    has_id = hit.kind not in (HitKind.MEETING, HitKind.FOCUS)
    return (
        hit.on.isoformat(),
        hit.series,
        language.gettext(HIT_KIND_NAMES[hit.kind]),
        hit.id if has_id else "",
        one_line(hit.text),
    )


def search_line(hit: Hit, language: Language) -> str:
    """One thing found, on one line of a list."""
    day, series, what, name, text = search_row(hit, language)
    if hit.kind is HitKind.MEETING:
        return f"{day} {series} · {text}"
    return " · ".join(each for each in (day, name or what, text) if each)
