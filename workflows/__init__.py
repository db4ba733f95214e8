"""The regulation as code: states, steps, requirements, rule sets; no web, no database, no clock."""
