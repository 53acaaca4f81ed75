"""From a library's folder to what one audience may see: read, check, clear, compare."""

import datetime
from dataclasses import dataclass

from builder.checks.clearance import clear
from builder.checks.cleared import ClearedCasebook
from builder.checks.inspection import inspect
from builder.intake.ledger_store import read_ledger
from builder.library.casebook import LibraryFiles, load_casebook
from builder.library.problem import CasesError, Problem, Severity
from builder.model.audience import Audience
from builder.model.ledger import Ledger
from builder.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """What every output is made from.

    Attributes:
        inputs: digest of all files read, hexadecimal.
        warnings: problems that do not keep a build from being made.
        ledger: the tickets, in internal builds where some were imported; for its own pages only.
    """

    cleared: ClearedCasebook
    inputs: str
    warnings: tuple[Problem, ...]
    ledger: Ledger | None = None


def prepare(
    settings: Settings,
    audience: Audience,
    today: datetime.date,
    *,
    drafts: bool = False,
    read: LibraryFiles | None = None,
    with_ledger: bool = False,
) -> Prepared:
    """Read, check and clear a library for one audience.

    Args:
        today: the day of the check.
        drafts: an internal build may also hold drafts.
        read: the library's files, where they have been read already.
        with_ledger: a site is made, which for the office has the ledger's pages too.

    Raises:
        CasesError: there are errors in the cases, or something would leave that may not.
        LedgerFault: the ledger is damaged.
    """
    casebook = load_casebook(settings, read)
    # near-duplicates are only ever warnings, and slow to find: `casebook check` tells of them
    problems = inspect(casebook, today, duplicates=False)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise CasesError(problems)
    cleared = clear(casebook, audience, drafts=drafts)
    ledger = read_ledger(settings) if with_ledger and audience is Audience.INTERNAL else None
    return Prepared(cleared, casebook.digest, tuple(problems), ledger)
