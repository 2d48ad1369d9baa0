"""Satisfaction surveys: questions, the flow, scores and intervals, small groups, what is checked."""
