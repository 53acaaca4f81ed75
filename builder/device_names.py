"""Names that mean a device to Windows, whatever stands behind the first dot."""

import re

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def is_device_name(name: str) -> bool:
    """Return whether Windows would not take this for the name of a file or folder."""
    return _DEVICE.fullmatch(name) is not None
