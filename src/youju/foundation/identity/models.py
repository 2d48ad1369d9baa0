"""Tables of organisations, users and the installation's mode, with what the database itself refuses."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.foundation.identity.roles import Role
from youju.foundation.identity.usernames import USERNAME_PATTERN, normalise_username

CODE_PATTERN = r"^[A-Z0-9][A-Z0-9-]{1,15}$"
# GB 32100: 18 characters without I, O, S, V, Z.
CREDIT_CODE_PATTERN = r"^[0-9A-HJ-NPQRTUWXY]{18}$"


class Organisation(models.Model):
    """A body that people work for: the centre, an enterprise, a finance office."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        CENTRE = "centre", "试点服务中心"
        FINANCE = "finance", "财政部门"
        AUDIT = "audit", "审计机关"
        ENTERPRISE = "enterprise", "企业"
        MERCHANT = "merchant", "市场经营户"
        BUYER = "buyer", "境外采购商"
        PUBLIC = "public", "其他单位"

    code = models.CharField(
        "单位简码",
        max_length=16,
        unique=True,
        error_messages={"unique": "这个单位简码已有单位使用。"},
        validators=[RegexValidator(CODE_PATTERN, "单位简码由 2 到 16 个大写字母、数字或连字符组成。")],
    )
    name = models.CharField(
        "单位名称", max_length=100, unique=True, error_messages={"unique": "已有同名的单位。"}
    )
    kind = models.CharField("单位类别", max_length=12, choices=Kind.choices)
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        validators=[RegexValidator(CREDIT_CODE_PATTERN, "统一社会信用代码应为 18 位数字和大写字母。")],
    )
    is_demo = models.BooleanField("示例数据", default=False)
    created_at = models.DateTimeField("建立时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(name="organisation_code_form", condition=Q(code__regex=CODE_PATTERN)),
            models.CheckConstraint(
                name="organisation_kind_known",
                condition=Q(
                    kind__in=["centre", "finance", "audit", "enterprise", "merchant", "buyer", "public"]
                ),
            ),
            models.CheckConstraint(
                name="organisation_credit_code_form",
                condition=Q(credit_code="") | Q(credit_code__regex=CREDIT_CODE_PATTERN),
            ),
            models.UniqueConstraint(
                name="organisation_credit_code_once",
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                violation_error_message="这个统一社会信用代码已有单位使用。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Reads users; ``services`` make them."""

    def get_by_natural_key(self, username: str | None) -> User:
        """A user by name, however its letters were cased."""
        return self.get(username=normalise_username(username or ""))


class User(AbstractBaseUser):
    """A person with an account, or a service account, which a program uses by its API keys and nobody logs in with.

    Permissions follow from ``roles`` alone; there is no superuser.
    """

    username = models.CharField(
        "用户名",
        max_length=32,
        unique=True,
        error_messages={"unique": "这个用户名已有人使用。"},
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                "用户名由 2 到 32 个小写字母、数字、点、下划线或连字符组成，以字母或数字开头。",
            )
        ],
    )
    display_name = models.CharField("姓名", max_length=50)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="单位", related_name="users"
    )
    roles = ArrayField(models.CharField(max_length=3), verbose_name="角色", default=list)
    sections = ArrayField(models.CharField(max_length=8), verbose_name="所在科室", default=list, blank=True)
    is_active = models.BooleanField("可以登录", default=True)
    must_change_password = models.BooleanField("须改初始密码", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    is_demo = models.BooleanField("示例账号", default=False)
    is_service = models.BooleanField("服务账号", default=False)
    created_at = models.DateTimeField("建立时间", db_default=Now())

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["username"]
        constraints: ClassVar = [
            models.CheckConstraint(name="user_username_form", condition=Q(username__regex=USERNAME_PATTERN)),
            models.CheckConstraint(name="user_has_display_name", condition=~Q(display_name="")),
            models.CheckConstraint(
                name="user_roles_known", condition=Q(roles__contained_by=[role.value for role in Role])
            ),
            models.CheckConstraint(
                name="user_service_has_no_password_to_change",
                condition=Q(is_service=False) | Q(must_change_password=False, is_demo=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def role_names(self) -> list[str]:
        """The Chinese names of the user's roles, in the order of the enum."""
        return [role.label for role in Role if role in self.roles]


class SecondFactor(models.Model):
    """A user's one-time passwords (TOTP). The secret is sealed; a time step is used once; wrong codes are counted."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="second_factor"
    )
    sealed = models.TextField("加密的密钥")
    begun_at = models.DateTimeField("开始设置的时间", db_default=Now())
    confirmed_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField("用过的时间步", default=0)
    failures = models.PositiveIntegerField("连续输错的次数", default=0)
    failed_at = models.DateTimeField("最近输错的时间", null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.user.username


class RecoveryCode(models.Model):
    """The hash of a code that opens the account once when the device is lost."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("校验值", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="recovery_code_once", fields=["user", "digest"])
        ]

    def __str__(self) -> str:
        return self.user.username


class LoginSession(models.Model):
    """A session of a user: what the account page lists. The session itself is Django's, under the same key.

    The key opens the session, so pages never show it; they name a session by ``handle``, which opens nothing.
    """

    key = models.CharField("会话", max_length=40, primary_key=True)
    handle = models.UUIDField("编号", db_default=RandomUUID(), unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField("登录时间", db_default=Now())
    seen_at = models.DateTimeField("最近使用", db_default=Now())
    address = models.CharField("地址", max_length=64, blank=True)
    device = models.CharField("设备", max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.device}"


class ApiKey(models.Model):
    """A program's way in: it acts as its owner, within its scopes, for one organisation. Only a hash is kept."""

    prefix = models.CharField("前缀", max_length=12, unique=True)
    digest = models.CharField("校验值", max_length=64)
    name = models.CharField("用途", max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="api_keys", verbose_name="单位"
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="api_keys", verbose_name="以谁的身份"
    )
    scopes = ArrayField(models.CharField(max_length=60), verbose_name="范围")
    addresses = ArrayField(models.CharField(max_length=64), verbose_name="允许的地址", default=list)
    expires_on = models.DateField("有效期至")
    created_by = models.CharField("签发人", max_length=32)
    created_at = models.DateTimeField("签发时间", db_default=Now())
    last_used_at = models.DateTimeField("最近使用", null=True)
    last_address = models.CharField("最近地址", max_length=64, blank=True)
    revoked_at = models.DateTimeField("吊销时间", null=True)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(name="api_key_has_scope", condition=~Q(scopes=[])),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.prefix}"


class ApiRequest(models.Model):
    """A request that created something under an idempotency key, and what was answered: sent again, it gets the same answer.

    ``digest`` is the SHA-256 of address and body: the same key for another request is refused.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("幂等键", max_length=100)
    digest = models.CharField("校验值", max_length=64)
    status = models.PositiveSmallIntegerField("答复状态")
    answer = models.JSONField("答复")
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(name="api_request_age", fields=["at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="api_request_once", fields=["user", "key"]),
            models.CheckConstraint(name="api_request_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class PastPassword(models.Model):
    """The hash of a password that a user had, so that it isn't taken again at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user.username} {self.set_at:%Y-%m-%d}"


class Installation(models.Model):
    """What this database holds: the demo year or real data. One row at most, written by the first load."""

    class Mode(models.TextChoices):
        """Demo and real data never share a database."""

        DEMO = "demo", "演示"
        REAL = "real", "正式"

    id = models.SmallIntegerField(primary_key=True, default=1)
    mode = models.CharField("运行方式", max_length=4, choices=Mode.choices)
    created_at = models.DateTimeField("建立时间", db_default=Now())

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="installation_only_one", condition=Q(id=1)),
            models.CheckConstraint(name="installation_mode_known", condition=Q(mode__in=["demo", "real"])),
        ]

    def __str__(self) -> str:
        return self.get_mode_display()
