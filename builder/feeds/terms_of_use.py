"""What those who get the open formats may do with them, in one sentence."""

from builder.model.audience import Audience
from builder.wording import BANNERS


def rights(audience: Audience) -> str:
    """Return the terms for an audience."""
    return {
        Audience.INTERNAL: BANNERS[Audience.INTERNAL],
        Audience.PARTNER: "仅限伙伴工作室交流，不转发、不公开",
        Audience.PUBLIC: "可以转载，请注明出处",
    }[audience]
