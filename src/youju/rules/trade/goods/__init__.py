"""Recognition of goods (商品认定)."""
