"""Relevance of open action items and questions to the focus, by the terms they share.

Two texts are about the same thing if they share a product, a KPI, a marketplace, or a word that
is not a stop word. Chinese has no spaces, so it is compared by pairs of characters; other words
are compared by their first letters, so that “launch” and “launching” are equal. The result only
orders a list; people decide.
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
"""The names of each marketplace beside its code, which counts in upper case only."""


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
"""English words without a meaning of their own here."""


MARKETPLACE_WORDS = _split(" ".join(" ".join(names) for names in MARKETPLACE_NAMES.values()))


STOP_PAIRS = _split(
    """
    提升 提高 降低 减少 增加 优化 改善 加强 推进 跟进 完成 处理 解决 进行 检查 更新 调整 尽快 确认
    本周 下周 上周 每周 本月 下月 上月 今天 明天 目前 当前 现在 之前 以后 之后 继续 开始 重点 主要
    产品 商品 问题 工作 情况 方案 计划 团队 店铺 我们 大家 他们 所有 全部 一个 一些 需要 必须 可以
    应该 希望 保证 确保 保持 站点 亚马 马逊 如何 怎么 是否 什么 第一 优先 聚焦
    """
)
"""Chinese words without a meaning of their own here."""

PARTICLES = (
    "的了是在和与或把被将对从到给让为以及其并都也就还很最更不没有我你他她它们这那之于后前要先再"
)
"""Chinese function characters; a run of characters is split at them."""


STEM_LENGTH = 5
"""The number of letters compared; “conversion” and “convert” are equal."""
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PARTICLE = re.compile(f"[{PARTICLES}]")
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ0-9]+")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])")


class Relevance(IntEnum):
    """The relevance of an open entry to the focus; the order of a list."""

    PAST_FOCUS = 0
    """It is about the focus of the last meeting, and not about the current one."""
    NEITHER = 1
    CURRENT_FOCUS = 2
    """It is about the current focus."""


class RankedEntry(Struct, frozen=True, kw_only=True):
    """An open entry with its relevance."""

    entry: ActionItem | Decision
    relevance: Relevance


def entries_to_review(meeting: Meeting) -> tuple[ActionItem | Decision, ...]:
    """Return the entries for a focus review: carried action items and open questions.

    An action item that this meeting reviewed already is not looked at a second time.
    """
    waiting = set(meeting.carried_actions) - set(meeting.reviewed)
    return (*(e for e in meeting.open_actions if e.id in waiting), *meeting.open_decisions)


def needs_focus_review(meeting: Meeting) -> bool:
    """Return whether the focus changed and the open entries were not reviewed since."""
    is_looked_at = any(each.focus == meeting.focus for each in meeting.focus_reviews)
    is_new = has_focus_changed(meeting.past_focus, meeting.focus)
    return is_new and not is_looked_at and bool(entries_to_review(meeting))


def rank_by_relevance(meeting: Meeting) -> tuple[RankedEntry, ...]:
    """Return the entries for a focus review, first those about the past focus only."""
    definitions = meeting.scorecard.definitions if meeting.scorecard else ()
    kpi_names = {each.id: f"{each.name} {each.name_zh}" for each in definitions}
    ranked = (
        RankedEntry(
            entry=each,
            relevance=relevance_of(
                _entry_text(each, kpi_names), focus=meeting.focus, past_focus=meeting.past_focus
            ),
        )
        for each in entries_to_review(meeting)
    )
    return tuple(sorted(ranked, key=lambda each: each.relevance))


def relevance_of(text: str, *, focus: str, past_focus: str) -> Relevance:
    """Return the relevance of a text to the current and the past focus."""
    terms = extract_terms(text)
    if terms & extract_terms(focus):
        return Relevance.CURRENT_FOCUS
    return Relevance.PAST_FOCUS if terms & extract_terms(past_focus) else Relevance.NEITHER


def extract_terms(text: str) -> frozenset[str]:
    """Return the terms of a text: ASINs, marketplaces, word stems, pairs of characters."""
    text = unicodedata.normalize("NFKC", text)
    return frozenset(
        (*asins_in(text), *_marketplaces(text), *_stems(text), *_character_pairs(text))
    )


def _entry_text(entry: ActionItem | Decision, kpi_names: Mapping[KpiId, str]) -> str:
    """Return all text of an entry that tells what it is about."""
    if isinstance(entry, ActionItem):
        texts = [entry.title, entry.criterion]
    else:
        texts = [entry.question, entry.background, *(each.title for each in entry.options)]
    if entry.kpi is not None:
        texts.append(kpi_names.get(entry.kpi, entry.kpi))
    if entry.marketplace != ALL:
        texts.append(entry.marketplace.upper())
    return "\n".join(texts)


def _marketplaces(text: str) -> Iterator[str]:
    codes, lower_case = set(_CODE.findall(text)), text.casefold()
    for code, names in MARKETPLACE_NAMES.items():
        if code in codes or any(_is_name_in(name, lower_case) for name in names):
            yield code


def _is_name_in(name: str, text: str) -> bool:
    if name.isascii():
        return re.search(rf"\b{name}\b", text) is not None
    return name in text


def _stems(text: str) -> Iterator[str]:
    """Yield the stems of all words but stop words, marketplaces and ASINs."""
    for word in _WORD.findall(text.casefold()):
        if word not in STOP_WORDS and word not in MARKETPLACE_WORDS and not asins_in(word):
            yield (word.removesuffix("s") if not word.endswith("ss") else word)[:STEM_LENGTH]


def _character_pairs(text: str) -> Iterator[str]:
    """Yield the pairs of successive Chinese characters, not across a particle."""
    for run in _HAN_RUN.findall(text):
        for part in _PARTICLE.split(run):
            for place in range(len(part) - 1):
                piece = part[place : place + 2]
                if piece not in STOP_PAIRS:
                    yield piece
