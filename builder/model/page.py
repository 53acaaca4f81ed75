"""Hand-written pages and study-session minutes: front matter and a Markdown body."""

import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from builder.model.audience import Audience
from builder.model.case import CaseId, Flag, Line, Waiver
from builder.model.strict import Strict

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class PageMeta(Strict):
    """Front matter of a hand-written page."""

    title: Line = Field(title="标题", description="页面标题")
    audience: Audience = Field(
        default=Audience.INTERNAL, title="公开范围", description="不写即内部"
    )
    description: Line | None = Field(default=None, title="说明", description="一句话说明")
    waivers: tuple[Waiver, ...] = Field(
        default=(), title="隐私豁免", description="经人判断无妨的隐私提示；正文的 field 写 body"
    )


class Action(Strict):
    """整改: one thing to mend, its owner by role, and when."""

    what: Text = Field(title="整改事项", description="要做什么")
    owner: Line = Field(title="责任角色", description="写角色，不写姓名")
    due: datetime.date = Field(title="期限", description="完成期限，如 2026-12-01")
    done: datetime.date | None = Field(default=None, title="完成日期", description="完成的日期")


class SessionMeta(Strict):
    """Front matter of the minutes of one study session."""

    date: datetime.date = Field(title="日期", description="复盘会日期，与文件名相同")
    title: Line = Field(title="标题", description="这次复盘的主题")
    audience: Audience = Field(
        default=Audience.INTERNAL, title="公开范围", description="不写即内部"
    )
    sample: Flag = Field(default=False, title="示例", description="true 表示虚构的示例")
    host: Line | None = Field(default=None, title="主持", description="写角色，不写姓名")
    cases: tuple[CaseId, ...] = Field(default=(), title="案例", description="讨论了哪些案例")
    lessons: tuple[Text, ...] = Field(default=(), title="经验", description="一条一句")
    weaknesses: tuple[Text, ...] = Field(default=(), title="短板", description="一条一句")
    actions: tuple[Action, ...] = Field(default=(), title="整改", description="整改清单")
    waivers: tuple[Waiver, ...] = Field(
        default=(), title="隐私豁免", description="经人判断无妨的隐私提示；正文的 field 写 body"
    )
