"""Why a bundle is not taken: one error, with a stable name for each reason."""

from builder.errors import CasebookError

ASK_AGAIN = "请对方用 casebook bundle create 重新打包再发。"
SENT_BADLY = "多半是传坏了，请对方重新发一次。"


class Refused(CasebookError):
    """A bundle is refused; nothing of it was written.

    Attributes:
        code: stable name of the reason, for machines and tests.
    """

    def __init__(self, where: str, what: str, remedy: str, code: str) -> None:
        super().__init__(where, what, remedy)
        self.code = code
