"""Take the pictures of README and guides from the built internal site: `make pictures`.

Needs the test environment (Chromium) and a build of this library.
"""

import html
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "docs" / "assets"
SITE = (ROOT / "build" / "internal" / "current" / "site").resolve().as_uri()
CASE = "cases/SL-2025-0028.html"
COMPLAINT = (
    "商户名称：某健身馆 消费金额：4380元 问题描述：我在这家店办了两年的瑜伽卡，脚踝骨折了不能再练，"
    "要求退掉没用的部分，商家说合同写了扣三成，只肯退一点。主要诉求：退费"
)
TERMINAL = """<meta charset="utf-8"><style>body{{margin:0;background:#1b1f24;color:#e6e6e6}}
pre{{margin:0;padding:18px 22px;white-space:pre-wrap}}
pre{{font:15px/1.55 "Noto Sans Mono CJK SC",monospace}}
</style><pre>{}</pre>"""
DRAFT = """\
id: SL-2026-0901
title: 理发店转让后不认卡
status: reviewed
sample: true
timeline: {received: 2026-10-12}
dispute_types: [yizhu-burenka]
facts: |-
  消费者在某理发店办卡，后因店铺转让，新老板不认卡，消费者投诉要求退款。
process: |-
  工作人员耐心做双方工作，经过多次沟通，最终达成一致。
"""
LEAKING = """\
id: SL-2026-0902
title: 健身卡退费
summary: 停课之后按实付折算退费。
status: published
audience: public
sample: true
timeline: {received: 2026-10-12, closed: 2026-10-15}
dispute_types: [tuika]
industry: jianshen-yundong
claims: [tuikuan]
outcomes: [jishi-jiejue, tuikuan-quane]
facts: |-
  消费者王建国（电话13812345678）10月3日在城西办卡。
issues: [余额怎么退]
process: |-
  老板开着陕A12345来的，当面谈妥。
result: |-
  当场退清。
lessons:
  weak: [没有留下签到表]
"""


def main() -> None:
    """Write every picture to `docs/assets`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        _page(browser, "index.html", "screenshot-home", 1280, 860)
        _page(browser, CASE, "screenshot-case", 1280, 1000)
        _page(browser, CASE, "screenshot-case-phone", 390, 844)
        _page(browser, "browse/types/index.html", "screenshot-browse", 1280, 860)
        _search(browser, "退卡", "guide-search", 1280, 900)
        _search(browser, COMPLAINT, "guide-complaint", 390, 1000)
        _brief(browser, "guide-brief", 1280, 1400)
        _page(browser, "study/pack.html", "guide-pack", 1280, 1000)
        _terminal(browser, "SL-2026-0901", DRAFT, "guide-check", "--writing")
        _terminal(browser, "SL-2026-0902", LEAKING, "guide-redlines")
        browser.close()


def _page(browser: Browser, path: str, name: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{SITE}/{path}")
    page.wait_for_timeout(300)
    page.screenshot(path=ASSETS / f"{name}.png")
    return page


def _brief(browser: Browser, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{SITE}/search/index.html")
    page.locator("#cb-q").fill(COMPLAINT)
    page.locator("#cb-brief-open").click()
    page.locator("#cb-received").fill("2026-11-20")
    page.locator(".cb-brief").wait_for()
    page.wait_for_timeout(300)
    page.locator(".cb-brief").screenshot(path=ASSETS / f"{name}.png")


def _search(browser: Browser, text: str, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{SITE}/search/index.html")
    page.locator("#cb-q").fill(text)
    page.wait_for_selector("body[data-cb-state=results]")
    page.wait_for_timeout(800)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=ASSETS / f"{name}.png")


def _terminal(browser: Browser, case_id: str, case: str, name: str, *options: str) -> None:
    """Show what the check says of a case: the weak draft and the leak that the guides show."""
    library = ROOT / "build" / "pictures"
    shutil.rmtree(library, ignore_errors=True)
    shutil.copytree(ROOT / "cases" / "vocabulary", library / "cases" / "vocabulary")
    shutil.copy(ROOT / "casebook.toml", library)
    (library / "cases" / "2026").mkdir()
    (library / "cases" / "2026" / f"{case_id}.yml").write_text(case, "utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "builder.cli", "check", *options],
        cwd=library, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    ).stdout  # fmt: skip
    shown = " ".join(["$ casebook check", *options]) + "\n" + said.strip()
    page = browser.new_page(viewport={"width": 900, "height": 200})
    page.set_content(TERMINAL.format(html.escape(shown)))
    page.locator("pre").screenshot(path=ASSETS / f"{name}.png")


if __name__ == "__main__":
    main()
