"""Two hundred sentences as people type them in a meeting, English and Chinese."""

from itertools import cycle, islice, product

VERBS = (
    "Because US ads pushed",
    "Ben and Ana undo",
    "Drop quietly 20 % of",
    "zap, pause & mark",
    "“Ready?” asks Kim of",
    "Park the next box for",
    "A/B test (again):",
    "3 of 12 hurt",
    "Undo; redo, then fix",
    "Who bought",
)
OBJECTS = (
    "the old fountains",
    "lot 7x of B0FAC00102",
    "DE's broad lid terms",
    "27 units @ 19.99 EUR",
    "brands at kiosk no. 1",
    "[bold]jars[/bold]",
    "every #1 keyword!",
    "the q4 plan + buffer",
    "=SUM(A1:A9), c'est tout",
    "pasted b, n, p, q, x keys",
)
CHINESE_VERBS = (
    "把德国的",
    "因为竞品降价，",
    "请赵敏在周五前核对",
    "仓库还剩",
    "先停掉",
    "“主图”要换：",
    "老板问：",
    "按 ACoS≤25% 重排",
    "三个站点都缺",
    "退货原因是",
)
CHINESE_OBJECTS = (
    "滞销库存清掉",
    "B0FAC00102 的出价降 20%",
    "广泛匹配词否掉五个",
    "四百件，够卖三周",
    "包装尺寸重新量一遍",
    "预算挪给 US 站",
    "差评里“漏水”占一半",
    "下周二补货到 FBA",
    "新品主图 A/B 测试",
    "毛利率 31.5%，不算退款",
)


def sentences() -> tuple[str, ...]:
    """Return a hundred English and a hundred Chinese sentences, in turn."""
    english = (" ".join(words) for words in product(VERBS, OBJECTS))
    chinese = ("".join(words) for words in product(CHINESE_VERBS, CHINESE_OBJECTS))
    return tuple(text for pair in zip(english, chinese, strict=True) for text in pair)


def sample(count: int) -> tuple[str, ...]:
    """Return some of the sentences, from all of them in equal steps."""
    every = sentences()
    steps = range(0, len(every) * 7, 7)  # 7 divides no number of a language or of a verb
    return tuple(islice((every[place % len(every)] for place in cycle(steps)), count))
