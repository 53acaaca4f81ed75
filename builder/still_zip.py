"""Office files without a clock: the same parts, packed the same way each time."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NONE: Mapping[str, bytes] = {}


def repacked(content: bytes, instead: Mapping[str, bytes] = _NONE) -> bytes:
    """Return a zip with the same files under sorted names and no dates.

    Args:
        instead: name -> content of files that are to be replaced.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, instead.get(name) or source.read(name))
    return packed.getvalue()
