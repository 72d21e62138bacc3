"""The words by which texts are held against the focus: places, and what carries no meaning."""

PLACES = {
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


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLACE_WORDS = _each(" ".join(" ".join(names) for names in PLACES.values()))

EMPTY_WORDS = _each(
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

EMPTY_PIECES = _each(
    """
    提升 提高 降低 减少 增加 优化 改善 加强 推进 跟进 完成 处理 解决 进行 检查 更新 调整 尽快 确认
    本周 下周 上周 每周 本月 下月 上月 今天 明天 目前 当前 现在 之前 以后 之后 继续 开始 重点 主要
    产品 商品 问题 工作 情况 方案 计划 团队 店铺 我们 大家 他们 所有 全部 一个 一些 需要 必须 可以
    应该 希望 保证 确保 保持 站点 亚马 马逊 如何 怎么 是否 什么 第一 优先 聚焦
    """
)
"""Chinese pieces of that kind."""

JOINING = (
    "的了是在和与或把被将对从到给让为以及其并都也就还很最更不没有我你他她它们这那之于后前要先再"
)
"""Characters that join words: a run of Chinese is parted at them."""
