"""The check for vague action items, in English and in Chinese, and the wording it suggests.

A hint for whoever types, never a refusal: it would rather miss a vague item than trouble somebody
with a clear one. Suggestions have `[blanks]` to fill in, in the language in which the item was
written, whatever the language of the program: so they are data here and are not translated.
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
    """What an action item can lack."""

    THING = "thing"
    """What is to be done to what."""
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"
    """How the room will know that it is done."""
    ASIN = "asin"
    AMOUNT = "amount"


class ActionField(StrEnum):
    """Where in an action item."""

    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"


class WordingRule(Struct, frozen=True, kw_only=True):
    """Speaks up where `found` is in its field, unless what excuses it is there as well."""

    aspect: MissingDetail
    field: ActionField
    found: str
    """A pattern; its group `at`, if it has one, is what to point at."""
    only_if: str = ""
    """What has to be in the field, too."""
    unless: str = ""
    """What excuses it."""
    unless_in: tuple[ActionField, ...] = ()
    """Where the excuse may stand."""
    says: str
    """Marked; its `{words}` are those that were found."""


_WHOLE_ITEM = (ActionField.TITLE, ActionField.CRITERION)

WORDING_RULES: tuple[WordingRule, ...] = (
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=r"^\s*$",
        says=N_("Nobody owns it; name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=rf"^\s*(?P<at>{vocabulary.EVERYBODY})\s*$",
        says=N_("“{words}” is nobody in particular; name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.OWNER,
        found=r"\S.*\S",
        only_if=vocabulary.SEVERAL,
        says=N_("“{words}” is more than one person; name one."),
    ),
    WordingRule(
        aspect=MissingDetail.OWNER,
        field=ActionField.TITLE,
        found=vocabulary.EVERYBODY_DOES,
        says=N_("“{words}” is nobody in particular; name one person."),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=r"^\s*$",
        says=N_("Nobody could tell when it is done; say how the room will know."),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=vocabulary.SUBJECTIVE,
        unless=f"{vocabulary.NUMBER}|{vocabulary.YES_OR_NO}",
        unless_in=(ActionField.CRITERION,),
        says=N_("“{words}” is for everybody to judge: “Done when” has no number and no yes or no."),
    ),
    WordingRule(
        aspect=MissingDetail.CRITERION,
        field=ActionField.CRITERION,
        found=r"\S.*",
        unless=f"{vocabulary.NUMBER}|{vocabulary.YES_OR_NO}|{vocabulary.ARTEFACT}",
        unless_in=(ActionField.CRITERION,),
        says=N_("“Done when” names no number, nothing to look at, and no yes or no."),
    ),
    WordingRule(
        aspect=MissingDetail.THING,
        field=ActionField.TITLE,
        found=vocabulary.VAGUE_TITLE,
        says=N_("It does not say what is to be done to what; name the thing itself."),
    ),
    WordingRule(
        aspect=MissingDetail.ASIN,
        field=ActionField.TITLE,
        found=vocabulary.ADVERTISING,
        only_if=vocabulary.CHANGES_SOMETHING,
        unless=ASIN_PATTERN,
        unless_in=_WHOLE_ITEM,
        says=N_("An action on ads names its ASIN (B0…)."),
    ),
    WordingRule(
        aspect=MissingDetail.AMOUNT,
        field=ActionField.TITLE,
        found=vocabulary.ADVERTISING,
        only_if=vocabulary.CHANGES_SOMETHING,
        unless=f"{vocabulary.AMOUNT}|{vocabulary.STOPS_ADVERTISING}",
        unless_in=_WHOLE_ITEM,
        says=N_("An action on ads names an amount: a bid, a budget or a share."),
    ),
)
"""In the order in which they are said; of two on the same aspect and field the first speaks."""


class SuggestionTemplates(Struct, frozen=True, kw_only=True):
    """What one language fills in; `{it}` is the sentence as far as it has come."""

    vague: tuple[tuple[str, str], ...]
    """By what the sentence looks like; the first that fits."""
    vague_ads: str
    name: str
    asin: str
    """English appends the product; Chinese puts it before `{ads}`, what is advertised with."""
    amount: tuple[tuple[str, str], ...]
    """By what is done with the advertising; the first that fits."""
    date: str
    by_date: str
    criterion: str


_ANY_TEXT = ""
_NO_TEXT = "^$"
ENGLISH_TEMPLATES = SuggestionTemplates(
    vague=(
        (_NO_TEXT, "[Do what] to [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)$", "{it} with [whom] on [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)\b", "{it} on [what]"),
        (
            r"^(?:look|check|monitor|watch|keep an eye|think|consider|discuss|review|revisit"
            r"|figure|find|investigate|analy[sz]e|clarify|explore|circle|touch|get back)",
            "{it}: [what to find out or decide]",
        ),
        (_ANY_TEXT, "{it}: [change what, from what to what]"),
    ),
    vague_ads="{it}: [change what to how much]",
    name="[name]",
    asin="{it} on [ASIN]",
    amount=(
        (r"\b(?:start|launch|run|open|create|set up|test)\b", "{it} with [amount]"),
        (r"\b(?:by|adjust|set|scale|change)\b", "{it} to [amount]"),
        (_ANY_TEXT, "{it} by [amount]"),
    ),
    date="[date]",
    by_date="{it} by [date]",
    criterion="{it}: [number, file or yes/no]",
)
CHINESE_TEMPLATES = SuggestionTemplates(
    vague=(
        (_NO_TEXT, "[做什么]：[对象]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)$", "{it} [谁] 的 [什么事]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)", "{it}：[什么事]"),
        (
            "关注|留意|检查|看|考虑|研究|讨论|分析|跟踪|追踪|盯|了解|梳理",
            "{it}：[要得出什么结论]",
        ),
        (_ANY_TEXT, "{it}：[把什么从多少改到多少]"),
    ),
    vague_ads="{it}：[把什么改到多少]",
    name="[谁]",
    asin="{before} [ASIN] 的{ads}{after}",
    amount=(
        ("[开建投]", "{it}：[预算多少]"),
        (_ANY_TEXT, "{it}：[改到多少]"),
    ),
    date="[日期] ",
    by_date="{it}，[日期] 前",
    criterion="{it}：[数字、文件，或是/否]",
)

_HAN = "[一-鿿]"
_BLANK_NAMES = sorted(set(re.findall(r"\[([^]]+)\]", f"{ENGLISH_TEMPLATES}{CHINESE_TEMPLATES}")))
BLANK_PATTERN = rf"\[(?:{'|'.join(_BLANK_NAMES)})\]"
"""A blank that nobody has filled in."""
_REPLACED_BY_DATE = word_pattern("please", "请") + "|" + vocabulary.VAGUE_DATE
_STRIPPED = " \t,，。.!！:：;；、"


def suggest_title(
    title: str,
    lacks: Collection[MissingDetail],
    past: tuple[int, int] | None = None,
    *,
    is_dated: bool = True,
) -> str:
    """The title with a blank for all that it lacks; `past` is where it names a day gone by."""
    blanks = _templates_for(title)
    it = title
    if past:
        it = it[: past[0]] + blanks.date + it[past[1] :]
    if MissingDetail.OWNER in lacks:
        it = compile_pattern(vocabulary.EVERYBODY_DOES).sub(f"{blanks.name} ", it)
    if MissingDetail.DUE in lacks or MissingDetail.THING in lacks:
        it = compile_pattern(_REPLACED_BY_DATE).sub(" ", it)
    it = " ".join(it.split()).strip(_STRIPPED)
    if MissingDetail.ASIN in lacks:
        it = _with_asin(it, blanks)
    it = _with_thing(it, lacks, blanks)
    if MissingDetail.DUE in lacks and not past and is_dated:
        it = blanks.by_date.format(it=it)
    return it[:1].upper() + it[1:]


def suggest_criterion(criterion: str, title: str) -> str:
    """An acceptance criterion with a blank for what makes it one; of none, as in its title."""
    it = criterion.strip(_STRIPPED)
    return _templates_for(it or title).criterion.format(it=it).lstrip(_STRIPPED)


def _templates_for(text: str) -> SuggestionTemplates:
    return CHINESE_TEMPLATES if compile_pattern(_HAN).search(text) else ENGLISH_TEMPLATES


def _with_asin(it: str, blanks: SuggestionTemplates) -> str:
    found = compile_pattern(vocabulary.ADVERTISING).search(it)
    start, end = found.span("at") if found else (0, 0)
    ads = f" {it[start:end]}" if it[start:end].isascii() else it[start:end]
    filled = blanks.asin.format(it=it, before=it[:start].rstrip(), ads=ads, after=it[end:])
    return filled.strip()


def _with_thing(it: str, lacks: Collection[MissingDetail], blanks: SuggestionTemplates) -> str:
    if MissingDetail.THING in lacks:
        if compile_pattern(vocabulary.ADVERTISING).search(it):
            return blanks.vague_ads.format(it=it)
        return _fill_template(blanks.vague, it)
    return _fill_template(blanks.amount, it) if MissingDetail.AMOUNT in lacks else it


def _fill_template(rows: tuple[tuple[str, str], ...], it: str) -> str:
    return next(template for each, template in rows if compile_pattern(each).search(it)).format(
        it=it
    )


_DUE_IN_PAST = N_("It would be due in the past, on {due}.")


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that an action item lacks."""

    aspect: MissingDetail
    field: ActionField
    says: Message
    span: tuple[int, int] = (0, 0)
    """The words in that field which it is about: from, to; empty where the field is."""


class CheckResult(Struct, frozen=True, kw_only=True):
    """What an action item lacks, and its sentences with `[blanks]` for all of that."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    """A fuller title, in the language of the one that was written; empty where none is needed."""
    criterion: str = ""
    """Likewise for the acceptance criterion."""


def check_wording(
    title: str,
    owner: PersonId | None,
    due: date | None,
    criterion: str,
    *,
    on: date,
    has_due_field: bool = False,
) -> CheckResult:
    """What is still unclear about an action item that is written on the day `on`.

    The fuller title has a blank for a date that is missing, unless it `has_due_field`.
    """
    texts = {
        ActionField.TITLE: title,
        ActionField.OWNER: owner or "",
        ActionField.CRITERION: criterion,
    }
    unfilled = tuple(_unfilled_blanks(texts))
    begun = {each.field for each in unfilled}
    deadline = find_deadline(title, on)
    past = deadline if deadline and deadline.day < on else None
    unclear = (*_findings_by_rules(texts), *_findings_by_dates(title, due, past, on))
    findings = (*unfilled, *(each for each in unclear if each.field not in begun))
    of_title = {
        each.aspect for each in findings if each.field in (ActionField.TITLE, ActionField.DUE)
    }
    span = past.span if past else None
    is_open = any(each.field is ActionField.CRITERION for each in findings)
    is_title_due = of_title and ActionField.TITLE not in begun
    is_criterion_due = is_open and ActionField.CRITERION not in begun
    is_dated = not has_due_field
    return CheckResult(
        findings=findings,
        title=suggest_title(title, of_title, span, is_dated=is_dated) if is_title_due else "",
        criterion=suggest_criterion(criterion, title) if is_criterion_due else "",
    )


def _unfilled_blanks(texts: dict[ActionField, str]) -> Iterator[Finding]:
    """Blanks of an offered sentence; until they are filled in, nothing else is said of a field."""
    for field, aspect in (
        (ActionField.TITLE, MissingDetail.THING),
        (ActionField.CRITERION, MissingDetail.CRITERION),
    ):
        if blank := compile_pattern(BLANK_PATTERN).search(texts[field]):
            says = message(N_("Fill in {words}."), words=blank[0])
            yield Finding(aspect=aspect, field=field, says=says, span=blank.span())


def _findings_by_rules(texts: dict[ActionField, str]) -> tuple[Finding, ...]:
    """Of two rules on the same thing in the same field, the first one speaks."""
    plain = {field: blank_out_dates(text) for field, text in texts.items()}
    found: dict[tuple[MissingDetail, ActionField], Finding] = {}
    for rule in WORDING_RULES:
        words = _match_rule(rule, plain)
        if words and (rule.aspect, rule.field) not in found:
            start, end = words.span("at" if "at" in words.re.groupindex else 0)
            says = message(rule.says, words=texts[rule.field][start:end])
            found[rule.aspect, rule.field] = Finding(
                aspect=rule.aspect, field=rule.field, says=says, span=(start, end)
            )
    return tuple(found.values())


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
    """What no table can say, for it depends on the day."""
    if past:
        says = message(_DUE_IN_PAST, due=past.day.isoformat())
        yield Finding(aspect=MissingDetail.DUE, field=ActionField.TITLE, says=says, span=past.span)
    if due is None and (haste := compile_pattern(VAGUE_DATE).search(title)):
        says = message(N_("“{words}” is no date; name the day."), words=haste[0])
        yield Finding(
            aspect=MissingDetail.DUE, field=ActionField.TITLE, says=says, span=haste.span()
        )
    elif due is None:
        yield Finding(
            aspect=MissingDetail.DUE, field=ActionField.DUE, says=message(N_("It has no due date."))
        )
    elif due < on:
        says = message(_DUE_IN_PAST, due=due.isoformat())
        yield Finding(aspect=MissingDetail.DUE, field=ActionField.DUE, says=says)
