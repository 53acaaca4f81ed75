"""The card that stands for a case in lists."""

from builder.checks.cleared import ClearedCase, ClearedCasebook
from builder.pages.site_map import case_path
from builder.render import template
from builder.wording import amount_in_short, month_in_words, path_label, status_mark


class Cards:
    """Makes the cards of one casebook; each is rendered once for each depth of page."""

    def __init__(self, cleared: ClearedCasebook) -> None:
        self._vocabularies = cleared.vocabularies
        self._made: dict[tuple[str, str, int], str] = {}

    def html(self, case: ClearedCase, root: str, level: int = 2) -> str:
        """Return the card of a case.

        Args:
            root: the way from the page up to the site's root.
            level: level of the heading that the card's title is.
        """
        known = self._made.get((case.id, root, level))
        if known is None:
            known = self._made[case.id, root, level] = self._render(case, root, level)
        return known

    def _render(self, case: ClearedCase, root: str, level: int) -> str:
        types = self._vocabularies["dispute_types"]
        outcomes = self._vocabularies["outcomes"]
        facts = [
            path_label(types, case.dispute_types[0]) if case.dispute_types else "",
            "、".join(outcomes.label(outcome) for outcome in case.outcomes),
            amount_in_short(case.amounts),
            month_in_words(case.closed or case.received),
            f"来自{case.partner}" if case.partner else "",
        ]
        return template("pages/card.html").render(
            case=case,
            level=level,
            href=root + case_path(case.id),
            facts=[fact for fact in facts if fact],
            status=status_mark(case),
        )
