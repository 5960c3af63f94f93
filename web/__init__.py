"""The public side over HTTP: webhook, health; later pages and feeds."""
