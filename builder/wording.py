"""How sums, dates, terms and changes of the law are written, on pages and in print."""

from decimal import Decimal

from builder.checks.cleared import CitedArticle, ClearedCase, ClearedCasebook
from builder.model.audience import Audience
from builder.model.case import Amounts, Status
from builder.model.vocabulary import Vocabulary

PATH_SIGN = " › "
# what stands on every page of an edition, on screen and on paper
BANNERS = {
    Audience.INTERNAL: "内部资料，不得外传",
    Audience.PARTNER: "仅限伙伴工作室交流",
    Audience.PUBLIC: "",
}


def yuan(amount: Decimal) -> str:
    """Return a sum as people read it: `3600.00` is 3,600 元."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f} 元" if whole else f"{amount:,.2f} 元"


def month_in_words(date: str) -> str:
    """Return `2026-03` or `2026-03-05` as 2026年3月, and '' for ''."""
    year, _, rest = date.partition("-")
    return f"{year}年{int(rest[:2])}月" if rest else year


def amount_in_short(amounts: Amounts) -> str:
    """Return the sum that says most about a case in a list, or ''."""
    if amounts.disputed is not None and amounts.recovered is not None:
        return f"争议 {yuan(amounts.disputed)}，追回 {yuan(amounts.recovered)}"
    return next(iter(amounts_in_words(amounts)), "")


def amounts_in_words(amounts: Amounts) -> list[str]:
    """Return the sums that are known, each with its name."""
    named = {"争议": amounts.disputed, "请求": amounts.claimed, "追回": amounts.recovered}
    return [f"{name} {yuan(amount)}" for name, amount in named.items() if amount is not None]


def path_label(vocabulary: Vocabulary, term_id: str) -> str:
    """Return a term with its parent before it: 预付式消费 › 退卡退款."""
    return PATH_SIGN.join(term.label for term in vocabulary.path(term_id))


def status_mark(case: ClearedCase) -> str:
    """Return what to say of a case that has not been published, or ''."""
    return "" if case.status is Status.PUBLISHED else case.status.label


def citation(cleared: ClearedCasebook, case: ClearedCase) -> str:
    """Return the line by which others may cite a case."""
    month = month_in_words(case.closed or case.received) or f"{case.year}年"
    origin = case.partner or f"{cleared.workshop} {cleared.title}"
    return f"《{case.title}》，{origin} {case.id}，{month}"


def change_in_words(article: CitedArticle) -> str:
    """Return one sentence on what became of a cited article since, or ''."""
    standing = article.standing
    since = f"{standing.since.isoformat()} 起" if standing.since else "后来"
    if standing.kind == "changed":
        return f"{since}，现行规定见{article.now_label}"
    if standing.kind == "repealed":
        return f"{since}不再施行，没有对应的现行条文"
    return ""
