"""By which day a complaint must be answered, mediated and closed, and which article says so.

Sources: 投诉举报处理办法 (令第121号, since 2026-04-15) articles 15, 23 and 45; 投诉举报处理暂行办法
(令第20号, before) articles 14 and 21; 消费者权益保护法实施条例 (since 2024-07-01) article 46. The
day an interval starts from does not count; a last day in a statutory holiday moves to the
first day after it (办法 article 45). A weekend that is no holiday does not move it.
"""

import datetime
from dataclasses import dataclass
from typing import Final

from builder.model.calendar import Calendar

ACCEPT_WORKING_DAYS: Final = 7
OLD_WORKING_DAYS: Final = 45
DAYS: Final = 60
INFORM_WORKING_DAYS: Final = 7
BANFA_FROM: Final = datetime.date(2026, 4, 15)
TIAOLI_FROM: Final = datetime.date(2024, 7, 1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for one step.

    Attributes:
        step: what has to be done by then, in the words of the office.
        day: the last day on which it is in time.
        counted: how many days of which kind, from which day.
        citation: the article as case files write it.
        note: what a reader must know of it, or ''.
        is_provisional: the complaint is not accepted yet: the latest that it can be.
        is_known: the holiday table covers all days counted.
    """

    step: str
    day: datetime.date
    counted: str
    citation: str
    note: str
    is_provisional: bool
    is_known: bool


def deadlines(
    received: datetime.date, accepted: datetime.date | None, calendar: Calendar
) -> list[Deadline]:
    """Return the last days for accepting a complaint and for ending its mediation.

    Args:
        received: the day the complaint came in.
        accepted: the day it was accepted, or None while that is open.
    """
    by = calendar.working_days_after(received, ACCEPT_WORKING_DAYS)
    is_new = by >= BANFA_FROM
    first = Deadline(
        step="决定是否受理并告知",
        day=by,
        counted=f"收到次日起 {ACCEPT_WORKING_DAYS} 个工作日",
        citation="tsjb-banfa#15" if is_new else "tsjb-zanxing#14",
        note="",
        is_provisional=False,
        is_known=calendar.knows(received, by),
    )
    return [first, *_ends(accepted or by, accepted is None, calendar)]


def _ends(start: datetime.date, is_provisional: bool, calendar: Calendar) -> list[Deadline]:
    """Return the last days of a mediation that starts with a day of acceptance."""
    plain = start + datetime.timedelta(days=DAYS)
    if start >= BANFA_FROM:
        moved = calendar.first_after_holiday(plain)
        note = "第六十日在法定节假日里，顺延到节后第一日。" if moved != plain else ""
        return [_end(start, moved, "tsjb-banfa#23", DAYS, note, is_provisional, calendar)]
    old = calendar.working_days_after(start, OLD_WORKING_DAYS)
    found = [_end(start, old, "tsjb-zanxing#21", OLD_WORKING_DAYS, "", is_provisional, calendar)]
    if start >= TIAOLI_FROM:
        note = (
            "条例的六十日与暂行办法的四十五个工作日同时有效，条例位阶高；先到的那天前办结最稳妥。"
        )
        found.append(_end(start, plain, "xbf-tiaoli#46", DAYS, note, is_provisional, calendar))
    return found


def _end(
    start: datetime.date,
    day: datetime.date,
    citation: str,
    count: int,
    note: str,
    is_provisional: bool,
    calendar: Calendar,
) -> Deadline:
    kind = "个工作日" if count == OLD_WORKING_DAYS else "日"
    return Deadline(
        step="达成协议，或者终止调解",
        day=day,
        counted=f"受理次日起 {count} {kind}",
        citation=citation,
        note=note,
        is_provisional=is_provisional,
        is_known=calendar.knows(start, day),
    )
