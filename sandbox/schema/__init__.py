"""The official Bot API as JSON Schema, and the two scripts that make it from the published types."""
