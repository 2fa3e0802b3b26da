from whitenoise.storage import CompressedStaticFilesStorage


class StaticFiles(CompressedStaticFilesStorage):
    """Compressed, under their own names: our scripts import each other in a circle, for which no name made from content exists."""
