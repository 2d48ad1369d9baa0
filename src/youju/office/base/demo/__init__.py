"""The demo's base: policy documents, patents, brands, standards, platform projects."""
