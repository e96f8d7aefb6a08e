"""Bundled PostgreSQL, Valkey and Node for a machine that has no servers.

`postgres` and `valkey` each offer `ensure(home)`, `stop(home)` and a pure function that tells where the
server will listen. Everything lives below one folder, `home.state_home()`. Where `DATABASE_URL` and
`BROKER_URL` are set, nothing here is used. Imports nothing of ours and no Django; servers are reached by unix
sockets only.
"""

from kolektor.embedded.home import EmbeddedError, state_home

__all__ = ["EmbeddedError", "state_home"]
