"""A brief as one page of HTML that needs no other file."""

from markupsafe import Markup

from builder.render import render
from builder.search.brief import Brief


def brief_page(brief: Brief, styles: str) -> str:
    """Return the whole page.

    Args:
        styles: the style sheet of briefs, trusted.
    """
    return render("pages/brief.html", brief=brief, styles=Markup(styles))
