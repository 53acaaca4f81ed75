"""The command that writes a library for others: a folder, a zip, one file."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.main import settings_of
from builder.cli.report import note, progress, say
from builder.errors import WrongUseError
from builder.model.audience import Audience

if TYPE_CHECKING:  # slow to import
    from builder.site.publish import PublishRequest


@click.command()
@click.option(
    "--audience",
    type=click.Choice([str(audience) for audience in Audience]),
    help="给谁看，一定要写：public 公开，partner 伙伴工作室，internal 内部。",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="写到哪里：文件夹；.zip 是压缩包；.html 是一个网页文件。",
)
@click.option(
    "--take-down",
    "is_taken_down",
    is_flag=True,
    help="撤下发布过的文件夹：只留一页说明，访问过的设备上存的也会删掉。",
)
@click.pass_context
def publish(
    ctx: click.Context, audience: str | None, target: Path | None, is_taken_down: bool
) -> None:
    """把案例库写成可以发出去的样子：文件夹、压缩包，或一个网页文件。

    \b
    例：casebook publish --audience public --to 公开案例库
    casebook publish --audience partner --to 伙伴案例库.zip
    casebook publish --audience public --to 案例库.html
    casebook publish --take-down --to 公开案例库
    """
    from builder.site.publish import PublishRequest
    from builder.site.publish_folder import take_down

    if target is None:
        raise WrongUseError(
            "--to", "没有写放到哪里。", "请写 --to 加一个文件夹，或 .zip、.html 文件。"
        )
    settings = settings_of(ctx)
    if is_taken_down:
        take_down(target.resolve(), settings.title)
        say(f"已撤下，只留一页说明：{target}")
        note("网站上的那一份也要换成现在的内容，见“怎样发布”的“撤下整个网站”。")
        return
    if audience is None:
        raise WrongUseError(
            "--audience", "没有写给谁看。", "请写 --audience public、partner 或 internal。"
        )
    today = datetime.date.today()
    _publish(PublishRequest(settings, Audience(audience), target.resolve(), today), target)


def _publish(request: "PublishRequest", target: Path) -> None:
    from builder.site.publish import Form
    from builder.site.publish import publish as publish_library

    with progress() as tell:
        report = publish_library(request, tell)
    files = f"，{report.files} 个文件" if report.form is Form.FOLDER else ""
    size = f"{max(report.size / 1e6, 0.1):.1f} MB"
    made = f"{request.audience.label}版本（{report.form.value}）"
    say(f"已写好{made}：{report.cases} 个案例{files}，{size}。")
    say(f"在这里：{target}")
    if request.audience is Audience.INTERNAL:
        note("这是内部版本，每一页都标着“内部资料，不得外传”，请不要发到单位外面。")
    else:
        note("发出去之前请看一遍，见“怎样发布”的“发布前看一眼”。")
