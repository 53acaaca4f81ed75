"""The budgets that a run is held against: what each ratio means, its budget and its aim."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """One row: at most `most` times (or bytes), `aim` wished for; the case counts it is for."""

    name: str
    most: float
    aim: float | None
    unit: str = "×"
    only: int = 0  # case count it is set for; 0 for any, judged strictly at 12,000


CHECK = Budget("casebook check ÷ PyYAML C 解析器（不含查重）", 5, 3)
COLD = Budget("从头生成，不含 Whoosh ÷ 原装 mkdocs build", 1.0, 0.4)
COLD_WHOOSH = Budget("从头生成，含 Whoosh ÷ 原装 mkdocs build", 2.0, 1.2)
EDITED = Budget("改一个案例后重新生成 ÷ 从头生成", 10, 4, "%")
UNCHANGED = Budget("没有改动再生成 ÷ 从头生成", 5, 1, "%")
MEMORY = Budget("从头生成的内存峰值", 1000, 500, "MB")
SEARCH = Budget("casebook search ÷ 导入 whoosh 与 click", 6, 3)
INDEX = Budget("静态索引 ÷ 案例文字（字节，按字对）", 0.9, None)
SMALL_INDEX = Budget("静态索引压缩后", 1.5, 0.8, "MB", only=1000)


def verdict(budget: Budget, value: float | None, cases: int) -> Sequence[str]:
    """Return name, value, budget, aim and ok, aim or over, as a row of a table."""
    if value is None or budget.only not in (0, cases):
        return ()
    judged = "over" if value > budget.most else "ok"
    if judged == "ok" and budget.aim is not None and value <= budget.aim:
        judged = "ok, aim"
    aim = "" if budget.aim is None else f"≤ {budget.aim:g} {budget.unit}"
    return (
        budget.name,
        f"{value:.2f} {budget.unit}",
        f"≤ {budget.most:g} {budget.unit}",
        aim,
        judged,
    )
