"""Scratch models for the benchmarks' peers: the same small table under each way of keeping a history."""
