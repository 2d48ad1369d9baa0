"""The opinion on an audit of targets on paper."""
