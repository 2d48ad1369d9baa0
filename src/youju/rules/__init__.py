"""Pure decisions over frozen facts: no framework, no clock, no input or output.

The folders mirror ``policies/``: ``policies/performance/targets/x.yaml`` holds the values that
``youju.rules.performance.targets`` decides with, and ``tests/rules/performance/targets`` proves it.
"""
