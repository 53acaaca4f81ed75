"""Who may see something: three circles, each wider than the one before."""

from enum import StrEnum


class Audience(StrEnum):
    """The widest circle that may see a record; absent means `INTERNAL`."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return _LABELS[self]

    def admits(self, cleared_up_to: "Audience") -> bool:
        """Return whether a build for this audience may hold what is cleared that far."""
        order = list(Audience)
        return order.index(cleared_up_to) >= order.index(self)


_LABELS = {
    Audience.INTERNAL: "内部",
    Audience.PARTNER: "伙伴工作室",
    Audience.PUBLIC: "公开",
}
