"""Where every page of the site is, and how one page links to another.

Addresses are stable: they hang on ids, never on titles or on the order of things.
"""

import hashlib
import posixpath

from builder.stable_paths import HOME as HOME
from builder.stable_paths import case_path as case_path

RECENT = "cases/index.html"
CASE_FORM = "cases/write.html"
LAW = "law/index.html"
STUDY = "study/index.html"
PACK = "study/pack.html"
SLIDES = "study/slides.html"
MINUTES_FORM = "study/form.html"
CALENDAR = "study/study.ics"
SEARCH = "search/index.html"
LEDGER = "ledger/index.html"
LEDGER_DAY = "ledger/day.html"
LEDGER_WEEK = "ledger/week.html"
LEDGER_SIGNALS = "ledger/signals.html"
LEDGER_CANDIDATES = "ledger/candidates.html"
PRIVACY = "privacy.html"
DOWNLOADS = "downloads/index.html"
API_GUIDE = "downloads/api.html"
# what the writing form alone needs
FORM_SCRIPT = "assets/casebook/form.js"
FORM_STYLE = "assets/casebook/form.css"


def facet_path(facet: str) -> str:
    """Return the page that lists the values of a facet, e.g. of `types`."""
    return f"browse/{facet}/index.html"


def value_path(facet: str, value_id: str, number: int = 1) -> str:
    """Return a page of the cases that have a value; long lists go on on further pages."""
    suffix = f"-p{number}" if number > 1 else ""
    return f"browse/{facet}/{value_id}{suffix}.html"


def study_year_path(year: str) -> str:
    """Return the page that sums up a year of study."""
    return f"study/{year}.html"


def place_id(name: str) -> str:
    """Return an id for a district or a partner, of which we have nothing but the name."""
    return "d" + hashlib.sha256(name.encode()).hexdigest()[:10]


def statute_path(statute_id: str) -> str:
    """Return the page of a statute and of the cases that rely on it."""
    return f"law/{statute_id}.html"


def article_path(statute_id: str, article: str, number: int = 1) -> str:
    """Return a page of an article and the cases that rely on it."""
    suffix = f"-p{number}" if number > 1 else ""
    return f"law/{statute_id}.{article}{suffix}.html"


def article_anchor(article: str) -> str:
    """Return the anchor of an article on its statute's page."""
    return f"art-{article}"


def written_path(markdown_path: str) -> str:
    """Return the page made from a Markdown file below `docs/`."""
    return posixpath.splitext(markdown_path)[0] + ".html"


def root_of(path: str) -> str:
    """Return the way from a page up to the site's root: '' or '../' or '../../'."""
    return "../" * path.count("/")


def link(source: str, target: str, anchor: str = "") -> str:
    """Return a relative link from one page to another, or to a place on it."""
    if source == target and anchor:
        return f"#{anchor}"
    relative = posixpath.relpath(target, posixpath.dirname(source) or ".")
    return f"{relative}#{anchor}" if anchor else relative
