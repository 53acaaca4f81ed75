"""The command `casebook`: loads a subcommand only when it is called, and ends in one place."""

import gc
import gettext
import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

# click's own texts in Chinese; has to be set before click looks them up
gettext.bindtextdomain("click", str(Path(__file__).parent / "locale"))
gettext.textdomain("click")
os.environ["LANGUAGE"] = "zh_CN"

import click  # noqa: E402

from builder.cli.report import fault  # noqa: E402
from builder.errors import CasebookError  # noqa: E402

COMMANDS = {
    "new": "builder.cli.cases:new",
    "form": "builder.cli.word_form:form",
    "inbox": "builder.cli.inbox:inbox",
    "check": "builder.cli.cases:check",
    "format": "builder.cli.cases:format_",
    "redact": "builder.cli.redact:redact",
    "schema": "builder.cli.cases:schema",
    "build": "builder.cli.site:build_",
    "serve": "builder.cli.site:serve",
    "publish": "builder.cli.publish:publish",
    "search": "builder.cli.find:search_",
    "similar": "builder.cli.precedents:similar",
    "brief": "builder.cli.precedents:brief",
    "show": "builder.cli.find:show",
    "booklet": "builder.cli.booklet:booklet",
    "bundle": "builder.cli.bundle:bundle",
    "audit": "builder.cli.audit:audit_",
    "init": "builder.cli.init:init",
    "study": "builder.cli.study:study",
    "ledger": "builder.cli.ledger:ledger",
    "deadlines": "builder.cli.deadlines:deadlines_",
    "eval": "builder.cli.evaluate:eval_",
    "doctor": "builder.cli.doctor:doctor",
}
OPTIONS = "[选项]"
WRONG_USE, SURROUNDINGS = 2, 3


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        command.options_metavar = OPTIONS
        return command


@click.group(
    cls=LazyGroup,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [参数]",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="案例库所在的文件夹；不写就从当前文件夹往上找。",
)
@click.version_option(package_name="mediation-casebook", prog_name="casebook")
@click.pass_context
def cli(ctx: click.Context, library: Path | None) -> None:
    """消费纠纷调解案例库：写案例、查案例、生成网站。

    第一次用：casebook check 检查案例，casebook build 生成网站和索引，casebook search 退卡 查案例。
    """
    ctx.obj = library or Path()


def settings_of(ctx: click.Context) -> Any:
    """Return the settings of the library the command works on."""
    from builder.settings import find_root, load_settings

    return load_settings(find_root(ctx.obj))


def main() -> NoReturn:
    """Run the command line and end with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # a library is many small objects that live to the end: looking for dead ones is waste
    gc.set_threshold(1_000_000, 50, 1000)
    try:
        status = cli.main(prog_name="casebook", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = WRONG_USE
    except CasebookError as error:
        status = fault(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n已中断，没有改动上一次的结果。", err=True)
        status = SURROUNDINGS
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        status = 0
    except OSError as error:
        from builder.site.output import disk_fault

        status = fault(disk_fault(Path(str(error.filename or "文件")), error))
    sys.exit(status if isinstance(status, int) else 0)
