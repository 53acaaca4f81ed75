"""An outlook in words, a figure a line, each with its cases.

Twin of `builder/site/client/outlook_lines.js`.
"""

from dataclasses import dataclass

from builder.search.comparison import Words
from builder.search.outlook import LEAST_FOR_SHARES, Outlook, Quartiles


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words; `cases` are the numbers of those it was counted from."""

    label: str
    text: str
    cases: tuple[int, ...] = ()


def outlook_lines(outlook: Outlook, words: Words) -> list[Line]:
    """Return what a set of cases adds up to, in words; small sets say that they are small."""
    count = len(outlook.cases)
    if not count:
        return [Line("同类案例", "库里还没有同一类型的案例，列出的只是相近的。")]
    few = "，件数少，只能逐件参考" if count < LEAST_FOR_SHARES else ""
    lines = [Line("同类案例", f"{count} 件{few}", outlook.cases)]
    share = f"，占有结果的 {outlook.settled_share}%" if outlook.may_tell_shares else ""
    if outlook.settled:
        lines.append(Line("谈成", f"{len(outlook.settled)} 件{share}", outlook.settled))
    if outlook.not_settled:
        lines.append(Line("没谈成", f"{len(outlook.not_settled)} 件", outlook.not_settled))
    if outlook.recovered and len(outlook.recovered.every) >= LEAST_FOR_SHARES:
        low, median, high = (value // 10 for value in outlook.recovered.values)
        told = f"所求的 {median}%（中间一件），多在 {low}% 到 {high}% 之间"
        lines.append(Line("追回", told, outlook.recovered.cases))
    if outlook.days:
        lines.append(Line("用时", _days(outlook.days), outlook.days.cases))
    for law in outlook.law:
        label = words.provision(law.id)
        lines.append(Line("常用法条", f"{label}，{len(law.cases)} 件", law.cases))
    for method in outlook.methods:
        label = words.label("methods", method.id)
        lines.append(Line("管用的办法", f"{label}，{len(method.cases)} 件", method.cases))
    lines += [Line("前车之鉴", told.text, (told.case_no,)) for told in outlook.pitfalls]
    return lines


def _days(days: Quartiles) -> str:
    low, median, high = days.values
    if len(days.every) >= LEAST_FOR_SHARES:
        return f"{median} 天（中间一件），多在 {low} 到 {high} 天之间"
    return f"{'、'.join(str(value) for value in days.every)} 天"
