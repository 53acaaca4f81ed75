"""The pages made from the ledger: in internal builds alone, and only where a ledger is.

A maker takes the cleared casebook (words, law, calendar) and the ledger, and yields pages
below `ledger/`. "Now" is the ledger's `as_of`. Nothing else of a site is given the ledger.
"""

from collections.abc import Callable, Iterator

from builder.checks.cleared import ClearedCasebook
from builder.model.audience import Audience
from builder.model.ledger import Ledger
from builder.pages.ledger_board import board_page, day_page, week_page
from builder.pages.ledger_candidates import candidates_page
from builder.pages.ledger_signals import signals_page
from builder.pages.page import Page

LedgerMaker = Callable[[ClearedCasebook, Ledger], Iterator[Page]]

# Add a maker here to add a page; it appears in no other place than its own links.
MAKERS: tuple[LedgerMaker, ...] = (board_page, day_page, week_page, signals_page, candidates_page)


def ledger_pages(cleared: ClearedCasebook, ledger: Ledger | None) -> Iterator[Page]:
    """Yield the pages of the ledger; none without one, and none for partners or the public."""
    if ledger is None or cleared.audience is not Audience.INTERNAL:
        return
    for maker in MAKERS:
        yield from maker(cleared, ledger)
