"""The OpenID Connect provider's own parts: clients of wholesalers, consents, token families, subjects, back-channel logout."""
