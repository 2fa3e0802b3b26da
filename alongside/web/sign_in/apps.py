from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "alongside.web.sign_in"
    label = "sign_in"
    verbose_name = "Signing in"

    def ready(self) -> None:
        from alongside.web.sign_in import identity

        identity.connect()
