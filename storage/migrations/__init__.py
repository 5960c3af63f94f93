"""The schema's history, and the way from any older one to today's."""
