"""The page that a withdrawn case leaves at its address: no case text."""

from functools import partial

from builder.checks.cleared import ClearedCasebook, WithdrawnNotice
from builder.pages.citation_head import notice_head
from builder.pages.page import Page, key_of
from builder.pages.site_map import HOME, case_path, link
from builder.render import render
from builder.wording import month_in_words


def notice_page(
    cleared: ClearedCasebook, notice: WithdrawnNotice, replacement_title: str, site: str
) -> Page:
    """Return the notice of a withdrawn case.

    Args:
        replacement_title: title of the case that replaces it, or ''.
        site: the digest of what every page depends on.
    """
    path = case_path(notice.id)

    def content() -> str:
        return render(
            "pages/notice.html",
            notice=notice,
            month=month_in_words(notice.month),
            home=link(path, HOME),
            replacement=link(path, case_path(notice.replaced_by)) if replacement_title else "",
            replacement_title=replacement_title,
        )

    head = partial(notice_head, cleared, notice)
    key = key_of(site, path, notice, replacement_title)
    return Page(path, f"{notice.title}（已撤下）", "这个案例已经撤下", key, content, head)
