"""The case model as JSON Schema with a library's own ids, for editors.

It lives beside the references check because both say which field takes which vocabulary.
"""

from typing import Any

from builder.checks.references import CONTROLLED
from builder.model.case import Case
from builder.model.vocabulary import Vocabularies, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema(vocabularies: Vocabularies) -> dict[str, Any]:
    """Return the JSON Schema of a case file.

    Titles and descriptions are Chinese; controlled fields list the ids of the
    vocabularies with their labels, so that an editor offers and explains them.
    """
    schema = Case.model_json_schema(by_alias=True)
    schema = {"$schema": DIALECT, **schema, "title": "调解案例"}
    properties = schema["properties"]
    for field, name in CONTROLLED.items():
        vocabulary = vocabularies[name]
        if vocabulary.terms:
            _offer(properties[field], vocabulary)
    return schema


def _offer(node: dict[str, Any], vocabulary: Vocabulary) -> None:
    """Put the vocabulary's ids where the schema takes a text."""
    ids = [term.id for term in vocabulary.walk()]
    explained = [
        " / ".join(part.label for part in vocabulary.path(term.id))
        + (f"：{term.definition}" if term.definition else "")
        for term in vocabulary.walk()
    ]
    for candidate in (node, *node.get("anyOf", ())):
        target = candidate.get("items", candidate)
        if target.get("type") == "string":
            target["enum"] = ids
            target["markdownEnumDescriptions"] = explained
