"""The base of every record read from a file: frozen, and no unknown keys."""

from pydantic import BaseModel, ConfigDict

ONE_LINE_PATTERN = r"^[^\r\n]*$"
TERM_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Strict(BaseModel):
    """A record that refuses unknown keys and cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
