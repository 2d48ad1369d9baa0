"""The deeds of this room."""

from youju.foundation.audit.verbs import verb

USER_CREATED = verb("identity.user.created", "建立了账号")
USER_CHANGED = verb("identity.user.changed", "修改了账号")
USER_UNLOCKED = verb("identity.user.unlocked", "解锁了账号")
PASSWORD_RESET = verb("identity.user.password_reset", "重置了密码，账号")
PASSWORD_CHANGED = verb("identity.user.password_changed", "修改了自己的密码，账号")
LOGGED_IN = verb("identity.session.began", "登录了，账号")
LOGIN_FAILED = verb("identity.session.refused", "登录失败，账号")
LOGGED_OUT = verb("identity.session.ended", "退出了登录，账号")
SESSIONS_ENDED = verb("identity.session.ended_all", "结束了登录，账号")
FACTOR_SET = verb("identity.factor.set", "启用了两步验证，账号")
FACTOR_REMOVED = verb("identity.factor.removed", "停用了两步验证，账号")
FACTOR_RESET = verb("identity.factor.reset", "重置了两步验证，账号")
CODES_RENEWED = verb("identity.factor.codes_renewed", "更换了备用码，账号")
CODE_USED = verb("identity.factor.code_used", "用备用码登录了，账号")
ORGANISATION_SAVED = verb("identity.organisation.saved", "保存了单位")
ORGANISATION_REMOVED = verb("identity.organisation.removed", "删除了单位")
KEY_CREATED = verb("identity.api_key.created", "签发了接口密钥")
KEY_REVOKED = verb("identity.api_key.revoked", "吊销了接口密钥")
LIST_EXPORTED = verb("identity.user.list_exported", "导出了", reads=True)
FIELDS_RESEALED = verb("identity.installation.resealed", "更换了加密密钥，")
