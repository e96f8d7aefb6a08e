-- One full posting as a checkout makes it: posting, transfer of a lot, balances of two accounts and two lots, and the
-- outbox event with two deliveries. `ledger_hold` is the function that `tenants.ledger.services.hold` calls.
\set owner random(1, :accounts)
\set key random(1, 9000000000000000000)
BEGIN;
SELECT ledger_hold('member', ('00000000-0000-4000-8000-' || lpad(:owner::text, 12, '0'))::uuid, 100, 'bench:' || :key::text, now(), 'order', :key::text, NULL);
WITH event AS (
  INSERT INTO kernel_outboxevent (name, payload)
  VALUES ('ledger.changed', jsonb_build_object('members', jsonb_build_array(:owner::text))) RETURNING id
)
INSERT INTO kernel_outboxdelivery (event_id, handler) SELECT id, handler FROM event, (VALUES ('first'), ('second')) AS h(handler);
COMMIT;
