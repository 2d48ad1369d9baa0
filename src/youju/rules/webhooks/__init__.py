"""What the house decides about webhooks without a table: how an endpoint lives."""
