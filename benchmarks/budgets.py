"""The budgets that a run is held against, for as much of the road as there is.

They are set for 12,000 cases; at fewer, fixed costs weigh more than they should.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """What a measured value may be at most, and what is wished for."""

    name: str
    most: float
    aim: float
    unit: str = "×"


CHECK = Budget("casebook check（不含查重）÷ PyYAML C 解析器", 5, 3)
COLD = Budget("从头生成（不含 Whoosh）÷ 原装 mkdocs build", 1.0, 0.4)
COLD_WHOOSH = Budget("从头生成（含 Whoosh）÷ 原装 mkdocs build", 2.0, 1.2)
EDITED = Budget("改一个案例再生成 ÷ 从头生成", 10, 4, "%")
UNCHANGED = Budget("没有改动再生成 ÷ 从头生成", 5, 1, "%")
MEMORY = Budget("从头生成的内存峰值", 1000, 500, "MB")
SEARCH = Budget("casebook search ÷ 导入 whoosh 与 click", 6, 3)


def verdict(budget: Budget, values: Sequence[float]) -> Sequence[str]:
    """Return a row of a table: name, two values, budget, aim and how the worse one does.

    Args:
        values: by wall clock and by CPU, or one that is neither.
    """
    worst = max(values)
    judged = "over" if worst > budget.most else "ok"
    if worst <= budget.aim:
        judged = "ok, aim"
    shown = [f"{value:.2f} {budget.unit}" for value in values]
    return (
        budget.name,
        *(shown if len(shown) == 2 else (*shown, "")),
        f"≤ {budget.most:g} {budget.unit}",
        f"≤ {budget.aim:g} {budget.unit}",
        judged,
    )
