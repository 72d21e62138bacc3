"""Words of the wording checks, in English and Chinese, as sources of regular expressions.

English words are pattern fragments separated by commas, and match whole words; Chinese ones
match anywhere. `[a-z]*` stands for the endings of a word.
"""

import re
from functools import cache


def word_pattern(latin: str, han: str = "") -> str:
    """Return the source of a pattern that matches any of these; longer ones take precedence."""
    return rf"(?:(?<![a-z])(?:{_alternatives(latin)})(?![a-z])" + (
        f"|{_alternatives(han)})" if han else ")"
    )


def _joined_pattern(*classes: tuple[str, str]) -> str:
    return word_pattern(*(",".join(fragments) for fragments in zip(*classes, strict=True)))


@cache
def compile_pattern(source: str) -> re.Pattern[str]:
    """Return the compiled pattern, ignoring case; compiled on first use to save start-up time."""
    return re.compile(source, re.IGNORECASE)


def _alternatives(fragments: str) -> str:
    each = (" ".join(fragment.split()) for fragment in fragments.split(","))
    return "|".join(sorted(each, key=len, reverse=True)).replace(" ", r"\s+")


_VAGUE_DATES = (
    """asap, as soon as possible, soon, quickly, urgently, immediately, right away, at once,
    when possible, in time""",
    "尽快,尽早,尽量早,抓紧,赶紧,赶快,及时,马上,立即,立刻,近期,早日,有空",
)
VAGUE_DATE = word_pattern(*_VAGUE_DATES)
"""Words used instead of a date."""

COLLECTIVE_OWNER = word_pattern(
    """team, the team, (?:our|the whole|[a-z]+) team, [a-z]+ department, all, all of us, each of us,
    we, us, everybody, everyone, somebody, someone, anybody, anyone, whoever, ops, operations,
    customer service, purchasing, accounting, management, tbd, tba""",
    """大家,我们,咱们,团队,全员,全体,全体成员,所有人,每个人,每人,各自,各位,相关人员,相关同事,有人,谁有空,待定,
    [一-鿿]+(?:部|部门|团队|小组)""",
)
"""An owner that is not a single person."""

NAME_SEPARATOR = r"[,，、/&+;；]|\s(?:and|or)\s|(?<=[一-鿿]{2})[和与及或](?=[一-鿿]{2})"
"""What separates two names; 和 may also be part of a name."""

COLLECTIVE_SUBJECT = (
    rf"^\s*(?:{word_pattern('please', '请')}\s*)?(?P<at>"
    + word_pattern(
        """we, we all, all of us, each of us, everybody, everyone, somebody, someone, the team,
        the whole team""",
        """大家(?!电|居|具|庭),我们,咱们,全员,全体(?!会),所有人,每个人,每人,各自,各位,各部门,
        团队(?=要|应|需|必须|都|一起)""",
    )
    + r")(?!的)"
)
"""The beginning of a title whose subject is not a single person."""

_FILLERS = (
    """please, continue to, continue, keep, keep on, to, try to, try, start to, make sure, ensure,
    should, must, need to, needs to, have to, will, be, is, are, we, everybody, everyone, a bit,
    a little, a lot, more, much, new, good, better, well, ok, bad, high, higher, stronger, faster,
    attention, up, down, out, back,
    again, further, closely, carefully, regularly, properly, urgent, under control, now, by, until,
    today, tomorrow, this week, next week, daily, weekly,
    (?:mon|tues|wednes|thurs|fri|satur|sun)day""",
    """请,继续,持续,再,进一步,一下,重点,全面,深入,快速,好好,做好,好,适当,要,需要,应该,必须,务必,大家,我们,咱们,全员,
    多,多多,更,密切,积极,认真,切实,有效,大力,不断,想办法,想想办法,把,将,对,对于,今天,明天,本周,这周,下周,
    周[一二三四五六日],每天,每周,之前,前,内""",
)

_SOFT_VERBS = (
    """optimi[sz][a-z]*, improv[a-z]*, strengthen[a-z]*, boost, enhance, refine, accelerate, drive,
    push, push forward, step up, speed up, stabili[sz]e, streamline, maintain, ensure, grow, avoid,
    prevent, prioriti[sz]e, get a grip on, move forward with, stay in touch with, tidy up, revisit,
    rethink, focus, focus on, focusing on, pay attention to, monitor[a-z]*, work on,
    working on, look after, manage, keep an eye on""",
    """优化,加强,强化,增强,提升,提高,改善,改进,改良,完善,推进,推动,促进,关注,留意,注意,重视,打造,拓展,深化,加快,加大,保持,
    稳定,巩固,做大,做强,搞好,抓好,抓(?!取),盯紧,盯,确保,保证(?!金),避免,防止,杜绝,争取,规划,对齐,盘活,夯实,理顺,拉升,扩大,把控,管控,控制,监控,跟踪,追踪""",
)
"""Verbs that name a direction but no step."""

_VAGUE_VERBS = (
    """follow[- ]?up, following[- ]?up, follow[- ]?up on, chase, chasing, look into, looking into,
    look at, check, check on, check in with, handle, handling, deal with, discuss, track, review,
    think about, consider, push on, an eye on, investigate, address, increase, reduce, raise,
    lower, take care of, see to, do, get, make, make progress on, solve, resolve, fix, support,
    coordinate, align, align with, sync, sync with, talk to, speak to, clarify, explore, tackle,
    figure out, find out, circle back, get back to, touch base, touch base with, reach out to,
    watch, develop, promote, give, organi[sz]e, what is going on""",
    """跟进,跟,提,处理,解决,落实,研究,考虑,思考,看看,看,了解,沟通,对接,协调,调整,调,降低,减少,讨论,催,搞,弄,梳理,排查,检查,
    总结,分析,探索,协同,配合,降本增效""",
)

_GENERIC_NOUNS = (
    """the, our, this, that, these, those, it, them, on, in, with, of, for, and, at, from, all,
    things, stuff, matters?, topics?, ads?, advertising, ppc, campaigns?, keywords?, seo,
    listings?, pages?, contents?, images?, titles?, inventory, stock, supply chain, conversions?,
    conversion rate, rates?, traffic, sales, revenue, profit, profitability, margins?, costs?,
    pricing, prices?, acos, tacos, roas, growth, rankings?, trends?, data, performance, efficiency,
    quality, quality control, risks?, stockouts?, service, issues?, problems?, situation,
    structure, cases?, returns?, refunds?, repl(?:y|ies),
    reviews?, ratings?, feedback, suppliers?, vendors?, factory, factories, warehouses?, logistics,
    shipping, forwarders?, competitors?, competition, customers?, customer service, products?,
    brand, marketing, market, strategy, account, account health, process, processes, operations,
    team, teamwork, communication, amazon, us, usa, uk, eu, europe, germany, france, italy, spain,
    japan, canada, de, fr""",
    """广告,投放,关键词,库存,备货,链接,页面,详情,图片,主图,标题,转化率,转化,流量,销量,销售额,销售,业绩,利润,利润率,毛利,
    成本,费用,价格,定价,质量,品质,品控,效率,表现,效果,结构,问题,情况,现状,动态,进度,速度,规模,数据,排名,风险,基础,售后,货源,工作,事项,
    事情,事,此事,这个,这块,方面,供应链,供应商,工厂,仓库,海外仓,货代,物流,客服,运营,管理,产品,爆款,品牌,市场,渠道,
    策略,评论,评价,差评,好评,评分,退货率,退货,退款,竞品,对手,竞争,客户,买家,关系,账号,账户,团队,流程,培训,意识,责任,
    美国,英国,德国,法国,日本,加拿大,欧洲,北美,站,站点,的,和,与,及""",
)

_SEPARATOR = r"[\s,，。.!！:：;；、]"
_EMPTY_WORD = _joined_pattern(_VAGUE_DATES, _FILLERS, _SOFT_VERBS, _VAGUE_VERBS, _GENERIC_NOUNS)
_EMPTY_WORDS = rf"(?:{_EMPTY_WORD}|{_SEPARATOR})*+"
_SOFT_VERB = word_pattern(*_SOFT_VERBS)
_LEAD_IN = rf"(?:(?!{_SOFT_VERB})(?:{_joined_pattern(_VAGUE_DATES, _FILLERS)}|{_SEPARATOR}))*+"
_ANY_NOUN = r"(?:[一-鿿]{1,3}?|(?-i:[a-z]+)(?:\s+(?-i:[a-z]+))?)"
VAGUE_TITLE = (
    rf"^(?:(?={_LEAD_IN}{_SOFT_VERB})(?P<soft>))?+"
    rf"{_EMPTY_WORDS}(?(soft)(?:{_ANY_NOUN}{_EMPTY_WORDS})?)$"
)
"""A title of empty words only, or of a soft verb with at most two other words.

The possessive `*+` prevents backtracking, so that the time is linear in the length of a title.
"""

_TALKING_VERBS = word_pattern(
    """ask, tell, send, mail, write, list, compare, export, download, teach, explain, show, train,
    prepare, reconcile, check, pay, book, file, report, find out, discuss, review, open a case""",
    "问,发,核对,列出,导出,下载,对比,比较,教,讲,整理,汇总,统计,通知,告诉,补齐,支付,查,讨论,培训",
)
_CHANGING_VERBS = word_pattern(
    """optimi[sz][a-z]*, improv[a-z]*, adjust[a-z]*, tweak[a-z]*, lower[a-z]*, reduc[a-z]*,
    decrease[sd]?, decreasing, cut, cutting, trim, drop, bring, rais[a-z]*, increase[sd]?,
    increasing, boost[a-z]*, add, bid (?:up|down), scal[a-z]*, expand, push, doubl[a-z]*,
    halv[a-z]*, start, launch, run, open, create, set up, set, turn on, turn off, move, shift,
    reallocate, pause, stop, work on, fix, strengthen, restructure, test, spend more,
    spend less, under control""",
    """优化,加强,加大,加(?!班|入),调(?!查|研|取),降,减,提(?!交|供|醒|出|前),增,开(?!会|票),新建,停,暂停,关(?!于|注),砍,
    放大,移,挪,压,改,设(?!计),投(?!诉),推(?!荐),做,控制,翻倍,测试,启动""",
)
CHANGING_TITLE = rf"^(?!\W*{_TALKING_VERBS}).*?{_CHANGING_VERBS}"
"""A title that announces a change, not only a question or a message."""

_DOCUMENTS = word_pattern(
    """reports?, invoices?, bills?, accounts?, consoles?, manager, polic[a-z]*, contract, agency,
    course, screenshots?, history, data, plans?""",
    "报告,报表,账单,发票,后台,截图,数据,合同,代理,政策,课程,账户,总结,复盘,方案",
)
_ADS = word_pattern(
    """ads?, advertising, ppc, t?acos, roas, bids?, bidding, campaigns?, placements?, ad groups?,
    sponsored (?:products|brands?|display), (?:daily|ad|ads|advertising) budgets?,
    budgets? (?:of|for) b0[a-z0-9]{8}""",
    "广告,竞价,投放,出价,日预算",
)
ADVERTISING = (
    rf"(?P<at>(?:自动|手动|视频|品牌|展示|精准|广泛|词组|商品)*{_ADS})"
    rf"(?!(?:费|花费|的|\s)*{_DOCUMENTS})"
)
"""A means of advertising, but not a document about it."""

STOPS_ADVERTISING = word_pattern(
    "paus[a-z]*, stop[a-z]*, turn[a-z]* off, archive[sd]?, archiving, negative, negat[a-z]*",
    "暂停,停掉,停止,停用,关闭,关掉,关停,否定,否词,归档",
)
"""A change of advertising that needs no amount."""

AMOUNT = r"(?<![a-z0-9])\d|" + word_pattern(
    "half, halve, halves, halved, double, doubled, a third, a quarter, twice, triple, zero",
    "减半,一半,翻倍,翻番,[一二两三四五六七八九]成,[二三四五]分之一",
)
"""A number on its own, in digits or words; not the digits of a name."""

NUMBER = AMOUNT + r"|[一二两三四五六七八九十百半][个条张份次天周款家篇件台成倍页组轮行封站批]"

ARTEFACT = word_pattern(
    """reports?, lists?, sheets?, files?, documents?, docs?, decks?, tables?, charts?, logs?,
    screenshots?, photos?, pictures?, images?, videos?, links?, urls?, (?:e-?)?mails?, messages?,
    minutes, texts?, answers?, repl(?:y|ies), summary, overview, sketch, proof, codes?, bills?, po,
    orders?, invoices?, contracts?, tickets?, cases?, quotes?, samples?, drafts?, plans?, names?,
    templates?, checklists?, labels?, shipments?, agreements?, receipts?, sops?, pdf, ids?,
    numbers?, letters?, polic(?:y|ies), certificates?, entr(?:y|ies), notes?, calendar, folder""",
    """截图,链接,报告,报表,表格,清单,文件,文档,邮件,合同,发票,图片,新图,主图,照片,视频,方案,报价,样品,样稿,标签,回执,协议,
    模板,货件,纪要,记录,备注,草稿,证书,证明,姓名,编号,编码,保单,意见,周报,日报,简报,资料,数字,数据,日期,时间,地址,答复,
    [一-鿿]表(?!现|达|示|明|面),[一-鿿]单(?!纯|一|独),[一-鿿]号,[一-鿿]函""",
)
"""A thing that proves the result."""

_NO_RESULT = (
    "improved|resolved|solved|handled|optimi[sz]ed|satisfied|pleased|increased|reduced|enhanced|"
    "strengthened|finished|completed|addressed|managed|fixed|clarified|discussed|need|speed|indeed"
)
YES_NO_RESULT = word_pattern(
    rf"""(?!(?:{_NO_RESULT})\b)[a-z]{{3}}[a-z]*ed, sent, paid, live, shown, written, chosen, known,
    gone, found, built, set, kept, met, held, sold, taken, given, put, won, approves, confirms,
    receives, passes, arrives, runs, running, in stock, shows?, exists?, visible, buyable, complete,
    active, inactive, online, on the page, (?:is|are) (?:on|off|in|out), can, cannot, not, or not,
    no, none, yes, whether, both, alone""",
    """已(?!完成|解决|处理|改善|优化|提升|了解),上线,上架,下架,通过,批准,审批,签字,签署,签,发出,发送,寄出,收到,到货,到账,
    入库,发货,出库,关闭,恢复,暂停,停止,删除,是否,发布,确认,回复,付款,生效,归档,提交,不再,可售,看到,看不到,显示,齐全,
    合格,成功,无,没,不(?!错|少|足|够|佳),(?<![可功性智节])能(?!力|见度),报给,发给,同意,拒绝,写进,填完,找到,清零,
    (?<!库)存(?!货|量|在),页面上,上传,有(?!所|提升|改善|改进|进步|效果|好转|增长|明显)""",
)
"""A result that can be answered with yes or no."""

SUBJECTIVE = word_pattern(
    """better, best, good, great, nice, nicer, improv[a-z]*, happy, satisf[a-z]*, fine, ok, okay,
    positive, well, clearer, acceptable, reasonable, attractive, more, less, enough, properly""",
    """更(?!新|换|改|正|名),(?<!比)较,好看,满意,明显,改善,好转,提升,不错,良好,优化,美观,合适,合理,差不多,有所,妥善""",
)
"""A result that is a matter of opinion."""
