"""The command init: a new library for a partner workshop."""

import datetime
from pathlib import Path

import click

from builder.cli.main import settings_of
from builder.cli.report import say
from builder.errors import WrongUseError
from builder.settings import is_workshop_code


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--code", prompt="代码（2 到 6 个大写字母，如 SH）", help="案例编号的前缀，如 SH。")
@click.option("--name", prompt="工作室名称", help="工作室的名称。")
@click.option("--region", prompt="所在的市", help="对外版本写到的地区，如 上海市。")
@click.pass_context
def init(ctx: click.Context, folder: Path, code: str, name: str, region: str) -> None:
    """给伙伴工作室开一个新的案例库：设置、词表、模板、两个示例。

    例：casebook init ../shanghai --code SH --name 上海示例工作室 --region 上海市
    """
    from builder.exchange.new_library import new_library
    from builder.model.audience import Audience
    from builder.site.prepare import prepare

    if not is_workshop_code(code):
        raise WrongUseError(
            "--code",
            f"“{code}”不是代码，或是 Windows 保留的名字。",
            "请写 2 到 6 个大写字母，如 SH。",
        )
    for option, text in (("--name", name), ("--region", region)):
        if not text.strip() or not text.isprintable() or len(text) > 60:
            raise WrongUseError(option, "应是一行，不超过 60 字。", "请写短些。")
    home = settings_of(ctx)
    cleared = prepare(home, Audience.PARTNER, datetime.date.today()).cleared
    files = new_library(cleared, home, folder, code=code, name=name.strip(), region=region.strip())
    say(f"建好了：{folder}，{len(files)} 个文件。")
    say(f"接下来：进入 {folder}，先看 README.md，再运行 casebook check")
