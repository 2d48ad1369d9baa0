"""The rules asked before something is done: at the registration of an order, on a plan."""
