"""What the plugin can be told in `mkdocs.yml`, and what it sets there for one build."""

from html import escape
from typing import cast

from markdown.extensions.toc import slugify_unicode  # type: ignore[import-untyped]
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from builder.checks.cleared import ClearedCasebook
from builder.model.audience import Audience
from builder.render import TEMPLATES
from builder.site.docs_files import (
    ICON,
    SCRIPTS,
    frames_of,
    pruned_nav,
    styles_of,
    written_pages,
)
from builder.stable_paths import ATOM, JSON_FEED, SITEMAP
from builder.wording import BANNERS


class Options(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin `casebook`."""

    audience = config_options.Choice([str(audience) for audience in Audience], default="internal")


def adapt(
    config: MkDocsConfig, cleared: ClearedCasebook, has_ledger: bool, *, offline: bool = True
) -> None:
    """Set what follows from the library and its audience, whatever `mkdocs.yml` says.

    Args:
        offline: whether pages ask the browser to keep the library for use without a network.
    """
    config.site_name = escape(cleared.title)
    config.site_description = escape(cleared.description)
    config.copyright = escape(f"{cleared.workshop} · {cleared.title}。条文为转述，以官方文本为准。")
    config.site_url = cleared.address  # that of `mkdocs.yml` would be the same for every audience
    config.use_directory_urls = False  # pages have to work when opened from a folder
    config.extra["generator"] = False
    config.extra["casebook"] = {
        "banner": BANNERS[cleared.audience],
        "noindex": cleared.audience is not Audience.PUBLIC,
        "scripts": SCRIPTS,
        "feeds": (("application/atom+xml", ATOM), ("application/feed+json", JSON_FEED)),
        "offline": offline,
    }
    config.extra_css.extend(styles_of(has_ledger))
    # the usual way drops Chinese from anchors and numbers them, so that they shift
    config.mdx_configs.setdefault("toc", {})["slugify"] = slugify_unicode
    config.theme["favicon"] = ICON
    config.theme.dirs.insert(0, str(TEMPLATES / "theme"))
    config.theme.static_templates.discard(SITEMAP)
    pages = set(written_pages(cleared)) | set(frames_of(has_ledger))
    if config.nav is not None:
        config.nav = cast("list[object]", pruned_nav(config.nav, pages))
