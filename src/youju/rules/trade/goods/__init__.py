"""Recognition of goods (商品认定): facts, checks with ids, one decision, its codec for replay."""
