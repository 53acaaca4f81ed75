import pytest

from builder.errors import SurroundingsError
from builder.site.frame import CONTENT, DESCRIPTION, HEAD, TITLE, Frame

HTML = f'<title>{TITLE}</title><meta content="{DESCRIPTION}">{HEAD}<h2>{TITLE}</h2><main>{CONTENT}</main>'


def test_puts_words_where_the_theme_left_room():
    frame = Frame()
    frame.add("cases", HTML)
    page = frame.fill("标题", "说明", "<p>正文</p>", "cases/A.html")
    assert page == '<title>标题</title><meta content="说明"><h2>标题</h2><main><p>正文</p></main>'


def test_a_page_has_a_head_of_its_own_and_says_its_address():
    frame = Frame("https://example.cn/anli/")
    frame.add("cases", HTML)
    page = frame.fill("标题", "说明", "正文", "cases/A.html", '<meta name="a">\n')
    canonical = '<link rel="canonical" href="https://example.cn/anli/cases/A.html">'
    assert f'"说明"><meta name="a">\n{canonical}\n<h2>' in page
    other = Frame()
    other.add("cases", HTML)
    assert other.digest != frame.digest
    assert "canonical" not in other.fill("标题", "说明", "正文", "cases/A.html")


def test_title_and_description_are_text_and_marks_cannot_be_forged():
    frame = Frame()
    frame.add("", HTML)
    page = frame.fill("</title><b>", '" onload="x', f"<p>{TITLE}{CONTENT}</p>", "a.html")
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in page
    assert 'content="&quot; onload=&quot;x"' in page
    assert f"<main><p>{TITLE}{CONTENT}</p></main>" in page
    assert frame.fill(CONTENT, "", "正文", "a.html").count("正文") == 1


@pytest.mark.parametrize("mark", [TITLE, DESCRIPTION, HEAD, CONTENT])
def test_refuses_a_theme_that_leaves_no_room(mark):
    with pytest.raises(SurroundingsError) as caught:
        Frame().add("cases", HTML.replace(mark, ""))
    assert "cases" in caught.value.where


def test_refuses_content_put_in_twice():
    with pytest.raises(SurroundingsError):
        Frame().add("cases", HTML + CONTENT)


def test_the_digest_tells_frames_apart():
    one, two = Frame(), Frame()
    one.add("cases", HTML)
    two.add("cases", HTML + "<footer>")
    assert one.digest != two.digest
    again = Frame()
    again.add("cases", HTML)
    assert one.digest == again.digest
