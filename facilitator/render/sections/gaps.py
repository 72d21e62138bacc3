"""Minutes section: what is missing, by kind, and what was left open on purpose."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import MODULE_NAMES
from facilitator.domain.completeness import check_completeness
from facilitator.domain.errors import N_
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpi_gate import unanswered_concerns, unexplained_concerns
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPoint, OpenPointSubject, open_points
from facilitator.domain.people import PersonId
from facilitator.domain.redaction import REDACTED_TEXT
from facilitator.render.language import Language
from facilitator.render.markdown import inline, line
from facilitator.render.open_points import open_point_text
from facilitator.render.report_names import REPORT_NAMES
from facilitator.render.sections.labels import kpi_label, person_label

_POINT_LABELS = {
    ("decision", ""): N_("**Not decided:** {names}"),
    ("decision", "figures"): N_("**Requests with figures missing:** {names}"),
    ("decision", "action"): N_("**Decided, no action item yet:** {names}"),
    ("shortcut", ""): N_("**Supervisor bypassed (越级):** {names}"),
    ("action", "shortcut"): N_("**Supervisor bypassed (越级):** {names}"),
    ("incident", ""): N_("**Incidents not reviewed:** {names}"),
    ("action", "evidence"): N_("**Done, nothing shown:** {names}"),
    ("action", "ruling"): N_("**Comes back again and again, needs a decision:** {names}"),
    ("action", "review"): N_("**From earlier meetings, not looked at:** {names}"),
    ("action", "owner"): N_("**No owner:** {names}"),
    ("action", "due"): N_("**No due date:** {names}"),
    ("action", "criterion"): N_("**No acceptance criterion:** {names}"),
    ("action", "wording"): N_("**Unclear wording:** {names}"),
    ("reporter", ""): N_("**Neither named a problem nor signed off:** {names}"),
    ("report", ""): N_("**Reports missing:** {names}"),
}
"""The labels of open points by subject and aspect, in their order; others are told as sentences."""


_NOT_LISTED = (OpenPointSubject.ITEM, OpenPointSubject.KPI, OpenPointSubject.DRAFT)
"""Items come up at the next meeting, KPIs have lines of their own, drafts are no minutes."""


def gaps(meeting: Meeting, language: Language) -> str:
    """Return what is missing, one line for each kind of gap; empty if nothing is."""
    lines = [*_lines(meeting, language), *_reasons(meeting, language)]
    title = "## " + language.gettext("What is missing")
    return f"{title}\n\n" + "\n".join(f"- {each}" for each in lines) if lines else ""


def _lines(meeting: Meeting, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield from _point_lines(meeting, language)
    yield from _kpi_lines(meeting, language)
    yield from _not_accepted(meeting, language)
    yield from _coverage_lines(meeting, language)
    unread = (person_label(meeting, each) for each in meeting.unread or ())
    yield from _named(_("**Had not done the pre-read:** {names}"), unread, language)


def _named(text: str, names: Iterable[str], language: Language) -> Iterator[str]:
    """Yield a line with names, each once; nothing without names."""
    unique = dict.fromkeys(names)
    if unique:
        yield text.format(names=language.gettext(", ").join(unique))


def _point_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield a line for each kind of open point, whether or not it was accepted."""
    by_label: dict[str, list[str]] = {}
    for point in _all_points(meeting):
        if point.subject in _NOT_LISTED or _is_about_redacted_words(point, meeting, language):
            continue
        label = _POINT_LABELS.get(_kind(point))
        if label is None:
            yield line(open_point_text(point, meeting, language))
        else:
            by_label.setdefault(label, []).append(_point_name(point, meeting, language))
    for label in dict.fromkeys(_POINT_LABELS.values()):
        yield from _named(language.gettext(label), by_label.get(label, ()), language)


def _kind(point: OpenPoint) -> tuple[str, str]:
    subject, _colon, rest = point.key.partition(":")
    return subject, rest.removeprefix(point.id).removeprefix(":")


def _point_name(point: OpenPoint, meeting: Meeting, language: Language) -> str:
    """Return what an open point is about: `D3`, a name, or a KPI."""
    match point.subject:
        case OpenPointSubject.REPORTER:
            return person_label(meeting, PersonId(point.id))
        case OpenPointSubject.REPORT:
            return inline(language.gettext(REPORT_NAMES.get(point.id, point.id)))
        case OpenPointSubject.KPI:
            return _kpi_name(meeting, KpiId(point.id), language)
        case OpenPointSubject.ITEM:
            item = next((e.item for e in meeting.items if e.item.id == point.id), None)
            return inline(item.title if item else point.id)
        case _:
            return inline(point.id)


def _is_about_redacted_words(point: OpenPoint, meeting: Meeting, language: Language) -> bool:
    """Return whether the point is about the wording of an action item that was redacted."""
    action = meeting.action(ActionId(point.id))
    return action is not None and action.title == language.gettext(REDACTED_TEXT)


def _kpi_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the KPIs that were left without an answer, and the causes without evidence."""
    _ = language.gettext
    explained = [each for each in meeting.answers if each.verdict is Verdict.EXPLAINED]
    shown = {each.kpi for each in explained if each.evidence}
    for text, kpis in (
        (
            _("**Off target, without an answer:** {names}"),
            (each.lead.kpi for each in unanswered_concerns(meeting)),
        ),
        (
            _("**Unusual and worse, not explained:** {names}"),
            (each.lead.kpi for each in unexplained_concerns(meeting)),
        ),
        (
            _("**Cause without evidence:** {names}"),
            (each.kpi for each in explained if each.kpi not in shown),
        ),
    ):
        yield from _named(text, (_kpi_name(meeting, each, language) for each in kpis), language)


def _not_accepted(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the owners who did not accept; nothing before the read-back has begun."""
    _ = language.gettext
    if not meeting.is_closed and not any(each.is_taken for each in meeting.open_actions):
        return
    waiting: dict[PersonId, list[str]] = {}
    for each in meeting.open_actions:
        if each.owner is not None and not each.is_taken:
            waiting.setdefault(each.owner, []).append(inline(each.id))
    names = (
        _("{text} ({about})").format(text=person_label(meeting, owner), about=_(", ").join(ids))
        for owner, ids in waiting.items()
    )
    yield from _named(_("**Not yet confirmed by the owner:** {names}"), names, language)


def _coverage_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the modules that were not discussed, and the KPIs without a value."""
    _, completeness = language.gettext, check_completeness(meeting)
    modules = (_(MODULE_NAMES[each]) for each in completeness.undiscussed)
    yield from _named(_("**Not discussed:** {names}"), modules, language)
    kpis = (_kpi_name(meeting, each, language) for each in completeness.without_value)
    yield from _named(_("**KPIs without a value:** {names}"), kpis, language)


def _reasons(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield why checks were passed over, and why points were left open: each reason once."""
    _ = language.gettext
    for each in meeting.overrides:
        reason = _("reason: {reason}").format(reason=inline(each.reason))
        yield f"{line(each.subject)} · {reason}"
    points = {each.key: each for each in _all_points(meeting)}
    by_reason: dict[str, list[str]] = {}
    for each in meeting.accepted:
        if point := points.get(each.subject):  # not if it was settled after all
            name = _point_name(point, meeting, language)
            by_reason.setdefault(inline(each.reason), []).append(name)
    for reason, names in by_reason.items():
        about = _(", ").join(dict.fromkeys(names))
        yield _("**Left open:** {names} · reason: {reason}").format(names=about, reason=reason)


def _all_points(meeting: Meeting) -> tuple[OpenPoint, ...]:
    """Return all open points, whether or not they were accepted."""
    return open_points(replace(meeting, accepted=()))


def _kpi_name(meeting: Meeting, kpi: KpiId, language: Language) -> str:
    definition = meeting.definition(kpi)
    return kpi_label(definition, language) if definition else inline(kpi)
