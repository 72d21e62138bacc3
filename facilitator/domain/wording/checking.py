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
from facilitator.domain.wording.blanks import BLANK, completed_criterion, completed_title
from facilitator.domain.wording.dates import Deadline, deadline_in, without_dates
from facilitator.domain.wording.rules import RULES, Aspect, Field, Rule
from facilitator.domain.wording.words import HASTE, pattern

__all__ = ["Aspect", "Field", "Finding", "Wording", "check"]

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
    title: str,
    owner: PersonId | None,
    due: date | None,
    criterion: str,
    *,
    on: date,
    is_dated_apart: bool = False,
) -> Wording:
    """What is still unclear about an action item that is written on the day `on`.

    The fuller title has a blank for a date that is missing, unless it `is_dated_apart`.
    """
    texts = {Field.TITLE: title, Field.OWNER: owner or "", Field.CRITERION: criterion}
    unfilled = tuple(_unfilled(texts))
    begun = {each.field for each in unfilled}
    deadline = deadline_in(title, on)
    past = deadline if deadline and deadline.day < on else None
    unclear = (*_by_rules(texts), *_by_dates(title, due, past, on))
    findings = (*unfilled, *(each for each in unclear if each.field not in begun))
    of_title = {each.aspect for each in findings if each.field in (Field.TITLE, Field.DUE)}
    span = past.span if past else None
    is_open = any(each.field is Field.CRITERION for each in findings)
    is_title_due = of_title and Field.TITLE not in begun
    is_criterion_due = is_open and Field.CRITERION not in begun
    is_dated = not is_dated_apart
    return Wording(
        findings=findings,
        title=completed_title(title, of_title, span, is_dated=is_dated) if is_title_due else "",
        criterion=completed_criterion(criterion, title) if is_criterion_due else "",
    )


def _unfilled(texts: dict[Field, str]) -> Iterator[Finding]:
    """Blanks of an offered sentence; until they are filled in, nothing else is said of a field."""
    for field, aspect in ((Field.TITLE, Aspect.THING), (Field.CRITERION, Aspect.CRITERION)):
        if blank := pattern(BLANK).search(texts[field]):
            says = message(N_("Fill in {words}."), words=blank[0])
            yield Finding(aspect=aspect, field=field, says=says, span=blank.span())


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
