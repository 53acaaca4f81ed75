"""What reference managers and programs read in the head of a case's page.

Source: DCMI, "Expressing Dublin Core metadata using HTML/XHTML meta and link elements";
Google Scholar and Zotero for the `citation_` names.
"""

from builder.checks.cleared import ClearedCase, ClearedCasebook, WithdrawnNotice
from builder.feeds.terms_of_use import rights
from builder.model.audience import Audience
from builder.pages.site_map import link
from builder.render import render
from builder.stable_paths import absolute, case_data_path, case_path
from builder.wording import path_label


def case_head(cleared: ClearedCasebook, case: ClearedCase) -> str:
    """Return the metadata of a case as HTML for the head of its page."""
    path = case_path(case.id)
    types = cleared.vocabularies["dispute_types"]
    date = case.closed or case.received
    subjects = [*(path_label(types, term_id) for term_id in case.dispute_types), *case.keywords]
    address = absolute(cleared.address, path)
    names = [
        ("DC.title", case.title),
        ("DC.creator", case.partner or cleared.workshop),
        ("DC.publisher", cleared.title),
        ("DC.identifier", case.id),
        ("DC.identifier", address),
        ("DC.date", date),
        ("DC.description", case.summary),
        *(("DC.subject", subject) for subject in subjects),
        ("DC.type", "Text"),
        ("DC.language", "zh-CN"),
        ("DC.rights", rights(cleared.audience)),
        ("citation_title", case.title),
        ("citation_technical_report_institution", case.partner or cleared.workshop),
        ("citation_technical_report_number", case.id),
        ("citation_publication_date", date.replace("-", "/")),
        ("citation_language", "zh-CN"),
        ("citation_keywords", "; ".join(case.keywords)),
        ("citation_public_url", address),
    ]
    return _head(case.id, [(name, text) for name, text in names if text])


def notice_head(cleared: ClearedCasebook, notice: WithdrawnNotice) -> str:
    """Return what the head of a notice says: where its data are, and not to list it."""
    # pages for other circles say so already
    unlisted = [("robots", "noindex")] if cleared.audience is Audience.PUBLIC else []
    return _head(notice.id, unlisted)


def _head(case_id: str, names: list[tuple[str, str]]) -> str:
    data = link(case_path(case_id), case_data_path(case_id))
    return render("pages/citation_head.html", data=data, names=names)
