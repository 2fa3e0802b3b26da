from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class DesignConfig(AppConfig):
    name = "alongside.web.design"
    label = "design"
    verbose_name = "Design system"


class CollectedFiles(StaticFilesConfig):
    """Leaves out what no page of ours asks for: the next htmx and its extensions, which import by names that cannot be collected."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext", "htmx-4*", "htmax-*"]
