"""What those who get the open formats may do with them, in one sentence."""

from builder.model.audience import Audience


def rights(audience: Audience) -> str:
    """Return the terms for an audience."""
    return {
        Audience.INTERNAL: "内部资料，不得外传",
        Audience.PARTNER: "仅限伙伴工作室交流，不转发、不公开",
        Audience.PUBLIC: "可以转载，请注明出处",
    }[audience]
