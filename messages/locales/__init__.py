"""The translations: one catalogue per language, edited as it stands, and the command that keeps them complete."""
