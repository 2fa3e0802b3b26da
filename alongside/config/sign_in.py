"""How signing in differs from the library's ways: nobody registers themselves, and second-step secrets are kept encrypted."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """A copy of the database must not be enough to make anybody's codes: the key is outside it."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """The newest key encrypts; former ones still decrypt, so that the secret key can be changed."""
    return MultiFernet([_derived(key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _derived(key: str) -> Fernet:
    material = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alongside second step").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(material))
