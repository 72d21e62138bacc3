"""A vague sentence as it could be said: with `[blanks]`, in the language that it was written in.

The blanks are no text of the screen: somebody who writes English in a Chinese program
gets an English sentence. So they are data here and are not translated.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from facilitator.domain.wording import words as known
from facilitator.domain.wording.rules import Aspect
from facilitator.domain.wording.words import pattern, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """What one language fills in; `{it}` is the sentence as far as it has come."""

    hollow: tuple[tuple[str, str], ...]
    """By what the sentence looks like; the first that fits."""
    hollow_ads: str
    name: str
    asin: str
    """English appends the product; Chinese puts it before `{ads}`, what is advertised with."""
    amount: tuple[tuple[str, str], ...]
    """By what is done with the advertising; the first that fits."""
    date: str
    by_date: str
    criterion: str


_ANYTHING = ""
_NOTHING = "^$"
ENGLISH = Blanks(
    hollow=(
        (_NOTHING, "[Do what] to [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)$", "{it} with [whom] on [what]"),
        (r"^(?:follow[- ]?up|chase|push|talk|sync|align)\b", "{it} on [what]"),
        (
            r"^(?:look|check|monitor|watch|keep an eye|think|consider|discuss|review|revisit"
            r"|figure|find|investigate|analy[sz]e|clarify|explore|circle|touch|get back)",
            "{it}: [what to find out or decide]",
        ),
        (_ANYTHING, "{it}: [change what, from what to what]"),
    ),
    hollow_ads="{it}: [change what to how much]",
    name="[name]",
    asin="{it} on [ASIN]",
    amount=(
        (r"\b(?:start|launch|run|open|create|set up|test)\b", "{it} with [amount]"),
        (r"\b(?:by|adjust|set|scale|change)\b", "{it} to [amount]"),
        (_ANYTHING, "{it} by [amount]"),
    ),
    date="[date]",
    by_date="{it} by [date]",
    criterion="{it}: [number, file or yes/no]",
)
CHINESE = Blanks(
    hollow=(
        (_NOTHING, "[做什么]：[对象]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)$", "{it} [谁] 的 [什么事]"),
        ("^(?:跟进|跟踪|催|沟通|对接|协调)", "{it}：[什么事]"),
        (
            "关注|留意|检查|看|考虑|研究|讨论|分析|跟踪|追踪|盯|了解|梳理",
            "{it}：[要得出什么结论]",
        ),
        (_ANYTHING, "{it}：[把什么从多少改到多少]"),
    ),
    hollow_ads="{it}：[把什么改到多少]",
    name="[谁]",
    asin="{before} [ASIN] 的{ads}{after}",
    amount=(
        ("[开建投]", "{it}：[预算多少]"),
        (_ANYTHING, "{it}：[改到多少]"),
    ),
    date="[日期] ",
    by_date="{it}，[日期] 前",
    criterion="{it}：[数字、文件，或是/否]",
)

_HAN = "[一-鿿]"
_NAMES = sorted(set(re.findall(r"\[([^]]+)\]", f"{ENGLISH}{CHINESE}")))
BLANK = rf"\[(?:{'|'.join(_NAMES)})\]"
"""A blank that nobody has filled in."""
_HASTE = words("please", "请") + "|" + known.HASTE
_ENDS = " \t,，。.!！:：;；、"


def completed_title(
    title: str,
    lacks: Collection[Aspect],
    past: tuple[int, int] | None = None,
    *,
    is_dated: bool = True,
) -> str:
    """The title with a blank for all that it lacks; `past` is where it names a day gone by."""
    blanks = _blanks(title)
    it = title
    if past:
        it = it[: past[0]] + blanks.date + it[past[1] :]
    if Aspect.OWNER in lacks:
        it = pattern(known.EVERYBODY_DOES).sub(f"{blanks.name} ", it)
    if Aspect.DUE in lacks or Aspect.THING in lacks:
        it = pattern(_HASTE).sub(" ", it)
    it = " ".join(it.split()).strip(_ENDS)
    if Aspect.ASIN in lacks:
        it = _with_asin(it, blanks)
    it = _with_thing(it, lacks, blanks)
    if Aspect.DUE in lacks and not past and is_dated:
        it = blanks.by_date.format(it=it)
    return it[:1].upper() + it[1:]


def completed_criterion(criterion: str, title: str) -> str:
    """An acceptance criterion with a blank for what makes it one; of none, as in its title."""
    it = criterion.strip(_ENDS)
    return _blanks(it or title).criterion.format(it=it).lstrip(_ENDS)


def _blanks(text: str) -> Blanks:
    return CHINESE if pattern(_HAN).search(text) else ENGLISH


def _with_asin(it: str, blanks: Blanks) -> str:
    found = pattern(known.ADVERTISING).search(it)
    start, end = found.span("at") if found else (0, 0)
    ads = f" {it[start:end]}" if it[start:end].isascii() else it[start:end]
    filled = blanks.asin.format(it=it, before=it[:start].rstrip(), ads=ads, after=it[end:])
    return filled.strip()


def _with_thing(it: str, lacks: Collection[Aspect], blanks: Blanks) -> str:
    if Aspect.THING in lacks:
        if pattern(known.ADVERTISING).search(it):
            return blanks.hollow_ads.format(it=it)
        return _filled(blanks.hollow, it)
    return _filled(blanks.amount, it) if Aspect.AMOUNT in lacks else it


def _filled(rows: tuple[tuple[str, str], ...], it: str) -> str:
    return next(template for each, template in rows if pattern(each).search(it)).format(it=it)
