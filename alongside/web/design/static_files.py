from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Every file under a name made from its content, so that browsers may keep it for ever; our scripts find each other by those names too."""

    support_js_module_import_aggregation = True
