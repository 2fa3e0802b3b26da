from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "alongside.web.design"
    label = "design"
    verbose_name = "Design system"
