"""Pages of the identity room: login, own account, user administration."""
