"""Check whether a cause names only external events, and nothing that the team could change.

What a competitor, the platform or the weather did may be true, but the team cannot act on it.
The check is a hint, so when in doubt it reports nothing: a cause that names anything of the
team's own passes.
"""

from facilitator.domain.wording.vocabulary import compile_pattern, word_pattern

_CLAUSES = (
    r"[;；,，。.!！?？、+＋&/\n]|\b(?:and|but|while|so|because|since|due to|caused by|after|with)\b"
    r"|(?:调整|变化|更新|改版|上涨|下降|来临)后|导致|造成|使得|因为|由于|所以|但是|而且|同时|加上|以及|而|且|和|与|但"
)
"""Separators between the clauses of a cause."""

_COMPARISONS = (
    word_pattern(
        """than, above, below, behind, against, versus, vs, compared to, compared with, unlike""",
        "高于,低于,不如,相比,对比,对标,比,落后于,贵于,远超",
    )
    + r"\s*(?:the |our |that of |those of |a |all |other |main |主要|同类|头部|其他)*"
)
"""Words before an actor with whom the team is only compared."""

_EXTERNAL_ACTORS = word_pattern(
    """competitor[a-z']*, competition, competing [a-z]+, competing, rival[a-z']*, other sellers?,
    hijacker[a-z]*, new entrants?, knock-?offs?, amazon[a-z']*, platform[a-z']*,
    algorithm[a-z]*, a9, a10, the system, policy, policies, everybody else, price wars?""",
    """竞品,竞对,竞争(?!力),对手,同行,友商,其他卖家,别的卖家,别家,跟卖,新卖家,大卖,内卷,价格战,
    亚马逊,平台,算法,系统,政策,规则""",
)
"""Those who act outside the team; the price or images that they change are not ours."""

_EXTERNAL_CONDITIONS = word_pattern(
    """carriers?, couriers?, forwarders?, logistics, shipping line, ups, fedex, dhl, usps, ports?,
    customs, strikes?, weather, storms?, snow, covid, seasons?, seasonal[a-z]*, off-season,
    holidays?, prime day, black friday, markets?, category, macro[a-z]*, econom[a-z]+,
    recession, inflation, tariffs?, exchange rates?, currency, demand, consumers?, election,
    supplier[a-z']*, factory""",
    """物流,快递,货代,船期,船公司,头程,港口,海关,清关,罢工,天气,暴雪,台风,疫情,季节,淡季,旺季,
    节日,节后,圣诞,黑五,大促,大环境,大盘,市场,行情,环境,类目(?:流量|大盘|需求|整体|下滑),经济,通胀,
    关税,汇率,消费,需求,供应商,工厂""",
)
"""External conditions; something changeable named beside them is the team's own."""

_OWN_TEAM = word_pattern(
    """we, ourselves, our own, own, my, i,
    our (?:[a-z]+ )?(?:price|pricing|image|images|picture|pictures|photo|photos|listing|title|page|
    bid|bids|budget|stock|inventory|keywords?|coupon|ads?|campaigns?|quality|packaging|mistake|
    forecast|order|offer|copy|video|team)""",
    """我们没,我们未,我们把,我们自己,我们也,我们的(?:价格|定价|主图|图片|标题|文案|页面|详情|出价|预算|库存|备货|关键词|广告|
    包装|质量|品质|listing|优惠),我们(?:价格|定价|主图|图片|标题|页面|出价|预算|库存|备货|补货|调|改|停|关|漏|错|晚|忘),
    我方,自己,自身,本店,团队,内部,没跟,未跟,没有跟,没及时,未及时,没有及时,不及时,忘了,漏了""",
)
"""The team itself; with one of these in any clause, the cause is not external."""

_WHAT_WE_CAN_CHANGE = word_pattern(
    r"""price[sd]?, pricing, images?, pictures?, photos?, thumbnail, titles?, bullets?, a\+,
    listings?, detail page, page, videos?, copy, creatives?, keywords?, search terms?, bids?,
    bidding, budgets?, campaigns?, ad groups?, targeting, negatives?, coupons?, promotions?,
    promos?, deals?, discounts?, stock, stocked, stockout, inventory, restock[a-z]*, reorder[a-z]*,
    replenish[a-z]*, forecast[a-z]*, safety stock, lead time, packages?, packaging, packaged,
    quality, defects?, defective, batch, size chart, manual, instructions, returns?, reviews?,
    ratings?, variations?, parentage, placement, dayparting, launch[a-z]*, test[a-z]*, checked,
    forgot[a-z]*, mistake, wrong, missing""",
    r"""主图,图片,副图,场景图,视频,标题,五点,卖点,文案,详情,a\+,页面,listing,价格,定价,售价,调价,涨价,提价,降价,
    优惠券,优惠,折扣,促销,秒杀,coupon,出价,竞价,预算,关键词,投放,否词,否定,长尾词,广告结构,
    广告组,广告位,广告策略,广告词,广告活动,库存,备货,补货,断货,缺货,采购,发货,下单,包装,质量,品质,
    次品,不良,批次,设计,尺码,尺寸,说明书,差评,评价,评论,评分,客服,变体,选品,测图,新品""",
)
"""Parts of the offer that the team can change."""

_WHAT_HAPPENED_TO_US = word_pattern(
    """keyword rank[a-z]*, search rank[a-z]*, page views, page one, ad prices?, ad costs?,
    prices? wars?, in stock, our (?:sales|orders|rank|traffic|sessions|share|buy box|acos|cvr)""",
    "关键词排名,关键词自然位,关键词位置,广告成本,广告费,页面浏览,库存周转,价格战",
)
"""Phrases with a word of `_WHAT_WE_CAN_CHANGE` for something the team cannot change."""

_OWN_TOOLS = word_pattern(
    "amazon (?:ads?|ppc|listing|page|store|account|budget|campaigns?|advertising|coupon)",
    "亚马逊(?:广告|店铺|账号|后台|页面|listing|站内),平台(?:优惠券|活动报名),市场部,库存系统",
)
"""Phrases with the name of an external actor for something of the team's own."""


def is_external_cause(cause: str) -> bool:
    """Return whether a cause names external events and, in no clause, something of the team's."""
    is_external = False
    for clause in compile_pattern(_CLAUSES).split(cause):
        if _mentions(_OWN_TEAM, clause):
            return False
        remaining = compile_pattern(f"(?:{_COMPARISONS})(?:{_EXTERNAL_ACTORS})|{_OWN_TOOLS}").sub(
            " ", clause
        )
        is_compared = remaining != clause
        has_actor = _mentions(_EXTERNAL_ACTORS, remaining)
        has_changeable = _mentions(
            _WHAT_WE_CAN_CHANGE, compile_pattern(_WHAT_HAPPENED_TO_US).sub(" ", remaining)
        )
        if is_compared or (has_changeable and not has_actor):
            return False
        is_external |= has_actor or _mentions(_EXTERNAL_CONDITIONS, remaining)
    return is_external


def _mentions(source: str, text: str) -> bool:
    return compile_pattern(source).search(text) is not None
