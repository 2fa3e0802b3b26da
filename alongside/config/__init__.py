"""Settings, URLs and the composition root."""
