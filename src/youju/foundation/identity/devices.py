"""What a browser says of itself, in a few Chinese words; roughly, for people to know their own again."""

from __future__ import annotations

_SYSTEMS = (
    ("harmonyos", "鸿蒙"),
    ("android", "安卓"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
)
_BROWSERS = (
    ("micromessenger", "微信"),
    ("dingtalk", "钉钉"),
    ("edg/", "Edge"),
    ("firefox", "Firefox"),
    ("360se", "360 浏览器"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)


def device_of(agent: str) -> str:
    """``User-Agent`` → ``Windows 上的 Edge``; ``其他设备`` for what is not known."""
    low = agent.casefold()
    system = next((name for sign, name in _SYSTEMS if sign in low), "")
    browser = next((name for sign, name in _BROWSERS if sign in low), "")
    if system and browser:
        return f"{system} 上的 {browser}"
    return system or browser or "其他设备"
