from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.common.standing import Standing, Word


class AccountManager(BaseUserManager["Account"]):
    def get(self, *conditions: object, **wanted: object) -> "Account":
        """As ever; by its key alone, as every page asks for whoever is signed in, in a question that was put into SQL once."""
        if conditions or wanted.keys() != {"pk"}:
            return super().get(*conditions, **wanted)
        for account in _by_key(account=wanted["pk"]):
            return account
        raise Account.DoesNotExist

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. It holds no right by itself: rights come from the practitioner or person it belongs to."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    is_staff_account = models.BooleanField(default=False, help_text="A practitioner's account: a second step is required.")
    large_print = models.BooleanField(default=False)
    single_key_shortcuts = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return f"account {self.pk}"


_by_key = Standing(lambda: Account.objects.filter(pk=Word("account", "bigint")))


class IdentitySession(models.Model):
    """One signed-in session. The database resolves the token's hash to principals; row security trusts nothing else."""

    token_hash = models.BinaryField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    practitioner_id = models.IntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    principals = ArrayField(models.IntegerField(), default=list)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "identity_session"
        indexes = [models.Index(fields=["account", "-seen_at"])]
