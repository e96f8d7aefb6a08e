"""What every app stands on: points, errors, clock, tenant context, outbox, vault, transport. Imports nothing of ours."""
