"""The build: stages, the MkDocs plugin, the theme's frame, the output folders."""
