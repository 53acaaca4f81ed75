"""All checks of a casebook, in one call."""

import datetime

from builder.checks.law_in_force import check_law
from builder.checks.plausibility import check_plausibility
from builder.checks.privacy import check_privacy
from builder.checks.references import check_references
from builder.checks.visibility import check_mentions
from builder.checks.writing import check_writing
from builder.library.casebook import Casebook
from builder.library.problem import Problem


def inspect(
    book: Casebook, today: datetime.date, *, duplicates: bool = True, writing: bool = False
) -> list[Problem]:
    """Return every problem of a casebook, sorted by place.

    Args:
        today: the day of the check; no date of a case may lie after it.
        duplicates: also look for near-duplicates.
        writing: also say what the writing lacks.
    """
    problems = [
        *book.problems,
        *check_references(book),
        *check_law(book),
        *check_plausibility(book, today),
        *check_privacy(book),
        *check_mentions(book),
    ]
    if writing:
        problems += check_writing(book)
    if duplicates:
        # numpy is slow to import: not before it is needed
        from builder.checks.near_duplicates import check_near_duplicates

        problems += check_near_duplicates(book)
    return sorted(set(problems), key=lambda problem: problem.sort_key)
