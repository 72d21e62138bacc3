"""What makes an action item vague, in English and in Chinese, and how it could be said.

A hint for whoever types, never a refusal: it would rather miss a vague item than
trouble somebody with a clear one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.people import PersonId
from facilitator.domain.wording_blanks import completed_criterion, completed_title
from facilitator.domain.wording_dates import Deadline, deadline_in, without_dates
from facilitator.domain.wording_rules import RULES, Aspect, Field, Rule
from facilitator.domain.wording_words import HASTE, pattern

__all__ = ["Aspect", "Field", "Finding", "Wording", "check", "vague"]

_PAST = N_("It would be due in the past, on {due}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that an action item lacks."""

    aspect: Aspect
    field: Field
    says: Message
    span: tuple[int, int] = (0, 0)
    """The words in that field which it is about: from, to; empty where the field is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an action item lacks, and its sentences with `[blanks]` for all of that."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    """A fuller title, in the language of the one that was written; empty where none is needed."""
    criterion: str = ""
    """Likewise for the acceptance criterion."""


def check(
    title: str, owner: PersonId | None, due: date | None, criterion: str, *, on: date
) -> Wording:
    """What is still unclear about an action item that is written on the day `on`."""
    texts = {Field.TITLE: title, Field.OWNER: owner or "", Field.CRITERION: criterion}
    deadline = deadline_in(title, on)
    past = deadline if deadline and deadline.day < on else None
    findings = (*_by_rules(texts), *_by_dates(title, due, past, on))
    of_title = {each.aspect for each in findings if each.field in (Field.TITLE, Field.DUE)}
    is_open = any(each.field is Field.CRITERION for each in findings)
    return Wording(
        findings=findings,
        title=completed_title(title, of_title, past.span if past else None) if of_title else "",
        criterion=completed_criterion(criterion, title) if is_open else "",
    )


def vague(
    title: str, owner: PersonId | None, due: date | None, criterion: str, *, on: date
) -> tuple[Message, ...]:
    """What is still unclear about an action item, as sentences; nothing where it is clear."""
    return tuple(each.says for each in check(title, owner, due, criterion, on=on).findings)


def _by_rules(texts: dict[Field, str]) -> tuple[Finding, ...]:
    """Of two rules on the same thing in the same field, the first one speaks."""
    plain = {field: without_dates(text) for field, text in texts.items()}
    found: dict[tuple[Aspect, Field], Finding] = {}
    for rule in RULES:
        words = _broken(rule, plain)
        if words and (rule.aspect, rule.field) not in found:
            start, end = words.span("at" if "at" in words.re.groupindex else 0)
            says = message(rule.says, words=texts[rule.field][start:end])
            found[rule.aspect, rule.field] = Finding(
                aspect=rule.aspect, field=rule.field, says=says, span=(start, end)
            )
    return tuple(found.values())


def _broken(rule: Rule, texts: dict[Field, str]) -> re.Match[str] | None:
    text = texts[rule.field]
    if rule.only_if and not pattern(rule.only_if).search(text):
        return None
    if any(pattern(rule.unless).search(texts[field]) for field in rule.unless_in):
        return None
    return pattern(rule.found).search(text)


def _by_dates(title: str, due: date | None, past: Deadline | None, on: date) -> Iterator[Finding]:
    """What no table can say, for it depends on the day."""
    if past:
        says = message(_PAST, due=past.day.isoformat())
        yield Finding(aspect=Aspect.DUE, field=Field.TITLE, says=says, span=past.span)
    if due is None and (haste := pattern(HASTE).search(title)):
        says = message(N_("“{words}” is no date; name the day."), words=haste[0])
        yield Finding(aspect=Aspect.DUE, field=Field.TITLE, says=says, span=haste.span())
    elif due is None:
        yield Finding(aspect=Aspect.DUE, field=Field.DUE, says=message(N_("It has no due date.")))
    elif due < on:
        says = message(_PAST, due=due.isoformat())
        yield Finding(aspect=Aspect.DUE, field=Field.DUE, says=says)
