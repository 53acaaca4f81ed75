"""The base of every record read from a file: frozen, and no unknown keys."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A record that refuses unknown keys and cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
