"""Durable work: an event and one delivery per handler, written with the change that causes them."""
