"""What makes an action item vague, in English and in Chinese.

A hint for whoever types, never a refusal: it would rather miss a vague item than
trouble somebody with a clear one.
"""

import re
from datetime import date

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.people import PersonId


def vague(
    title: str, owner: PersonId | None, due: date | None, criterion: str, *, on: date
) -> tuple[Message, ...]:
    """What is still unclear about an action item; nothing where it is clear."""
    found = (
        _owner_is_unclear(owner),
        _due_is_unclear(due, on),
        _criterion_is_unclear(criterion),
        _title_is_unclear(title),
        *_advertising_lacks(title, criterion),
    )
    return tuple(each for each in found if each is not None)


def _words(*words: str) -> str:
    """A pattern for any of these words, not as a part of a longer Latin one."""
    return rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])"


_EVERYBODY = re.compile(
    _words("team", "the team", "all", "all of us", "we", "us", "everybody", "everyone", "ops")
    + "|大家|我们|咱们|团队|全员|全体|所有人|各部门|运营部|相关人员"
)
_SEVERAL = re.compile(r"[,，、/&+;；]|\s(?:and|or)\s")


def _owner_is_unclear(owner: PersonId | None) -> Message | None:
    name = (owner or "").strip().casefold()
    if not name:
        return message(N_("Nobody owns it; name one person."))
    if _EVERYBODY.fullmatch(name):
        return message(N_("“{owner}” is nobody in particular; name one person."), owner=owner)
    if _SEVERAL.search(name):
        return message(N_("“{owner}” is more than one person; name one."), owner=owner)
    return None


def _due_is_unclear(due: date | None, on: date) -> Message | None:
    if due is None:
        return message(N_("It has no due date."))
    if due < on:
        return message(N_("It would be due in the past, on {due}."), due=due.isoformat())
    return None


_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百半][个条张份次天周款家篇件台成倍页组轮]")
_ARTEFACT = re.compile(
    _words(
        r"(?:report|list|sheet|file|document|doc|deck|table|chart|screenshot|photo|picture|image)s?",
        r"(?:video|link|url|e-?mail|message|po|order|invoice|contract|ticket|case|quote|sample)s?",
        r"(?:draft|plan|template|checklist|label|shipment|agreement|receipt|sop)s?",
    )
    + "|截图|链接|报告|报表|表格|清单|文件|文档|邮件|订单|合同|发票|图|视频|方案|工单|报价"
    + "|样品|样稿|标签|回执|协议|模板|货件|纪要|采购单|记录"
)
_YES_OR_NO = re.compile(
    _words(
        "live", "approved?", "approves", "signed", "sent", "published", "uploaded", "removed",
        "paid", "received", "receives", "confirmed", "confirms", "delivered", "closed", "ordered",
        "passed", "passes", "running", "runs", "stopped", "paused", "booked", "shipped", "arrived",
        "arrives", "in stock", "restored", "reinstated", "launched", "archived", "deleted",
        "shows?", "exists?", "no longer", "yes", "whether",
    )
    + "|上线|上架|下架|通过|批准|审批|签字|签署|发出|发送|收到|到货|到账|入库|发货|出库|关闭|恢复"
    + "|暂停|停止|删除|是否|发布|确认|回复|付款|生效|归档|提交|不再"
)  # fmt: skip


def _criterion_is_unclear(criterion: str) -> Message | None:
    text = criterion.strip().casefold()
    if not text:
        return message(N_("Nobody could tell when it is done; say how the room will know."))
    if any(pattern.search(text) for pattern in (_NUMBER, _ARTEFACT, _YES_OR_NO)):
        return None
    return message(
        N_("“Done when” names no number, nothing to look at, and no yes or no."),
    )


_FILLERS = (
    _words("please", "asap", "as soon as possible", "soon", "quickly", "continue to", "keep", "to")
    + "|尽快|尽早|抓紧|及时|继续|持续|进一步|一下|请|马上|立即|重点|全面|好好|做好|适当"
)
_VAGUE_VERB = (
    _words(
        r"optimi[sz](?:e|ing)", r"improv(?:e|ing)", r"follow(?:ing)?[ -]?up", "chase", "look into",
        "looking into", "check", "check on", "handle", "deal with", "work on", "working on",
        "discuss", "monitor", "monitoring", "review", "think about", "consider", "strengthen",
        "push", "push forward", "focus on", "focusing on", "keep an eye on", "investigate",
        "address", "enhance", "boost", "take care of", "see to", "an eye on",
    )
    + "|优化|跟进|跟踪|加强|提升|提高|改善|改进|推进|推动|关注|重视|处理|解决|落实|完善|研究"
    + "|考虑|看看|了解|沟通|协调|调整|强化|监控|把控|讨论"
)  # fmt: skip
_GENERIC = (
    _words(
        "the", "our", "this", "that", "it", "on", "with", "of", "for", "and", "all", "things",
        "ads?", "advertising", "ppc", "campaigns?", "keywords?", "listings?", "pages?",
        "inventory", "stock", "supply chain", "conversions?", "sales", "quality", "performance",
        "issues?", "problems?", "situation", "efficiency", "returns?", "reviews?", "supplier",
        "suppliers", "factory", "warehouse", "products?", "rate", "acos", "costs?",
    )
    + "|广告|投放|关键词|竞价|库存|链接|页面|转化率|转化|销量|销售|质量|效率|表现|效果|问题|情况"
    + "|工作|事项|此事|这个|供应链|供应商|工厂|仓库|客服|运营|管理|产品|图片|主图|标题|评论|差评"
    + "|退货率|退货|物流|的|和|与"
)  # fmt: skip
_HOLLOW = re.compile(
    rf"(?:{_FILLERS}|{_VAGUE_VERB}|{_GENERIC}|[\s,，。.!！:：;；])*+"
)  # *+: never backtracks


def _title_is_unclear(title: str) -> Message | None:
    text = " ".join(title.casefold().split())
    if _HOLLOW.fullmatch(text):
        return message(N_("It does not say what is to be done to what; name the thing itself."))
    return None


_ADVERTISING = re.compile(
    _words("ads?", "advertising", "ppc", "bids?", "bidding", "campaigns?") + "|广告|竞价|投放|出价"
)
_ASIN = re.compile(r"(?<![a-z0-9])b0[a-z0-9]{8}(?![a-z0-9])")


def _advertising_lacks(title: str, criterion: str) -> tuple[Message, ...]:
    """An action on ads names its product and its amount; the due date is asked for anyway."""
    if not _ADVERTISING.search(title.casefold()):
        return ()
    text = f"{title} {criterion}".casefold()
    lacking = []
    if not _ASIN.search(text):
        lacking.append(message(N_("An action on ads names its ASIN (B0…).")))
    if not re.search(r"\d", _ASIN.sub("", text)):
        lacking.append(message(N_("An action on ads names an amount: a bid, a budget or a share.")))
    return tuple(lacking)
