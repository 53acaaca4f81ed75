"""Find names of businesses that were not anonymised.

某 anywhere in a name means that it was. A trade (健身有限公司) or a place without a
trade name of its own tells nobody who is meant.
"""

import re
from collections.abc import Iterator

from builder.detectors.span import Span
from builder.detectors.words import segment, word_set

_HAN = "\u4e00-\u9fff"
_LEGAL_FORM = re.compile(
    "有限责任公司|股份有限公司|有限公司|股份公司|集团公司|（个体工商户|（个体户|\\(个体工商户"
    "|\\(个体户"
    "|经营部(?!门)|商行(?![政为业])|商贸行|专业合作社|合伙企业(?=[（(](?:有限|普通)合伙)"
    "|律师事务所|会计师事务所|税务师事务所|摄影工作室|设计工作室|美容工作室|美发工作室"
    "|健身工作室|造型工作室"
)
_VENUE = (
    "旗舰店|专卖店|专营店|门店|分店|店|馆|会所|会馆|超市|商场|商城|酒店|宾馆|饭店|餐厅|俱乐部"
    "|健身房|培训班|培训学校|培训中心|学校|公司|商行|经营部"
    "|门诊部?|诊所|医院|幼儿园|美容院|理发店|中心|影楼|驾校|酒楼|茶楼|网吧|影院|浴场|洗浴城|专柜"
)
_QUOTED = re.compile(
    rf"[“\"「『](?P<name>[{_HAN}A-Za-z0-9·&\s]{{2,16}})[”\"」』](?P<trade>[{_HAN}]{{0,6}}?)(?:"
    rf"{_VENUE})(?![面铺长主员方])"
)
_CALLED = re.compile(
    "(?:店名|店铺名称?|店铺名字|商户名称?|商家名称?|企业名称|单位名称|公司名称?|字号名称|字号"
    "|招牌|门头|牌匾|被投诉方|被投诉人|被投诉单位|被投诉商家|被诉方"
    "|经营者名称|名称登记)(?:上?写着|上?写的是|名?为|是|叫做?|系|上的|[：:\\s])+"
    rf"(?P<quote>[“\"「『]?)(?P<name>[{_HAN}A-Za-z0-9·（）()]{{2,30}})"
)
_NAMED = re.compile(
    "(?:名为|名叫|叫做|叫作|字号为|招牌为|取名|自称|叫)"
    rf"(?:[“\"「『](?P<name>[{_HAN}A-Za-z0-9·]{{2,16}})[”\"」』]的?"
    rf"|(?P<bare>[{_HAN}A-Za-z0-9·]{{2,12}}?)的)"
    rf"(?=[{_HAN}]{{0,6}}(?:{_VENUE}))"
)
_ENDS_AS_VENUE = re.compile(f"(?:{_VENUE}|有限公司|厂|坊|屋|阁|轩|行|房|城|部|场|社|所|吧)\\Z")
_NAME_BEFORE = re.compile(rf"[{_HAN}A-Za-z0-9（）()·&“”\"]{{1,30}}\Z")
_ANONYMOUS = re.compile(
    "[某×*]|[Xx]{2}|[一该这那本几多各两数某此原]家|[一该此本各其]$|无字号|无名|没有|不详|未知|如上"
)

# What a name of a business is made of besides the name that is its own.
_TRADE = word_set(
    "健身 运动 体育 游泳 瑜伽 舞蹈 美容 美发 美容美发 理发 养生 足浴 按摩 保健 美甲 美体 汽车 "
    "车 二手车 汽修 汽配 汽车销售 销售 服务 维修 商贸 贸易 科技 技术 信息 网络 信息技术 电子 "
    "电子商务 数码 通讯 通信 手机 电脑 电器 家电 家具 家居 家私 建材 装饰 装修 装潢 建筑 工程 "
    "设计 建筑装饰 装饰装修 教育 培训 咨询 文化 传媒 传播 广告 艺术 学校 餐饮 食品 饮食 酒店 "
    "宾馆 饭店 超市 百货 购物 商场 零售 批发 服装 鞋 服饰 鞋帽 珠宝 首饰 黄金 眼镜 医疗 医药 "
    "药房 药店 医院 口腔 门诊 宠物 摄影 婚庆 婚纱 旅游 旅行社 物业 物业管理 管理 企业管理 "
    "房地产 房产 中介 置业 地产 租赁 物流 快递 运输 货运 家政 保洁 干洗 洗衣 娱乐 影城 电影 "
    "网吧 金融 投资 保险 银行 担保 农业 农资 种子 化肥 农机 养殖 种植 发展 实业 开发 控股 集团 "
    "国际 连锁 中心 分 分公司 总 子公司 母公司 股份 有限 责任 公司 有限公司 个体 工商户 经营部 "
    "商行 工作室 合作社 专业 律师 会计师 事务所 会计 律所 健康 健康管理 俱乐部 会所 健身房 "
    "生活 生物 生活馆 店 馆 行 部 厂 新能源 能源 环保 机械 设备 五金 电动车 家用电器 日用品 "
    "化妆品 母婴 儿童 幼儿园 早教 托管 茶叶 烟酒 水果 蔬菜 生鲜 海鲜 火锅 小吃 面馆 餐厅 饮品 "
    "奶茶 蛋糕 烘焙 供应链 直播 文具 图书 印刷 家居用品 消费 终身 品牌 电商 平台 供热 供水 "
    "供电 燃气 热力 自来水 农民 联合社 有限 调解 人民调解 名师 劳模 党员 法律 志愿者 志愿 "
    "服务站 国有 独资 一人 外商 中外 合资 合作 民营 私营 上市 大型 小型 知名 正规 两家 一 二 "
    "三 两 甲 乙 丙 丁 A B C 经营 加工 制造 制作 生产 安装 维护 加盟 推广 代理 代办 策划 婚介 "
    "家教 课程 辅导 驾驶 驾校 单车 充电 停车 停车场 洗车 美业 仓储 面 饭 茶 酒 药 书 花 菜 粉 "
    "饼 网店 门店 旗舰店 专卖店 分店 总店 直营店 加盟店 本地 当地 外地 附近 被 原 新 老"
)
_PROSE_TAGS = ("p", "c", "u", "y", "e", "w", "x")
_PROSE_WORDS = word_set(
    "其他 另外 另 其余 标明 冒用 存入 投诉 反映 起诉 举报 称 诉 联系 要求 购买 签订 告 找 请 "
    "与 和 向 到 前往 选择 入职 就职 加入 注册 成立 设立 开办 经营 登记 变更 约谈 责令 通知 "
    "协助 配合 组织 督促 委托 是 系 属于 叫 名叫 消费者 经营者 当事人 被告 原告 投诉人 "
    "被投诉人 商家 负责人 股东 法定 代表人 老板 申请人 涉案 上述 依法 任何 有关 相关 普通 所在 "
    "所属 名下 旗下 关联 下属 控股 全资 参股 组建 改制 转让 承包 发起 出资 入股 收购 吸收 合并 "
    "分立 解散 清算 破产 适用 包括 以及 其中 之一 名称 性质 形式 类型 作为 等 为 由 成为 同意 "
    "人 人为 是 有 没有 经 拟 将"
)
_PLACE = re.compile("(?:[省市区县镇乡州盟旗村路街]|街道|新区|自治[区州县])\\Z")
_PROVINCES_AND_CITIES = word_set(
    "中国 全国 国内 北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 "
    "山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 "
    "香港 澳门 台湾 西安 咸阳 宝鸡 渭南 铜川 延安 榆林 汉中 安康 商洛 杨凌 西咸 石家庄 太原 "
    "沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 海口 成都 贵阳 昆明 "
    "拉萨 兰州 西宁 银川 乌鲁木齐 呼和浩特 南宁 深圳 厦门 宁波 青岛 大连 苏州 无锡 常州 温州 "
    "佛山 东莞 珠海 洛阳 徐州 烟台 唐山 绵阳"
)
_NO_TRADE_NAME = re.compile(
    "先.后|[为的]|网红|老字号|百年|放心|诚信|示范|连锁|旗舰|自营|僵尸|问题|山寨|夫妻|三无"
    "|无理由|七[日天]|先行|样板|网络|线上|线下|无证|无照|幽灵|黑|某|最|承诺"
    "|消费|维权|绿色|文明|星级|明厨|达标|信用|合格|体验|一条龙|一站式|直营|加盟|特价|清仓"
    "|免费|全城|品牌|不满意|\\d{4}年"
)


def find_businesses(text: str) -> Iterator[Span]:
    """Yield the names of businesses in a folded text that tell which business is meant."""
    for match in _LEGAL_FORM.finditer(text):
        if text.endswith("工", 0, match.start()):
            continue  # 工商行政
        start = _start_of_name(text, match.start(), weak="司" not in match.group())
        if start < match.start():
            yield Span("business-name", start, match.end())
    for match in _QUOTED.finditer(text):
        trade = match.group("trade")
        generic = all(word in _TRADE for word, _ in segment(trade))
        if generic and "调解" not in trade and _tells(match.group("name")):
            yield Span("business-name", *match.span("name"))
    for match in _CALLED.finditer(text):
        name = match.group("name")
        quoted = bool(match.group("quote"))
        if (quoted or _ENDS_AS_VENUE.search(name)) and _tells(name) and _own_name(name):
            yield Span("business-name", *match.span("name"))
    for match in _NAMED.finditer(text):
        group = "name" if match.group("name") else "bare"
        if _tells(match.group(group)) and _own_name(match.group(group)):
            yield Span("business-name", *match.span(group))


def _start_of_name(text: str, end: int, weak: bool) -> int:
    """Return where the name before a legal form begins; `end` itself when it tells nothing.

    Args:
        weak: the form is an ordinary word too, as 商行, so that a verb cannot be a name.
    """
    before = _NAME_BEFORE.search(text, max(0, end - 30), end)
    if before is None:
        return end
    start = end
    own = ""
    for word, tag in reversed(segment(before.group())):
        if _ANONYMOUS.search(word):
            return end
        verb = tag == "v" and (weak or start == end)
        if word not in _TRADE and (verb or word in _PROSE_WORDS or tag.startswith(_PROSE_TAGS)):
            break
        start -= len(word)
        if not _tells_nothing(word):
            own = word + own
    if _ANONYMOUS.search(text[max(0, start - 1) : end]) or text.endswith("一", 0, start):
        return end
    return start if len(re.sub(f"[^{_HAN}A-Za-z]", "", own)) >= 2 else end


def _own_name(name: str) -> bool:
    """Say whether anything is left of a name without places and trades."""
    own = [word for word, _ in segment(name) if not _tells_nothing(word)]
    return len("".join(own)) >= 2


def _tells_nothing(word: str) -> bool:
    generic = word in _TRADE or word in _PROSE_WORDS or word in _PROVINCES_AND_CITIES
    return generic or bool(_PLACE.search(word))


def _tells(name: str) -> bool:
    return not (_ANONYMOUS.search(name) or _NO_TRADE_NAME.search(name))
