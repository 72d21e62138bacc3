"""Minutes sections: KPIs off target or unusual, with their answers."""

from collections.abc import Iterable, Iterator, Sequence

from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import (
    answer_marketplaces,
    answers_to,
    concerns,
    is_answered,
    is_off_target,
)
from facilitator.domain.kpis.concerns import Concern
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.render.kpi_answers import (
    answer_lines,
    cause_texts,
    proposal_lines,
    unknown_cause_line,
    value_with_marks,
)
from facilitator.render.language import Language
from facilitator.render.markdown import inline
from facilitator.render.scorecard import division_by_zero, series_value
from facilitator.render.sections.labels import (
    first_and_nested,
    kpi_label,
    marketplace_label,
    person_label,
)


def off_target_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield each concern off target with its values, and why: `ACoS DE 31 % (target ≤ 25 %): …`."""
    for concern in concerns(meeting):
        if not concern.needs_answer:
            continue
        missed = [each for each in concern.series if each.status is TargetStatus.OFF_TARGET]
        texts = []
        for kpi in dict.fromkeys(each.kpi for each in missed):
            if (definition := meeting.definition(kpi)) is not None:
                series = [each for each in missed if each.kpi == kpi]
                values = _values_and_target(series, definition, language)
                texts.append(f"**{kpi_label(definition, language)}** {values}")
        why = language.gettext("; ").join(_reasons(meeting, concern, language))
        name = language.gettext(", ").join(texts)
        yield language.gettext("{name}: {text}").format(name=name, text=why)


def _values_and_target(
    series: Sequence[KpiSeries], definition: KpiDefinition, language: Language
) -> str:
    """Return values with the target, which is said once: `DE 31 %, US 27 % (target ≤ 25 %)`."""
    _ = language.gettext
    values, targets = [], []
    for each in series:
        value = series_value(each, definition, language)
        if each.current.is_worse_than_any_target:
            value = inline(language.translate(division_by_zero(each.current, definition)))
        is_total_alone = each.marketplace == ALL and len(series) == 1
        where = "" if is_total_alone else f"{marketplace_label(each.marketplace, language)} "
        values.append(f"{where}{value}")
        if each.target is not None:
            targets.append(language.target(each.target, definition.unit))
    text = _(", ").join(values)
    target = _("target {target}").format(target=_(", ").join(dict.fromkeys(targets)))
    return _("{text} ({about})").format(text=text, about=target) if targets else text


def _reasons(meeting: Meeting, concern: Concern, language: Language) -> Iterator[str]:
    """Yield why a KPI is off target, or that nobody said it."""
    _ = language.gettext
    if not is_answered(meeting, concern):
        yield _("**no answer**")
    for each in answers_to(meeting, concern.lead.kpi):
        if each.verdict is Verdict.EXPLAINED:
            text = _("; ").join(map(inline, cause_texts(meeting, each, language)))
        elif each.verdict is Verdict.UNKNOWN:
            text = inline(unknown_cause_line(meeting, each, language))
        else:
            text = _("**passed without an answer**")
            if reason := inline(each.reason):
                text = _("{name}: {text}").format(name=text, text=reason)
        yield _with_marketplaces(meeting, each, text, language)


def _with_marketplaces(meeting: Meeting, answer: KpiAnswer, text: str, language: Language) -> str:
    """Return what is said of an answer, with its marketplaces where they have several answers."""
    if len(answers_to(meeting, answer.kpi)) == 1:
        return text
    places = (marketplace_label(each, language) for each in answer_marketplaces(meeting, answer))
    where = language.gettext(", ").join(places)
    return language.gettext("{name}: {text}").format(name=where, text=text)


def kpi_answers(meeting: Meeting, language: Language) -> str:
    """Return the concerns with their answers, without those accepted as normal.

    The causes of those off target are in the summary.
    """
    card = meeting.scorecard
    if card is None:
        return ""
    lines = [
        line
        for concern in concerns(meeting)
        for line in first_and_nested(_answer_texts(meeting, concern, language))
    ]
    lines += _other_answers(meeting, card, language)
    title = "## " + language.gettext("KPIs off target or unusual")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def _definitions_of(card: Scorecard, series: Iterable[KpiSeries]) -> tuple[KpiDefinition, ...]:
    """Return the definition of each KPI once, in the order of the series."""
    kpis = dict.fromkeys(each.kpi for each in series)
    return tuple(known for kpi in kpis if (known := card.definition(kpi)) is not None)


def _answer_texts(meeting: Meeting, concern: Concern, language: Language) -> Iterator[str]:
    answers = answers_to(meeting, concern.lead.kpi)
    if not concern.needs_answer and any(each.verdict is Verdict.NORMAL for each in answers):
        return
    for kpi in concern.kpis:
        if concern.needs_answer and not is_off_target(meeting, kpi):
            continue  # linked, unusual only: it follows from the one off target
        if (definition := meeting.definition(kpi)) is not None:
            series = [each for each in concern.series if each.kpi == kpi]
            yield _kpi_text(meeting, definition, series, language)
    for answer in answers:
        lines = [*answer_lines(meeting, answer, language)]
        if concern.needs_answer:
            lines = [*proposal_lines(answer, language)]
        if lines:
            said = " · ".join(map(inline, lines))
            yield _with_marketplaces(meeting, answer, said, language)


def kpis_to_discuss(meeting: Meeting, language: Language) -> str:
    """Return the KPIs that need an answer, and those of exports that are not weekly."""
    card = meeting.scorecard
    if card is None:
        return ""
    shown = [*card.red, *(each for each in card.series if each.window_reading)]
    lines = [
        "- " + _kpi_text(meeting, known, [each for each in shown if each.kpi == known.id], language)
        for known in _definitions_of(card, shown)
    ]
    title = "## " + language.gettext("KPIs to discuss")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def _kpi_text(
    meeting: Meeting, definition: KpiDefinition, shown: Sequence[KpiSeries], language: Language
) -> str:
    """Return the values of a KPI in a line, with who is responsible for it."""
    values = (
        marketplace_label(each.marketplace, language)
        + " "
        + value_with_marks(definition, each, language)
        for each in shown
    )
    parts = [f"**{kpi_label(definition, language)}**", language.gettext(", ").join(values)]
    owners = dict(meeting.scorecard.owners) if meeting.scorecard else {}
    if owner := owners.get(definition.id):
        parts.append(person_label(meeting, owner))
    return " · ".join(parts)


def _other_answers(meeting: Meeting, card: Scorecard, language: Language) -> Iterator[str]:
    """Yield the answers for KPIs that needed none."""
    told = {each for concern in concerns(meeting) for each in answers_to(meeting, concern.lead.kpi)}
    for answer in meeting.answers:
        definition = card.definition(answer.kpi)
        if definition is not None and answer not in told and answer.verdict is not Verdict.NORMAL:
            texts = map(inline, answer_lines(meeting, answer, language))
            yield from first_and_nested((f"**{kpi_label(definition, language)}**", *texts))
