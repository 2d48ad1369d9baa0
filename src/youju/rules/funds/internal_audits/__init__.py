"""Internal supervision: the lives of plan and finding, what is checked, and the sampler."""
