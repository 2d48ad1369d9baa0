"""The portal: pages that combine rooms. Home, search, the reference of rules and policies, the style page."""
