"""What waits until somebody asks for it, one line each; nothing of it opens by itself."""

from collections.abc import Iterator
from pathlib import Path

from facilitator.domain.approval import find_action_bypass, find_decision_bypass
from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting
from facilitator.domain.wording.focus_relevance import (
    Relevance,
    needs_focus_review,
    rank_by_relevance,
)
from facilitator.render.decision import bypass_line
from facilitator.render.language import Language


def waiting_lines(meeting: Meeting, language: Language) -> tuple[str, ...]:
    """Return a line for each thing that waits, with the key that opens it."""
    return (*_focus_lines(meeting, language), *_bypass_lines(meeting, language))


def storage_lines(
    recovered: Path | None, minutes_kept: Path | None, language: Language
) -> tuple[str, ...]:
    """Return what a person must know of the meeting's files that others changed."""
    return tuple(
        language.gettext(text).format(file=file.name)
        for text, file in (
            (
                N_("Another program changed the journal · J puts it back · steps go to {file}"),
                recovered,
            ),
            (
                N_("The minutes on disk held more than the journal: they are kept as {file}"),
                minutes_kept,
            ),
        )
        if file
    )


def _focus_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield how many open entries may no longer serve a focus that has changed."""
    if not needs_focus_review(meeting):
        return
    ranked = rank_by_relevance(meeting)
    count = sum(each.relevance is not Relevance.CURRENT_FOCUS for each in ranked) or len(ranked)
    yield language.ngettext(
        "{count} open entry may no longer serve today's focus · f to look",
        "{count} open entries may no longer serve today's focus · f to look",
        count,
    ).format(count=count)


def _bypass_lines(meeting: Meeting, language: Language) -> Iterator[str]:
    """Yield the decisions and action items that were made or given out past a supervisor."""
    for decision in meeting.decisions:
        if bypass := find_decision_bypass(meeting, decision):
            yield language.gettext("{id}: {what} · 2, then w on it").format(
                id=decision.id, what=bypass_line(bypass, language)
            )
    for action in meeting.open_actions:
        if bypass := find_action_bypass(meeting, action):
            yield language.gettext("{id}: {what} · 3, then v on it").format(
                id=action.id, what=bypass_line(bypass, language)
            )
