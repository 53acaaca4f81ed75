"""Reading and writing cases, vocabularies and pages: one YAML file to one record and back."""
