"""Commands that exchange cases with partner workshops: keygen, create, inspect, verify, …"""

import datetime
from pathlib import Path

import click

from builder.cli.bundle_report import (
    plan_json,
    put_key,
    put_keys,
    put_manifest,
    put_plan,
    undecided,
)
from builder.cli.main import OPTIONS, settings_of
from builder.cli.report import FORMAT, note, put_json, say
from builder.errors import WrongUseError
from builder.settings import Settings, is_workshop_code

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(options_metavar=OPTIONS, subcommand_metavar="命令 [参数]")
def bundle() -> None:
    """与伙伴工作室交换案例：钥匙、打包、验证、导入。"""


@bundle.command(options_metavar=OPTIONS)
@click.option("--rotate", is_flag=True, help="换一把新钥匙，并写好给伙伴的换钥匙声明。")
@click.pass_context
def keygen(ctx: click.Context, rotate: bool) -> None:
    """生成本工作室签名用的钥匙，只需一次。

    私钥留在本机；公钥（.pub 文件）发给伙伴，指纹在电话里念给对方听。
    """
    from builder.exchange.keys import read_private, write_new_keys
    from builder.exchange.storage import exchanging, replace_file
    from builder.exchange.trust import rotation_statement

    settings = settings_of(ctx)
    code, folder = settings.code, settings.keys
    with exchanging(settings):
        if not rotate:
            public = write_new_keys(folder, code)
            say(f"钥匙做好了。私钥：keys/{code}.key，只放在这台电脑上，另存一份到锁好的优盘里。")
        else:
            old = read_private(folder / f"{code}.key")
            kept = folder / f"{code}.key.old"
            (folder / f"{code}.key").replace(kept)
            try:
                public = write_new_keys(folder, code)
                new = read_private(folder / f"{code}.key")
                statement = rotation_statement(old, new, code, datetime.date.today())
                replace_file(folder / f"{code}.rotation.json", statement)
            except BaseException:
                kept.replace(folder / f"{code}.key")
                raise
            kept.unlink()
            say(f"换好了。请把 keys/{code}.rotation.json 发给每一家伙伴。")
    say(f"公钥：keys/{code}.pub，编号 {public.id}")
    say(f"指纹：{public.fingerprint}")


@bundle.command(options_metavar=OPTIONS)
@click.option(
    "--audience",
    type=click.Choice(["partner", "public"]),
    default="partner",
    show_default=True,
    help="按哪个版本脱敏：partner 伙伴工作室，public 公开。",
)
@click.option("--case", "cases", multiple=True, metavar="编号", help="只发这件；可以写几次。")
@click.option("--licence", metavar="文字", help="使用许可，一句话；不写则按版本用现成的。")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="多少天后到期。"
)
@click.option("--out", type=_FILE, help="写到哪个文件；不写则放在当前文件夹。")
@click.pass_context
def create(
    ctx: click.Context,
    audience: str,
    cases: tuple[str, ...],
    licence: str | None,
    days: int,
    out: Path | None,
) -> None:
    """把对外的案例打成一个签了名的包。

    \b
    例：casebook bundle create
    casebook bundle create --case SL-2026-0009 --case SL-2026-0012
    """
    from builder.exchange.keys import read_private
    from builder.exchange.pack import LICENCES, Consignment, pack
    from builder.exchange.received import Sent
    from builder.exchange.storage import exchanging, load_sent, replace_file, save_sent
    from builder.model.audience import Audience
    from builder.site.prepare import prepare

    settings = settings_of(ctx)
    private = read_private(settings.keys / f"{settings.code}.key")
    today = datetime.date.today()
    chosen = Audience(audience)
    cleared = prepare(settings, chosen, today).cleared
    with exchanging(settings):
        serial = load_sent(settings).serial + 1
        path = out or Path(f"{settings.code}-{serial:04d}.zip")
        if path.exists():
            raise WrongUseError(str(path), "这个文件已经有了。", "请用 --out 换一个名字。")
        consignment = Consignment(
            code=settings.code,
            serial=serial,
            created=today,
            expires=today + datetime.timedelta(days=days),
            licence=licence or LICENCES[chosen],
            chosen=frozenset(one.upper() for one in cases),
        )
        packed = pack(cleared, consignment, private)
        # a serial that is spent twice would look like a forgery
        save_sent(settings, Sent(serial=serial))
        replace_file(path, packed.data)
    for case_id, found in packed.left_out.items():
        note(f"没有放进去：{case_id}，{found}。对方的程序会退回它。")
    put_manifest(packed.manifest)
    say(f"包写好了：{path}")


@bundle.command(options_metavar=OPTIONS)
@click.argument("file", type=_FILE, metavar="文件")
@FORMAT
@click.pass_context
def inspect(ctx: click.Context, file: Path, form: str) -> None:
    """看一个包里说了些什么；不验签名，不写任何东西。"""
    from builder.exchange.archive import read_archive
    from builder.exchange.manifest import MANIFEST, read_manifest
    from builder.exchange.refusal import Refused
    from builder.exchange.storage import read_bundle

    files = read_archive(read_bundle(file))
    if MANIFEST not in files:
        raise Refused(str(file), "里面没有清单，不是案例包。", "请核对文件名。", "no-manifest")
    manifest = read_manifest(files[MANIFEST])
    if form == "json":
        put_json(manifest.model_dump(mode="json"))
        return
    put_manifest(manifest)
    for listed in manifest.files:
        say(f"  {listed.path}  {listed.length} 字节")
    for gone in manifest.withdrawn:
        say(f"  已撤下：{gone.id}  {gone.title}")
    note("这里没有验签名。要验，请运行 casebook bundle verify。")


@bundle.command(options_metavar=OPTIONS)
@click.argument("file", type=_FILE, metavar="文件")
@FORMAT
@click.pass_context
def verify(ctx: click.Context, file: Path, form: str) -> None:
    """验一个包：谁签的，有没有被改过，收过没有，能不能导入；不写任何东西。"""
    from builder.exchange.storage import load_received, load_trust, read_bundle
    from builder.exchange.verify import verify as verify_bundle

    settings = settings_of(ctx)
    known = load_trust(settings), load_received(settings)
    verified = verify_bundle(read_bundle(file), *known, datetime.date.today())
    if form == "json":
        put_json({"digest": verified.digest, "manifest": verified.manifest.model_dump(mode="json")})
        return
    put_manifest(verified.manifest)
    say(f"验过了：是{verified.sender.name}签的，内容没有被改过。")


@bundle.command("import", options_metavar=OPTIONS)
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--dry-run", is_flag=True, help="只说会怎样，不写任何东西。")
@click.option("--again", is_flag=True, help="同一个包再来一遍：改了对照表，或要用 --take。")
@click.option(
    "--take", multiple=True, metavar="编号", help="本地改过的这件，用对方的；本地的另存为 .bak。"
)
@click.option("--keep", multiple=True, metavar="编号", help="本地改过的这件，留本地的，不再提醒。")
@FORMAT
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    dry_run: bool,
    again: bool,
    take: tuple[str, ...],
    keep: tuple[str, ...],
    form: str,
) -> None:
    """验过以后，把伙伴的案例收进 cases/partners/。

    本地改过的案例不会被盖掉，会列出来等您决定（退出码 1）。
    """
    from contextlib import nullcontext

    from builder.exchange.accept import Decisions, plan_import
    from builder.exchange.mapping import Words
    from builder.exchange.storage import (
        exchanging,
        load_mapping,
        load_received,
        load_trust,
        partner_files,
        read_bundle,
        write_plan,
    )
    from builder.exchange.verify import verify as verify_bundle
    from builder.library.casebook import load_casebook

    settings = settings_of(ctx)
    decisions = Decisions(frozenset(map(str.upper, take)), frozenset(map(str.upper, keep)))
    data, today = read_bundle(file), datetime.date.today()
    known = load_trust(settings), load_received(settings)
    # refused before a folder or a lock is made
    verified = verify_bundle(data, *known, today, again=again)
    with nullcontext() if dry_run else exchanging(settings):
        known_now = load_trust(settings), load_received(settings)
        if known_now != known:  # somebody imported or revoked while we waited for the lock
            verified = verify_bundle(data, *known_now, today, again=again)
        book, received = load_casebook(settings), known_now[1]
        code = verified.manifest.workshop.code
        mapping = load_mapping(settings, code, book.vocabularies)
        plan = plan_import(
            verified,
            book,
            partner_files(settings, code),
            received.of(code),
            Words(verified.manifest.terms, book.vocabularies, mapping),
            decisions,
            today,
        )
        if not dry_run:
            write_plan(settings, plan, received, mapping)
    if form == "json":
        put_json(plan_json(plan))
    else:
        put_plan(plan, verified, dry_run)
        if undecided(plan, decisions.keep):
            note(
                "本地改过、对方也改了的，没有动。用对方的写 --again --take 编号；"
                "留本地的写 --again --keep 编号。"
            )
    ctx.exit(1 if undecided(plan, decisions.keep) else 0)


@bundle.command(options_metavar=OPTIONS)
@click.argument("file", type=_FILE, metavar="[公钥文件]", required=False)
@click.option("--workshop", metavar="代码", help="对方案例编号前面的代码，如 SH。")
@click.option("--name", metavar="名称", help="对方工作室的名称，写在案例页上。")
@click.option("--fingerprint", metavar="数字", help="对方在电话里念的指纹；不写就会问。")
@click.option("--rotation", type=_FILE, metavar="文件", help="对方发来的换钥匙声明。")
@FORMAT
@click.pass_context
def trust(
    ctx: click.Context,
    file: Path | None,
    workshop: str | None,
    name: str | None,
    fingerprint: str | None,
    rotation: Path | None,
    form: str,
) -> None:
    """信任一家伙伴的公钥；什么都不写就列出信任的钥匙和本室的指纹。

    \b
    例：casebook bundle trust SH.pub --workshop SH --name 上海示例工作室
    指纹要从对方的电话里听来，不能从同一条消息里抄。
    """
    from builder.exchange.keys import KeyFault, read_public, same_fingerprint
    from builder.exchange.storage import exchanging, load_trust, read_bundle, save_trust
    from builder.exchange.trust import TrustedKey, after_rotation

    settings = settings_of(ctx)
    today = datetime.date.today()
    if rotation is not None:
        with exchanging(settings):
            after = after_rotation(load_trust(settings), read_bundle(rotation), today)
            save_trust(settings, after)
        say("换好了：")
        put_key(after.keys[-1])
        return
    if file is None:
        own = settings.keys / f"{settings.code}.pub"
        put_keys(load_trust(settings).keys, read_public(own) if own.exists() else None, form)
        return
    if not workshop or not name:
        raise WrongUseError(
            "casebook bundle trust", "缺 --workshop 或 --name。", "请写明是哪一家。"
        )
    _check_workshop(settings, workshop, name)
    public = read_public(file)
    heard = fingerprint or click.prompt("对方在电话里念的指纹（八组数字）")
    if not same_fingerprint(heard, public.fingerprint):
        raise KeyFault(
            str(file),
            f"指纹对不上：这把公钥的指纹是 {public.fingerprint}。",
            "不要信任；请再和对方核对，公钥文件可能被人换过。",
        )
    with exchanging(settings):
        added = TrustedKey(workshop, name, public, today)
        save_trust(settings, load_trust(settings).with_key(added))
    say("已信任：")
    put_key(added)


@bundle.command(options_metavar=OPTIONS)
@click.argument("key", metavar="代码或钥匙编号")
@click.option(
    "--reason", metavar="文字", default="对方通知作废", show_default=True, help="为什么。"
)
@click.pass_context
def revoke(ctx: click.Context, key: str, reason: str) -> None:
    """作废一把信任过的钥匙：它签的包从此一律不收。

    写对方的代码，就作废那一家的钥匙。已经收进来的案例还在；要不要留，请一件件看。

    \b
    例：casebook bundle revoke SH --reason 对方电脑丢了
    """
    from builder.exchange.storage import exchanging, load_trust, save_trust

    settings = settings_of(ctx)
    with exchanging(settings):
        trusted = load_trust(settings)
        named = key.upper()
        of_workshop = [one for one in trusted.keys if one.workshop == named and not one.revoked]
        ids = [one.public.id for one in of_workshop] or [named]
        for key_id in ids:
            trusted = trusted.without(key_id, datetime.date.today(), reason)
        save_trust(settings, trusted)
    say(f"已作废：{'、'.join(ids)}")


def _check_workshop(settings: Settings, workshop: str, name: str) -> None:
    if not is_workshop_code(workshop) or workshop == settings.code:
        raise WrongUseError(
            "--workshop", "应是对方的代码：2 到 6 个大写字母，与本室的不同。", "请问对方。"
        )
    if not name.isprintable() or not 1 <= len(name) <= 60:
        raise WrongUseError("--name", "名称应是一行，不超过 60 字。", "请写短些。")
