"""What is typed to register a person."""

from uuid import UUID, uuid5

from alongside.web.design.fields import RetryKeyField
from alongside.web.practitioner.details.forms import WhoForm

KEYS = UUID("5b0c7a4e-5a4f-4a59-9a52-2b5a7d6c3f10")


class RegisterForm(WhoForm):
    key = RetryKeyField()

    def clean_key(self) -> UUID:
        """Whatever was sent back as the key stands for one registration; a key that is none of ours is as good as any other."""
        return uuid5(KEYS, self.cleaned_data["key"])
