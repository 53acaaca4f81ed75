"""How a bundle, a key and an import are told to the user."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from builder.cli.report import note, put_json, put_problems, say

if TYPE_CHECKING:  # signatures are slow to import
    from builder.exchange.accept import Plan
    from builder.exchange.keys import PublicPart
    from builder.exchange.manifest import Manifest
    from builder.exchange.trust import TrustedKey
    from builder.exchange.verify import Verified

_DIFF_LINES = 12  # of one case; the rest is counted


def put_manifest(manifest: "Manifest") -> None:
    """Print who sends what, until when, on what terms."""
    from builder.exchange.names import case_id_of

    count = sum(case_id_of(file.path) is not None for file in manifest.files)
    sender = f"{manifest.workshop.name}（{manifest.workshop.code}）"
    gone = f"，撤下 {len(manifest.withdrawn)} 个" if manifest.withdrawn else ""
    say(f"{sender}第 {manifest.serial} 号案例包：{count} 个案例{gone}。")
    say(f"打包 {manifest.created}，到期 {manifest.expires}，钥匙 {manifest.key}")
    say(f"使用许可：{manifest.licence}")


def put_key(key: "TrustedKey") -> None:
    """Print a partner's key with its fingerprint."""
    state = f"已于 {key.revoked} 作废（{key.reason}）" if key.revoked else f"{key.since} 起信任"
    say(f"{key.workshop}  {key.name}  钥匙 {key.public.id}  {state}")
    say(f"    指纹 {key.public.fingerprint}")


def put_keys(keys: "Sequence[TrustedKey]", own: "PublicPart | None", form: str) -> None:
    """Print whom we trust, and our own fingerprint for reading aloud."""
    if form == "json":
        put_json(
            {
                "own": own and {"key": own.id, "fingerprint": own.fingerprint},
                "trusted": [
                    {
                        "workshop": key.workshop,
                        "name": key.name,
                        "key": key.public.id,
                        "fingerprint": key.public.fingerprint,
                        "since": key.since.isoformat(),
                        "revoked": key.revoked and key.revoked.isoformat(),
                    }
                    for key in keys
                ],
            }
        )
        return
    if own:
        say(f"本室  钥匙 {own.id}")
        say(f"    指纹 {own.fingerprint}")
    for key in keys:
        put_key(key)
    if not keys:
        note("还没有信任任何伙伴的钥匙。")


def put_plan(plan: "Plan", verified: "Verified", dry_run: bool) -> None:
    """Print what an import did, or would do, case by case."""
    from builder.exchange.accept import Kind

    if plan.resumed:
        note("上一次导入中途断了；已经写好的都是完整的，这次接着做。")
    for change in plan.changes:
        if change.kind is Kind.UNCHANGED:
            continue
        say(f"{change.kind.label}  {change.id}  {change.title}")
        shown = change.diff
        for line in shown[:_DIFF_LINES]:
            click.secho(f"    {line}", dim=True)
        if len(shown) > _DIFF_LINES:
            click.secho(f"    ……还有 {len(shown) - _DIFF_LINES} 行不同", dim=True)
    for theirs, ours, share in plan.likenesses:
        note(f"{theirs} 与本室的 {ours} 有 {share:.0%} 的文字相同，请看看是不是同一件。")
    for term in plan.unmapped:
        note(f"未归类：{term.field} 的“{term.label}”（{term.id}）。")
    if plan.unmapped:
        note(f"要归类，请在 keys/{plan.code}.map.toml 里写上本库的编号，再加 --again 导入一次。")
    put_problems(plan.warnings, err=True)
    counted = "，".join(
        f"{kind.label} {len(plan.of_kind(kind))} 个" for kind in Kind if plan.of_kind(kind)
    )
    done = "会这样改（这次没有写）" if dry_run else f"收好了，放在 cases/partners/{plan.code}/"
    say(f"来自{verified.sender.name}，验过签名。{done}：{counted or '没有案例'}。")


def undecided(plan: "Plan", kept: frozenset[str]) -> list[str]:
    """Return the cases changed on both sides of which nobody said which to keep."""
    from builder.exchange.accept import Kind

    changes = plan.of_kind(Kind.EDITED, Kind.DELETED)
    return [change.id for change in changes if change.id not in kept]


def plan_json(plan: "Plan") -> dict[str, Any]:
    """Return an import as `--format json` gives it."""
    return {
        "workshop": plan.code,
        "changes": [
            {"id": one.id, "title": one.title, "kind": str(one.kind), "diff": one.diff}
            for one in plan.changes
        ],
        "unmapped": [term.model_dump() for term in plan.unmapped],
        "likenesses": [
            {"id": theirs, "ours": ours, "share": round(share, 3)}
            for theirs, ours, share in plan.likenesses
        ],
    }
