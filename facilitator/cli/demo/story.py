"""What was said in the sample's meeting a week ago, in English and in Chinese."""

from collections.abc import Mapping

from msgspec import Struct

from facilitator.domain.decision import Decision, DecisionId, Option, OptionId
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskState


class StoryAction(Struct, frozen=True, kw_only=True):
    """An action item of last week's meeting."""

    title: str
    owner: str
    due: int
    """Days after today; below 0, it is overdue."""
    criterion: str


class StoryRisk(Struct, frozen=True, kw_only=True):
    """A problem that somebody named last week."""

    text: str
    raiser: str
    owner: str
    state: RiskState
    solution: str = ""


class Story(Struct, frozen=True, kw_only=True):
    """What one meeting left in its journal, by the item it came up in."""

    focus: str
    notes: Mapping[str, str]
    promises: Mapping[str, tuple[StoryAction, ...]]
    question: Decision
    """Prepared for last week, and put off to today."""
    postponed_because: str
    parked: Mapping[str, str]
    named_risks: Mapping[str, tuple[StoryRisk, ...]]
    signed: str
    """Who signed “no known problem”."""
    answers: Mapping[str, tuple[str, str]]
    """By KPI, the cause and what was proposed; every other was passed as normal variation."""


_SUN, _CHEN = PersonId("sun"), PersonId("chen")

ENGLISH = Story(
    focus="DE: ads get dearer and the fee share climbs. Which terms, and which product?",
    notes={
        "kpis": "US is steady in everything. DE went off target in ads and in fees at once.",
        "advertising": (
            "DE: the broad lid terms took twice the clicks of a fortnight ago, but no more orders."
        ),
        "listings": "The garlic press still has last year's main image (B0FAC00101, US).",
        "supply": "DE: the drawer organizer and the spiralizer hardly move; storage goes on.",
    },
    promises={
        "advertising": (
            StoryAction(
                title="Cut the DE bids of the broad lid terms (B0FAC00102) by 20 %",
                owner="zhao",
                due=-3,
                criterion="ACoS of “silikondeckel” broad is 30 % or less over 3 days",
            ),
        ),
        "listings": (
            StoryAction(
                title="Have a new US main image shot for the garlic press (B0FAC00101)",
                owner="li",
                due=4,
                criterion="Three pictures with the peeler in view; Chen Jing has picked one",
            ),
        ),
        "supply": (
            StoryAction(
                title="Send 400 kitchen scales (B0FAC00104) to UK before cover falls under 60 days",
                owner="sun",
                due=1,
                criterion="The shipment stands in Seller Central with its arrival date",
            ),
            StoryAction(
                title="List the slow stock in DE: units over 180 days, storage, surcharge",
                owner="wang",
                due=0,
                criterion="The list has a line a product with its proposal: coupon, removal, wait",
            ),
        ),
    },
    question=Decision(
        id=DecisionId("P1"),
        question="Repack the spice jars (B0FAC00108) for DE to get under the weight limit?",
        background=(
            "The FBA fee share in DE is over 18 % and rises every week. In its carton the spice "
            "jar set is 60 g too heavy for the cheaper weight band."
        ),
        options=(
            Option(
                id=OptionId("A"),
                title="A lighter carton from the next order on",
                cost="¥3,800 once for the carton",
                expected="€0.60 less fee a set; the fee share back at about 18 %",
            ),
            Option(
                id=OptionId("B"),
                title="Leave the carton and raise the price to €26.99",
                cost="nothing",
                expected="fee share about 19 %; fewer sets sold",
            ),
        ),
        recommended=OptionId("A"),
        why="The carton pays for itself within about 800 sets and leaves the price alone.",
        proposer=_SUN,
        decider=_CHEN,
    ),
    postponed_because="The carton maker's quote is not in yet.",
    parked={"supply": "Sell the slow DE products in France too?"},
    named_risks={
        "advertising": (
            StoryRisk(
                text="DE: the broad lid terms spend past their daily budget (B0FAC00102)",
                raiser="zhao",
                owner="zhao",
                state=RiskState.OUT_OF_CONTROL,
                solution="Cap the campaign at €40 a day until the bids are cut",
            ),
        ),
        "listings": (
            StoryRisk(
                text="US: a competitor may cut the garlic press to $13.99 (B0FAC00101)",
                raiser="li",
                owner="li",
                state=RiskState.WATCHED,
                solution="Keep a 10 % coupon ready; look at their price every morning",
            ),
        ),
        "supply": (
            StoryRisk(
                text="The forwarder has not confirmed the vessel for the UK scales (B0FAC00104)",
                raiser="sun",
                owner="wang",
                state=RiskState.WATCHED,
            ),
        ),
    },
    signed="wang",
    answers={
        "acos": (
            "Dearer clicks on the broad lid terms, and fewer of them lead to an order",
            "Cut the bids of those terms by 20 %",
        ),
        "roas": ("The same broad lid terms", "Nothing of its own; it follows ACoS"),
        "turnover": (
            "The drawer organizer and the spiralizer hardly sell",
            "Look at both product by product before anything is sent back",
        ),
        "aged_share": (
            "Both of them again: 690 units are older than 180 days",
            "List them with storage and surcharge, then coupon, removal or wait",
        ),
        "fba_fee_share": (
            "The spice jars are charged in the higher weight band",
            "A lighter carton, or a higher price: the question is on the list",
        ),
    },
)

CHINESE = Story(
    focus="德国站：广告越来越贵，费用占比也在涨。到底是哪些词、哪个产品造成的？",
    notes={
        "kpis": "美国站各项平稳；德国站广告与费用同时偏离目标。",
        "advertising": "德国站：硅胶盖广泛匹配词的点击是两周前的两倍，订单没有跟上。",
        "listings": "压蒜器（B0FAC00101，美国站）的主图还是去年的。",
        "supply": "德国站：抽屉收纳盒和刨丝器几乎不动销，仓储费照付。",
    },
    promises={
        "advertising": (
            StoryAction(
                title="德国站硅胶盖（B0FAC00102）广泛匹配词竞价下调 20%",
                owner="zhao",
                due=-3,
                criterion="“silikondeckel”广泛匹配连续 3 天 ACoS 不高于 30%",
            ),
        ),
        "listings": (
            StoryAction(
                title="重拍美国站压蒜器（B0FAC00101）主图",
                owner="li",
                due=4,
                criterion="交 3 张露出去皮器的主图，陈静选定 1 张",
            ),
        ),
        "supply": (
            StoryAction(
                title="英国站厨房秤（B0FAC00104）补货 400 件，赶在可售天数低于 60 天之前",
                owner="sun",
                due=1,
                criterion="货件已在卖家后台建立，并有预计到仓日期",
            ),
            StoryAction(
                title="列出德国站滞销库存：180 天以上件数、仓储费、超龄附加费",
                owner="wang",
                due=0,
                criterion="每个产品一行，并写明建议：优惠券、移除或观望",
            ),
        ),
    },
    question=Decision(
        id=DecisionId("P1"),
        question="德国站调料罐（B0FAC00108）要不要换包装，降到更低的重量段？",
        background=(
            "德国站 FBA 费用占比已超过 18%，且逐周上升。调料罐套装连外箱超出较便宜重量段 60 克。"
        ),
        options=(
            Option(
                id=OptionId("A"),
                title="下一批起改用轻型外箱",
                cost="外箱开版一次性 ¥3,800",
                expected="每套少付 €0.60 费用，占比回到 18% 左右",
            ),
            Option(
                id=OptionId("B"),
                title="外箱不变，售价提到 €26.99",
                cost="无",
                expected="占比约 19%，销量会下降",
            ),
        ),
        recommended=OptionId("A"),
        why="卖出约 800 套即可收回外箱成本，售价不用动。",
        proposer=_SUN,
        decider=_CHEN,
    ),
    postponed_because="纸箱厂的报价还没有到。",
    parked={"supply": "德国站滞销品要不要同时在法国站销售？"},
    named_risks={
        "advertising": (
            StoryRisk(
                text="德国站：硅胶盖广泛匹配词花费超出日预算（B0FAC00102）",
                raiser="zhao",
                owner="zhao",
                state=RiskState.OUT_OF_CONTROL,
                solution="竞价下调之前，该活动日预算封顶 €40",
            ),
        ),
        "listings": (
            StoryRisk(
                text="美国站：竞品可能把压蒜器降到 $13.99（B0FAC00101）",
                raiser="li",
                owner="li",
                state=RiskState.WATCHED,
                solution="先备好 10% 优惠券，每天早上看一次对方价格",
            ),
        ),
        "supply": (
            StoryRisk(
                text="英国站厨房秤（B0FAC00104）的船期货代还没有确认",
                raiser="sun",
                owner="wang",
                state=RiskState.WATCHED,
            ),
        ),
    },
    signed="wang",
    answers={
        "acos": ("硅胶盖广泛匹配词点击变贵，转化下降", "把这些词的竞价下调 20%"),
        "roas": ("同样是硅胶盖广泛匹配词", "不单独处理，随 ACoS 一起改善"),
        "turnover": ("抽屉收纳盒和刨丝器几乎不动销", "先逐个产品查清，再决定是否移除"),
        "aged_share": (
            "还是这两个产品：约 690 件超过 180 天",
            "列出仓储费和附加费，再定优惠券、移除或等待",
        ),
        "fba_fee_share": ("调料罐按更高的重量段计费", "换更轻的纸箱，或提价：已列入待决议题"),
    },
)

STORIES = {"en": ENGLISH, "zh_CN": CHINESE}
