"""The JSON Schema of the data for programs, one for all kinds of document."""

from typing import Any

from pydantic.json_schema import models_json_schema

from builder.feeds.api_documents import DOCUMENTS
from builder.feeds.json_text import json_bytes

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def api_schema() -> dict[str, Any]:
    """Return the schema; a document holds to exactly one of its kinds."""
    _, made = models_json_schema([(model, "serialization") for model in DOCUMENTS], by_alias=True)
    return {
        "$schema": DIALECT,
        "title": "调解案例库的数据",
        "oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in DOCUMENTS],
        "$defs": made["$defs"],
    }


def api_schema_file() -> bytes:
    """Return the schema as a file."""
    return json_bytes(api_schema())
