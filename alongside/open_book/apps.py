from django.apps import AppConfig


class OpenBookConfig(AppConfig):
    name = "alongside.open_book"
    label = "open_book"
    default_auto_field = "django.db.models.BigAutoField"
