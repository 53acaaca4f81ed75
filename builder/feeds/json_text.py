"""JSON as it is written everywhere here: UTF-8, one space a level, a newline at the end."""

import json


def json_bytes(value: object) -> bytes:
    """Return a value as JSON; a lone surrogate becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "replace") + b"\n"
