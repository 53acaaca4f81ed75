import datetime

from builder.model.audience import Audience
from builder.site.prepare import prepare
from builder.site.stock_search import add_cases, parted

TODAY = datetime.date(2026, 11, 24)


def test_parts_the_words_of_chinese_runs_only():
    words = parted("退 <b>预付卡退款</b> 3600 yuan")
    assert words.replace("\u200b", "") == "退 <b>预付卡退款</b> 3600 yuan"
    assert "退款" in words.replace("<", "\u200b").split("\u200b")
    assert parted("") == ""


def test_adds_an_entry_for_each_case(library):
    library.add()
    entries = [{"location": "privacy.html", "title": "隐私与来源", "text": "案例从哪里来"}]
    add_cases(entries, prepare(library.settings, Audience.INTERNAL, TODAY).cleared)
    page, case = entries
    assert "\u200b" in page["text"]
    assert case["location"] == "cases/SL-2026-0001.html"
    text = case["text"].replace("\u200b", "")
    for words in ("SL-2026-0001", "退费", "预付式消费 › 退卡退款", "在某健身馆办卡"):
        assert words in text


def test_case_text_is_text_there_too(library):
    library.add(
        edit=lambda text: text.replace("title: 健身卡", "title: <script>x</script> & 健身卡")
    )
    entries = []
    add_cases(entries, prepare(library.settings, Audience.INTERNAL, TODAY).cleared)
    assert "&lt;script&gt;x&lt;/script&gt; &amp;" in entries[0]["title"]
