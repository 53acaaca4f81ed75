"""The command `casebook`: one module a command group; each parses, makes one call, reports."""
