"""Signing keys. They live in files only their owner can read, never in the database: whoever owns the database cannot sign."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEALING_KEY = "sealing.key"
TRUST = "trust.json"
QUORUM = 2
"""So many partners must vouch for a seal before a proof counts as witnessed."""

SEAL_SIGNATURE = b"alongside.ledger.sealed.1:"


class KeyProblem(Exception):
    """A key file that is missing, damaged, or readable by others."""


class SigningKey:
    """An Ed25519 key in a 0600 file."""

    LENGTH = 32

    def __init__(self, secret: Ed25519PrivateKey) -> None:
        self._secret = secret
        self.public = secret.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._secret.sign(message)

    @classmethod
    def make(cls, path: Path) -> Self:
        """Make a new key where there is none; an existing one is never overwritten."""
        secret = Ed25519PrivateKey.generate()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret.private_bytes_raw().hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return cls(secret)

    @classmethod
    def open(cls, path: Path) -> Self:
        try:
            mode = path.stat().st_mode
            if mode & 0o077:
                raise KeyProblem(f"{path} can be read by others (mode {mode & 0o777:o}). Treat the key as known: make a new one.")
            return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text())))
        except FileNotFoundError:
            raise KeyProblem(f"There is no key at {path}.") from None
        except ValueError:
            raise KeyProblem(f"{path} is damaged. Restore it from where keys are kept.") from None


def signed_by(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose keys a verifier believes. Get a partner's key from the partner, never from the database that is being checked."""

    sealers: frozenset[bytes] = frozenset()
    witnesses: dict[bytes, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            held = json.loads(path.read_text())
            return cls(frozenset(bytes.fromhex(key) for key in held["sealers"]), {bytes.fromhex(key): name for name, key in held["witnesses"].items()})
        except FileNotFoundError:
            raise KeyProblem(f"There is no list of trusted keys at {path}.") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyProblem(f"{path} is not a list of trusted keys.") from None

    def write(self, path: Path) -> None:
        held = {"sealers": sorted(key.hex() for key in self.sealers), "witnesses": {name: key.hex() for key, name in self.witnesses.items()}}
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(held, indent=1) + "\n")
        draft.replace(path)


@dataclass(frozen=True, slots=True)
class LedgerKeys:
    """The sealer's key, and the folder beside it where the demo keeps its partners' witness stores."""

    folder: Path
    sealing: SigningKey

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open this ledger's sealing key; make one, and the list of trusted keys, where there is none yet."""
        try:
            return cls(folder, SigningKey.open(folder / SEALING_KEY))
        except KeyProblem:
            if (folder / SEALING_KEY).exists():
                raise
        keys = cls(folder, SigningKey.make(folder / SEALING_KEY))
        Trust(frozenset({keys.sealing.public})).write(keys.trust_file)
        return keys

    @property
    def trust_file(self) -> Path:
        return self.folder / TRUST
