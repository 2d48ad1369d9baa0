"""Goods and their recognition (商品认定)."""
