"""What is served over HTTP: health, and the webhook."""
