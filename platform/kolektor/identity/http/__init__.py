"""Sign-in and account on the `id.` host, and the relying-party endpoints of every other host."""
