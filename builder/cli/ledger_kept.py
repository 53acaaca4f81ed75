"""The ledger that the commands look at."""

from typing import TYPE_CHECKING

from builder.errors import WrongUseError

if TYPE_CHECKING:  # slow to import, and help does without
    from builder.model.ledger import Ledger
    from builder.settings import Settings


def kept_ledger(settings: "Settings") -> "Ledger":
    """Return the ledger of a library.

    Raises:
        WrongUseError: nothing has been imported.
    """
    from builder.intake.ledger_store import read_ledger

    kept = read_ledger(settings)
    if kept is None:
        raise WrongUseError(
            str(settings.ledger), "还没有台账。", "请先运行 casebook ledger import 导出的文件。"
        )
    return kept
