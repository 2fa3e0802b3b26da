"""Generated secrets, kept in one file that only its owner may read."""

import json
import os
import secrets
from pathlib import Path

from alongside.cli.postgres.home import SetupProblem

FILE_NAME = "secrets.json"


class SecretsFile:
    """Names to secrets. A name asked for the first time is generated and kept."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE_NAME

    def read(self) -> dict[str, str]:
        try:
            mode = self.path.stat().st_mode
            if mode & 0o077:
                raise SetupProblem(f"{self.path} can be read by others (mode {mode & 0o777:o}). Make it 0600 and change what it holds.")
            held = json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        except ValueError:
            raise SetupProblem(f"{self.path} is damaged. Restore it from a backup; the database roles' passwords are in it.") from None
        if not isinstance(held, dict):
            raise SetupProblem(f"{self.path} is damaged. Restore it from a backup; the database roles' passwords are in it.")
        return {str(name): str(secret) for name, secret in held.items()}

    def ensure(self, *names: str) -> dict[str, str]:
        """Return the named secrets, making those that are missing. Callers hold the home's lock."""
        held = self.read()
        missing = [name for name in names if name not in held]
        if missing:
            held |= {name: secrets.token_urlsafe(36) for name in missing}
            draft = self.path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(held, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)  # never a moment with half a file
        return {name: held[name] for name in names}
