"""Signatures in minisign's format: what we sign, Debian's `minisign` verifies.

minisign -Vm manifest.json -p SH.pub
"""

from minisign import Error as MinisignError
from minisign import SecretKey, Signature, VerifyError

from builder.exchange.keys import PublicPart
from builder.exchange.refusal import ASK_AGAIN, SENT_BADLY, Refused

_COMMENT = "signature of a casebook"


class SignatureFault(Refused):
    """A signature is missing, damaged, or not that of the key it should be."""


def sign(content: bytes, private: SecretKey, remark: str) -> bytes:
    """Return minisign's signature file for `content`.

    Args:
        remark: the trusted comment, ASCII, e.g. `serial:3`; signed too.
    """
    made = private.sign(content, untrusted_comment=_COMMENT, trusted_comment=remark)
    return bytes(made) + b"\n"


def check_signature(
    content: bytes, signature: bytes, key: PublicPart, remark: str, where: str
) -> None:
    """Return if `signature` is the one spelling of a signature of `content` by `key`.

    Args:
        remark: the trusted comment it has to carry.

    Raises:
        SignatureFault: it is not.
    """
    try:
        read = Signature.from_bytes(signature)
        read.trusted_comment.encode("ascii")
    except (MinisignError, ValueError) as error:
        raise SignatureFault(where, "签名文件坏了。", SENT_BADLY, "signature") from error
    try:
        key.key.verify(content, read)
    except (VerifyError, MinisignError, ValueError) as error:
        raise SignatureFault(
            where,
            "签名对不上：内容被改过，或不是这把钥匙签的。",
            "不要使用；请打电话问对方，让对方重新发一次。",
            "signature",
        ) from error
    said = (read.untrusted_comment, read.trusted_comment)
    if said != (_COMMENT, remark) or bytes(read) + b"\n" != signature:
        raise SignatureFault(where, "签名文件不是规定的写法。", ASK_AGAIN, "not-canonical")
