"""The demo's parties: invented people, stalls and agreements, made from small authored tables by a seed.

``making`` and ``agreements`` are pure and stream; ``loading`` writes. The same plan gives the same rows; see docs/how-to/demo.md.
"""
