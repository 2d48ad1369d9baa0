"""The identity room: who may come in, and what each role may do."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the room under the label that ``AUTH_USER_MODEL`` names."""

    name = "youju.foundation.identity"
    label = "identity"
    verbose_name = "身份与权限"

    def ready(self) -> None:
        """Name the kinds of the trail."""
        from django.urls import NoReverseMatch, reverse

        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.identity import events  # noqa: F401 - its verbs are declared by the import

        def page(name: str):  # type: ignore[no-untyped-def]
            def url(key: str) -> str | None:
                try:
                    return reverse(name, args=[int(key)])
                except (NoReverseMatch, ValueError):
                    return None

            return url

        register_kind("identity.user", "账号", url=page("identity:user-edit"), fields=_USER)
        register_kind(
            "identity.organisation", "单位", url=page("identity:organisation-edit"), fields=_ORGANISATION
        )
        register_kind("identity.api_key", "接口密钥", url=page("identity:api-key"), fields=_KEY)
        register_kind("identity.installation", "系统", fields={"fields": "字段数"})


_USER = {
    "username": "用户名",
    "display_name": "姓名",
    "organisation": "单位",
    "roles": "角色",
    "sections": "所在科室",
    "is_active": "可以登录",
    "must_change_password": "须改初始密码",
    "failures": "登录失败次数",
    "device": "设备",
    "address": "地址",
    "sessions": "登录数",
    "left": "剩余备用码",
    "is_service": "服务账号",
    "until": "锁定到",
    "fields": "内容",
}
_ORGANISATION = {"code": "简码", "name": "名称", "kind": "类别", "credit_code": "统一社会信用代码"}
_KEY = {
    "owner": "以谁的身份",
    "organisation": "单位",
    "scopes": "范围",
    "addresses": "允许的地址",
    "expires_on": "有效期至",
    "revoked_at": "吊销时间",
}
