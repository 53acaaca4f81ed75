"""Text: analysis, concept groups, indexed fields, excerpts and pasted tickets. No I/O, no HTML."""
