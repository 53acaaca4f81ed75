"""The pages of the site: a cleared casebook in, paths and HTML out. Knows nothing of MkDocs."""
