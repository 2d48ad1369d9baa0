"""The duplicate proof (重复申报核查) of subsidy claims: normalise, compare, weigh, say why. Pure.

``Preparer.traits`` makes a claim ready, ``keys`` names where others like it are looked for, ``Judge.judge`` says of a pair
whether people should look at it and why.
"""
