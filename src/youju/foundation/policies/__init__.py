"""The law as data: dated YAML under ``policies/``, checked, compiled once, resolved for a day.

``law_on(date)`` gives rules their law; ``policy_hash()`` is what a decision stores; ``load()`` and
``sources()`` serve the reference pages. A fault in a file is one Chinese ``InputError`` that names file
and key."""

from __future__ import annotations

from youju.foundation.policies.compiling import typed
from youju.foundation.policies.entries import Article, DatedValue, Policy, PolicySet, Source
from youju.foundation.policies.reading import parse_one, written
from youju.foundation.policies.resolving import law_on, load, policies_from, policy_hash, sources

__all__ = [
    "Article",
    "DatedValue",
    "Policy",
    "PolicySet",
    "Source",
    "law_on",
    "load",
    "parse_one",
    "policies_from",
    "policy_hash",
    "sources",
    "typed",
    "written",
]
