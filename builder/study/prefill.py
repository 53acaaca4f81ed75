"""Minutes filled in as far as they can be before the meeting."""

import datetime
from collections.abc import Sequence

from builder.checks.cleared import ClearedCasebook
from builder.errors import WrongUseError
from builder.study.history import History
from builder.study.minutes_file import Minutes, minutes_text
from builder.study.plan import make_plan


def prefilled(
    cleared: ClearedCasebook, day: datetime.date, cases: Sequence[str], title: str, host: str
) -> str:
    """Return the text of the minutes of a day.

    Args:
        cases: ids of those studied; none for those of the plan.
        title, host: '' where they are not known yet.

    Raises:
        WrongUseError: an id is none of a case, or of one that was withdrawn.
    """
    withdrawn = {notice.id for notice in cleared.notices}
    for case_id in cases:
        if case_id in withdrawn:
            raise WrongUseError(case_id, "这个案例已经撤下。", "请换一个案例。")
        if case_id not in cleared.by_id:
            raise WrongUseError(case_id, "没有这个编号的案例。", "请用 casebook search 查编号。")
    chosen = list(dict.fromkeys(cases)) or [pick.case.id for pick in make_plan(cleared, day).picks]
    return minutes_text(
        Minutes(
            date=day.isoformat(),
            title=title or "待写：这次的主题",
            host=host,
            cases=chosen,
            body=body_of(cleared, day, chosen),
        )
    )


def body_of(cleared: ClearedCasebook, day: datetime.date, cases: Sequence[str]) -> str:
    """Return what the body begins with: what is still open, and a line a case."""
    parts = []
    rows = History.before(cleared, day).open_actions
    if rows:
        lines = [
            f"- {action.what}（{action.owner}，{action.due} 前，{session.date} 定的）："
            for action, session in rows
        ]
        parts += ["没完成的整改，逐项记做了没有：", "\n".join(lines)]
    parts += [f"{cleared.by_id[case_id].title}（{case_id}）：" for case_id in cases]
    return "\n\n".join(parts)
