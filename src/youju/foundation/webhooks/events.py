"""The deeds of this room. Pausing, resuming, stopping and removing are steps of the workflow, which has their verbs."""

from youju.foundation.audit.verbs import verb
from youju.rules.webhooks.lifecycle import ENDPOINT_KIND

KIND = ENDPOINT_KIND
REGISTERED = verb("webhooks.endpoint.registered", "登记了接收地址")
CHANGED = verb("webhooks.endpoint.changed", "修改了接收地址")
ROTATED = verb("webhooks.endpoint.rotated", "更换了签名密钥，接收地址")
TESTED = verb("webhooks.endpoint.tested", "发送了测试通知，接收地址")
REDELIVERED = verb("webhooks.endpoint.redelivered", "重发了通知，接收地址")

FIELDS = {
    "organisation": "单位",
    "name": "用途",
    "url": "接收地址",
    "types": "通知的事项",
    "earlier_until": "旧密钥有效至",
    "event": "事件编号",
    "type": "事项",
    "number": "单号",
    "state": "状态",
}
