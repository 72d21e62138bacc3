"""Check for vague action items in English and Chinese, with suggestions for better wording.

The result is a hint for the person who types, never a refusal; when in doubt, nothing is
reported. Suggestions have `[blanks]` to fill in, in the language of the action item, whatever
the language of the program; so they are data here, and not translated.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from facilitator.domain.asin import ASIN_PATTERN
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.people import PersonId
from facilitator.domain.wording import vocabulary
from facilitator.domain.wording.deadlines import Deadline, blank_out_dates, find_deadline
from facilitator.domain.wording.vocabulary import VAGUE_DATE, compile_pattern, word_pattern


class MissingDetail(StrEnum):
    """A detail that an action item can lack."""

    THING = "thing"
    """What is to be done to what."""
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"
    """How the team will know that it is done."""
    ASIN = "asin"
    AMOUNT = "amount"


class ActionField(StrEnum):
    """A field of an action item."""

    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"


class WordingRule(Struct, frozen=True, kw_only=True):
    """A rule that reports a missing detail if `found` matches a field, with some exceptions."""

    aspect: MissingDetail
    field: ActionField
    found: str
    """A pattern; its group `at`, if it has one, is the part to report."""
    only_if: str = ""
    """A pattern that the field must match, too."""
    unless: str = ""
    """A pattern that excuses the field."""
    unless_in: tuple[ActionField, ...] = ()
    """The fields in which `unless` is looked for."""
    message: str
    """The message, marked for translation; `{words}` is the part that was found."""


_WHOLE_ITEM = (ActionField.TITLE, ActionField.CRITERION)

WORDING_RULES: tuple[WordingRule, ...] = (
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=r"^\s*$",
        message=N_("There is no owner. Name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=rf"^\s*(?P<at>{vocabulary.COLLECTIVE_OWNER})\s*$",
        message=N_("“{words}” is not a person. Name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=r"\S.*\S",
        only_if=vocabulary.NAME_SEPARATOR,
        message=N_("“{words}” is more than one person. Name one."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.TITLE,
        found=vocabulary.COLLECTIVE_SUBJECT,
        message=N_("“{words}” is not a person. Name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=r"^\s*$",
        message=N_("It does not say when it is done. Write how you will know."),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=vocabulary.SUBJECTIVE,
        unless=f"{vocabulary.NUMBER}|{vocabulary.YES_NO_RESULT}",
        unless_in=(ActionField.CRITERION,),
        message=N_(
            "“{words}” is a matter of opinion. “Done when” needs a number, or a yes-or-no check."
        ),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=r"\S.*",
        unless=f"{vocabulary.NUMBER}|{vocabulary.YES_NO_RESULT}|{vocabulary.ARTEFACT}",
        unless_in=(ActionField.CRITERION,),
        message=N_("“Done when” needs a number, something to look at, or a yes-or-no check."),
    ),
    WordingRule(
        aspect=MissingDetail.THING,
        field=ActionField.TITLE,
        found=vocabulary.VAGUE_TITLE,
        message=N_("It does not say what to do with what. Name the thing itself."),
    ),
    WordingRule(
        aspect=MissingDetail.ASIN,
        field=ActionField.TITLE,
        found=vocabulary.ADVERTISING,
        only_if=vocabulary.CHANGING_TITLE,
        unless=ASIN_PATTERN,
        unless_in=_WHOLE_ITEM,
        message=N_("Name the ASIN (B0…) that the ads are for."),
    ),
    WordingRule(
        aspect=MissingDetail.AMOUNT,
        field=ActionField.TITLE,
        found=vocabulary.ADVERTISING,
        only_if=vocabulary.CHANGING_TITLE,
        unless=f"{vocabulary.AMOUNT}|{vocabulary.STOPS_ADVERTISING}",
        unless_in=_WHOLE_ITEM,
        message=N_("Name an amount for the ads: a bid, a budget or a share."),
    ),
)
"""The rules in the order of their messages; per detail and field only the first is reported."""


class SuggestionTemplates(Struct, frozen=True, kw_only=True):
    """The texts of suggestions in one language; `{text}` is the sentence so far."""

    vague: tuple[tuple[str, str], ...]
    """Pairs of a pattern and a template; the first pattern that matches is used."""
    vague_ads: str
    name: str
    asin: str
    """Where the ASIN goes: in English at the end, in Chinese before `{ads}`."""
    amount: tuple[tuple[str, str], ...]
    """Pairs of a pattern and a template; the first pattern that matches is used."""
    date: str
    by_date: str
    criterion: str


_ANY_TEXT = ""
_NO_TEXT = "^$"
ENGLISH_TEMPLATES = SuggestionTemplates(
    vague=(
        (_NO_TEXT, "[Do what] to [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)$", "{text} with [whom] on [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)\b", "{text} on [what]"),
        (
            r"^(?:look|check|monitor|watch|keep an eye|think|consider|discuss|review|revisit"
            r"|figure|find|investigate|analy[sz]e|clarify|explore|circle|touch|get back)",
            "{text}: [what to find out or decide]",
        ),
        (_ANY_TEXT, "{text}: [change what, from what to what]"),
    ),
    vague_ads="{text}: [change what to how much]",
    name="[name]",
    asin="{text} on [ASIN]",
    amount=(
        (r"\b(?:start|launch|run|open|create|set up|test)\b", "{text} with [amount]"),
        (r"\b(?:by|adjust|set|scale|change)\b", "{text} to [amount]"),
        (_ANY_TEXT, "{text} by [amount]"),
    ),
    date="[date]",
    by_date="{text} by [date]",
    criterion="{text}: [number, file or yes/no]",
)
CHINESE_TEMPLATES = SuggestionTemplates(
    vague=(
        (_NO_TEXT, "[做什么]：[对象]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)$", "{text} [谁] 的 [什么事]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)", "{text}：[什么事]"),
        (
            "关注|留意|检查|看|考虑|研究|讨论|分析|跟踪|追踪|盯|了解|梳理",
            "{text}：[要得出什么结论]",
        ),
        (_ANY_TEXT, "{text}：[把什么从多少改到多少]"),
    ),
    vague_ads="{text}：[把什么改到多少]",
    name="[谁]",
    asin="{before} [ASIN] 的{ads}{after}",
    amount=(
        ("[开建投]", "{text}：[预算多少]"),
        (_ANY_TEXT, "{text}：[改到多少]"),
    ),
    date="[日期] ",
    by_date="{text}，[日期] 前",
    criterion="{text}：[数字、文件，或是/否]",
)

_HAN = "[一-鿿]"
_BLANK_NAMES = sorted(set(re.findall(r"\[([^]]+)\]", f"{ENGLISH_TEMPLATES}{CHINESE_TEMPLATES}")))
BLANK_PATTERN = rf"\[(?:{'|'.join(_BLANK_NAMES)})\]"
"""A blank of a suggestion that was not filled in."""
_REPLACED_BY_DATE = word_pattern("please", "请") + "|" + vocabulary.VAGUE_DATE
_STRIPPED = " \t,，。.!！:：;；、"


def suggest_title(
    title: str,
    lacks: Collection[MissingDetail],
    past: tuple[int, int] | None = None,
    *,
    is_dated: bool = True,
) -> str:
    """Return the title with a blank for every detail that it lacks.

    `past` is the range of a date in the title that has passed. Without `is_dated`, no blank is
    added for the due date.
    """
    blanks = _templates_for(title)
    text = title
    if past:
        text = text[: past[0]] + blanks.date + text[past[1] :]
    if MissingDetail.OWNER in lacks:
        text = compile_pattern(vocabulary.COLLECTIVE_SUBJECT).sub(f"{blanks.name} ", text)
    if MissingDetail.DUE in lacks or MissingDetail.THING in lacks:
        text = compile_pattern(_REPLACED_BY_DATE).sub(" ", text)
    text = " ".join(text.split()).strip(_STRIPPED)
    if MissingDetail.ASIN in lacks:
        text = _with_asin(text, blanks)
    text = _with_thing(text, lacks, blanks)
    if MissingDetail.DUE in lacks and not past and is_dated:
        text = blanks.by_date.format(text=text)
    return text[:1].upper() + text[1:]


def suggest_criterion(criterion: str, title: str) -> str:
    """Return the criterion with a blank for what it lacks, in the language of the item."""
    text = criterion.strip(_STRIPPED)
    return _templates_for(text or title).criterion.format(text=text).lstrip(_STRIPPED)


def _templates_for(text: str) -> SuggestionTemplates:
    return CHINESE_TEMPLATES if compile_pattern(_HAN).search(text) else ENGLISH_TEMPLATES


def _with_asin(text: str, blanks: SuggestionTemplates) -> str:
    match = compile_pattern(vocabulary.ADVERTISING).search(text)
    start, end = match.span("at") if match else (0, 0)
    ads = f" {text[start:end]}" if text[start:end].isascii() else text[start:end]
    filled = blanks.asin.format(text=text, before=text[:start].rstrip(), ads=ads, after=text[end:])
    return filled.strip()


def _with_thing(text: str, lacks: Collection[MissingDetail], blanks: SuggestionTemplates) -> str:
    if MissingDetail.THING in lacks:
        if compile_pattern(vocabulary.ADVERTISING).search(text):
            return blanks.vague_ads.format(text=text)
        return _fill_template(blanks.vague, text)
    return _fill_template(blanks.amount, text) if MissingDetail.AMOUNT in lacks else text


def _fill_template(rows: tuple[tuple[str, str], ...], text: str) -> str:
    return next(template for each, template in rows if compile_pattern(each).search(text)).format(
        text=text
    )


_DUE_IN_PAST = N_("The due date {due} is in the past.")


class Finding(Struct, frozen=True, kw_only=True):
    """A detail that an action item lacks."""

    aspect: MissingDetail
    field: ActionField
    message: Message
    span: tuple[int, int] = (0, 0)
    """Start and end of the words in the field that it is about; (0, 0) if it is empty."""


class CheckResult(Struct, frozen=True, kw_only=True):
    """The findings about an action item, and suggestions with `[blanks]`."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    """A suggested title; empty if nothing is missing."""
    criterion: str = ""
    """A suggested acceptance criterion; empty if nothing is missing."""


def check_wording(
    title: str,
    owner: PersonId | None,
    due: date | None,
    criterion: str,
    *,
    on: date,
    has_due_field: bool = False,
) -> CheckResult:
    """Check the wording of an action item that is written on the day `on`.

    With `has_due_field`, the suggested title has no blank for the due date.
    """
    texts = {
        ActionField.TITLE: title,
        ActionField.OWNER: owner or "",
        ActionField.CRITERION: criterion,
    }
    unfilled = tuple(_unfilled_blanks(texts))
    fields_with_blanks = {each.field for each in unfilled}
    deadline = find_deadline(title, on)
    past = deadline if deadline and deadline.day < on else None
    other_findings = (*_findings_by_rules(texts), *_findings_by_dates(title, due, past, on))
    findings = (
        *unfilled,
        *(each for each in other_findings if each.field not in fields_with_blanks),
    )
    missing_in_title = {
        each.aspect for each in findings if each.field in (ActionField.TITLE, ActionField.DUE)
    }
    span = past.span if past else None
    is_criterion_unclear = any(each.field is ActionField.CRITERION for each in findings)
    suggests_title = missing_in_title and ActionField.TITLE not in fields_with_blanks
    suggests_criterion = is_criterion_unclear and ActionField.CRITERION not in fields_with_blanks
    is_dated = not has_due_field
    return CheckResult(
        findings=findings,
        title=suggest_title(title, missing_in_title, span, is_dated=is_dated)
        if suggests_title
        else "",
        criterion=suggest_criterion(criterion, title) if suggests_criterion else "",
    )


def _unfilled_blanks(texts: dict[ActionField, str]) -> Iterator[Finding]:
    """Yield a finding for each field with a blank; no other is reported for that field."""
    for field, aspect in (
        (ActionField.TITLE, MissingDetail.THING),
        (ActionField.CRITERION, MissingDetail.CRITERION),
    ):
        if blank := compile_pattern(BLANK_PATTERN).search(texts[field]):
            sentence = message(N_("Fill in {words}."), words=blank[0])
            yield Finding(aspect=aspect, field=field, message=sentence, span=blank.span())


def _findings_by_rules(texts: dict[ActionField, str]) -> tuple[Finding, ...]:
    """Return the findings of the rules, at most one per detail and field."""
    without_dates = {field: blank_out_dates(text) for field, text in texts.items()}
    findings: dict[tuple[MissingDetail, ActionField], Finding] = {}
    for rule in WORDING_RULES:
        match = _match_rule(rule, without_dates)
        if match and (rule.aspect, rule.field) not in findings:
            start, end = match.span("at" if "at" in match.re.groupindex else 0)
            sentence = message(rule.message, words=texts[rule.field][start:end])
            findings[rule.aspect, rule.field] = Finding(
                aspect=rule.aspect, field=rule.field, message=sentence, span=(start, end)
            )
    return tuple(findings.values())


def _match_rule(rule: WordingRule, texts: dict[ActionField, str]) -> re.Match[str] | None:
    text = texts[rule.field]
    if rule.only_if and not compile_pattern(rule.only_if).search(text):
        return None
    if any(compile_pattern(rule.unless).search(texts[field]) for field in rule.unless_in):
        return None
    return compile_pattern(rule.found).search(text)


def _findings_by_dates(
    title: str, due: date | None, past: Deadline | None, on: date
) -> Iterator[Finding]:
    """Yield the findings that depend on the day."""
    if past:
        sentence = message(_DUE_IN_PAST, due=past.day.isoformat())
        yield Finding(
            aspect=MissingDetail.DUE, field=ActionField.TITLE, message=sentence, span=past.span
        )
    if due is None and (vague_date := compile_pattern(VAGUE_DATE).search(title)):
        sentence = message(N_("“{words}” is not a date. Name the day."), words=vague_date[0])
        yield Finding(
            aspect=MissingDetail.DUE,
            field=ActionField.TITLE,
            message=sentence,
            span=vague_date.span(),
        )
    elif due is None:
        yield Finding(
            aspect=MissingDetail.DUE,
            field=ActionField.DUE,
            message=message(N_("There is no due date.")),
        )
    elif due < on:
        sentence = message(_DUE_IN_PAST, due=due.isoformat())
        yield Finding(aspect=MissingDetail.DUE, field=ActionField.DUE, message=sentence)
