"""Whether an open action item or question is about the same things as the focus.

Two texts are about the same things where they share a product, a KPI, a marketplace, or a word
that carries a meaning. Chinese is compared by pairs of characters, as it has no spaces; other
words by their first letters, so that “launch” and “launching” are one. A likeness of words is a
hint for the order of a list, and never decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import IntEnum

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.asin import asins_in
from facilitator.domain.decision import Decision
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting

MARKETPLACE_NAMES = {
    "US": ("united states", "usa", "america", "美国", "北美"),
    "UK": ("united kingdom", "britain", "英国"),
    "DE": ("germany", "german", "德国"),
    "FR": ("france", "french", "法国"),
    "IT": ("italy", "italian", "意大利"),
    "ES": ("spain", "spanish", "西班牙"),
    "JP": ("japan", "japanese", "日本"),
    "CA": ("canada", "加拿大"),
    "MX": ("mexico", "墨西哥"),
    "AU": ("australia", "澳洲", "澳大利亚"),
    "NL": ("netherlands", "dutch", "荷兰"),
    "PL": ("poland", "polish", "波兰"),
    "SE": ("sweden", "swedish", "瑞典"),
}
"""What a marketplace is called beside its code, which counts in capitals only."""


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = _split(
    """
    a an the and or of in on at to for from by with without into over under this that these those
    is are be was were will would should can could must may do does did done not no than then
    our we us you your they their it its my i all any each every some more most much many less least
    new next last week weeks month months day days today now before after until first
    get got make made keep kept put set go bring take need needs want focus matter matters main
    raise raised lower lowered reduce increase improve improving grow update check fix solve push
    product products item items thing things problem problems team shop store amazon what which who
    per vs via about up down out off only also again still as if so but
    """
)
"""English words that any two sentences may share."""


MARKETPLACE_WORDS = _split(" ".join(" ".join(names) for names in MARKETPLACE_NAMES.values()))


STOP_PAIRS = _split(
    """
    提升 提高 降低 减少 增加 优化 改善 加强 推进 跟进 完成 处理 解决 进行 检查 更新 调整 尽快 确认
    本周 下周 上周 每周 本月 下月 上月 今天 明天 目前 当前 现在 之前 以后 之后 继续 开始 重点 主要
    产品 商品 问题 工作 情况 方案 计划 团队 店铺 我们 大家 他们 所有 全部 一个 一些 需要 必须 可以
    应该 希望 保证 确保 保持 站点 亚马 马逊 如何 怎么 是否 什么 第一 优先 聚焦
    """
)
"""Chinese pieces of that kind."""

PARTICLES = (
    "的了是在和与或把被将对从到给让为以及其并都也就还很最更不没有我你他她它们这那之于后前要先再"
)
"""Characters that join words: a run of Chinese is parted at them."""


STEM_LENGTH = 5
"""Letters by which words are told apart; “conversion” and “convert” are one."""
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PARTICLE = re.compile(f"[{PARTICLES}]")
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ0-9]+")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])")


class Relevance(IntEnum):
    """What an open promise or question has to do with the focus, in the order of a list."""

    BEFORE = 0
    """It speaks of what mattered last time, and not of what matters now."""
    NEITHER = 1
    NOW = 2
    """It serves the focus of today."""


class RankedEntry(Struct, frozen=True, kw_only=True):
    """Something open, with its bearing on the focus."""

    entry: ActionItem | Decision
    relevance: Relevance


def entries_to_review(meeting: Meeting) -> tuple[ActionItem | Decision, ...]:
    """What a new focus can put in question: promises of earlier meetings, and open questions."""
    carried = (each for each in meeting.open_actions if each.id in meeting.carried_actions)
    return (*carried, *meeting.open_decisions)


def needs_focus_review(meeting: Meeting) -> bool:
    """Whether the focus changed and nobody has looked at what is open since."""
    is_looked_at = any(each.focus == meeting.focus for each in meeting.focus_reviews)
    is_new = has_focus_changed(meeting.past_focus, meeting.focus)
    return is_new and not is_looked_at and bool(entries_to_review(meeting))


def rank_by_relevance(meeting: Meeting) -> tuple[RankedEntry, ...]:
    """What is at stake, first what served only the old focus."""
    definitions = meeting.scorecard.definitions if meeting.scorecard else ()
    called = {each.id: f"{each.name} {each.name_zh}" for each in definitions}
    found = (
        RankedEntry(
            entry=each,
            relevance=relevance_of(
                _entry_text(each, called), now=meeting.focus, before=meeting.past_focus
            ),
        )
        for each in entries_to_review(meeting)
    )
    return tuple(sorted(found, key=lambda each: each.relevance))


def relevance_of(text: str, *, now: str, before: str) -> Relevance:
    """What a text has to do with this week's answer and with last week's."""
    said = extract_terms(text)
    if said & extract_terms(now):
        return Relevance.NOW
    return Relevance.BEFORE if said & extract_terms(before) else Relevance.NEITHER


def extract_terms(text: str) -> frozenset[str]:
    """What a text speaks of: products, marketplaces, words cut to their stem, Chinese pieces."""
    text = unicodedata.normalize("NFKC", text)
    return frozenset(
        (*asins_in(text), *_marketplaces(text), *_stems(text), *_character_pairs(text))
    )


def _entry_text(entry: ActionItem | Decision, called: Mapping[KpiId, str]) -> str:
    """All that an entry says of what it is about."""
    if isinstance(entry, ActionItem):
        words = [entry.title, entry.criterion]
    else:
        words = [entry.question, entry.background, *(each.title for each in entry.options)]
    if entry.kpi is not None:
        words.append(called.get(entry.kpi, entry.kpi))
    if entry.marketplace != ALL:
        words.append(entry.marketplace.upper())
    return "\n".join(words)


def _marketplaces(text: str) -> Iterator[str]:
    codes, folded = set(_CODE.findall(text)), text.casefold()
    for code, names in MARKETPLACE_NAMES.items():
        if code in codes or any(_is_name_in(name, folded) for name in names):
            yield code


def _is_name_in(name: str, text: str) -> bool:
    if name.isascii():
        return re.search(rf"\b{name}\b", text) is not None
    return name in text


def _stems(text: str) -> Iterator[str]:
    """The words that carry a meaning; places and products are told apart."""
    for word in _WORD.findall(text.casefold()):
        if word not in STOP_WORDS and word not in MARKETPLACE_WORDS and not asins_in(word):
            yield (word.removesuffix("s") if not word.endswith("ss") else word)[:STEM_LENGTH]


def _character_pairs(text: str) -> Iterator[str]:
    """Two characters at a time; a run is parted where a word only joins others."""
    for run in _HAN_RUN.findall(text):
        for part in _PARTICLE.split(run):
            for place in range(len(part) - 1):
                piece = part[place : place + 2]
                if piece not in STOP_PAIRS:
                    yield piece
