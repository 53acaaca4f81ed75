"""The page that searches: its script does the work, this is what stands there before."""

from builder.checks.cleared import ClearedCasebook
from builder.pages.page import Page, key_of
from builder.pages.site_map import SEARCH, facet_path, link, written_path
from builder.render import render

_GUIDE = "guides/find.md"
_EXAMPLES = ("退卡", "健身房 跑路", "“概不退款”", "类型:食品安全", "金额:1000..5000", "法条:消法55")


def search_page(cleared: ClearedCasebook, site: str) -> Page:
    """Return the search page.

    Args:
        site: key of what every page depends on.
    """
    has_guide = any(page.path == _GUIDE for page in cleared.pages)
    return Page(
        path=SEARCH,
        title="查案例",
        description="按词、条件或整段诉求查找同类案例",
        key=key_of(site, SEARCH, has_guide),
        render=lambda: search_content(
            browse=link(SEARCH, facet_path("types")),
            guide=link(SEARCH, written_path(_GUIDE)) if has_guide else "",
        ),
    )


def search_content(browse: str, guide: str = "") -> str:
    """Return what searching needs, as HTML.

    Args:
        browse, guide: addresses of the list of dispute types and of the guide, '' for none.
    """
    return render("pages/search.html", examples=_EXAMPLES, browse=browse, guide=guide)
