"""The paths on a site that other people and programs rely on. They never change.

Those of pages that only lead to others are in `builder/pages/site_map.py`.
"""

from urllib.parse import quote

HOME = "index.html"
ATOM = "feed.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
API = "api/v1/"
API_INDEX = API + "index.json"
API_VOCABULARIES = API + "vocabularies.json"
API_STATUTES = API + "statutes.json"
API_SCHEMA = API + "schema.json"
TABLE_CSV = "downloads/cases.csv"
TABLE_XLSX = "downloads/cases.xlsx"


def case_path(case_id: str) -> str:
    """Return the page of a case, or of the notice that a withdrawn case leaves."""
    return f"cases/{case_id}.html"


def case_data_path(case_id: str) -> str:
    """Return the data of a case, or what is left of a withdrawn one, as JSON."""
    return f"{API}cases/{case_id}.json"


def absolute(address: str, path: str) -> str:
    """Return the web address of a path, or '' when nobody said where the site is.

    Args:
        address: of the site, ending in `/`, or ''.
    """
    return address + quote(path) if address else ""
