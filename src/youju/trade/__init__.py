"""The trade: parties, goods, orders and what follows from them."""
