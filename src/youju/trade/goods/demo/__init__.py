"""The demo's tariff and goods, made from small authored tables by a seed; see docs/how-to/demo.md."""
