-- What time and staff do to points: maturing, expiring, adjusting by hand. Rules of commands.sql hold here too.

-- Make pending points available whose day has come: one posting per lot, with the source of its award. Debts are repaid.
-- Gives how many units matured. Takes the bulk lane's lock; again changes nothing.
CREATE OR REPLACE FUNCTION ledger_mature(p_as_of timestamptz, p_handlers text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v_units bigint; v_owners jsonb; debtor record;
BEGIN
  PERFORM ledger_bulk_lock();
  PERFORM 1 FROM ledger_account a WHERE a.role = 'available' AND (a.owner_kind, a.owner_id) IN (
      SELECT l.owner_kind, l.owner_id FROM ledger_lotbalance b JOIN ledger_lot l ON l.id = b.lot_id
      JOIN ledger_account p ON p.id = b.account_id AND p.role = 'pending' WHERE l.matures_at <= p_as_of)
    ORDER BY a.id FOR UPDATE;
  WITH due AS (
    SELECT b.account_id AS from_id, a.id AS to_id, b.lot_id, b.remaining, b.expires_at, l.matures_at, l.owner_kind, l.owner_id,
      o.source_kind, o.source_id
    FROM ledger_lotbalance b JOIN ledger_account p ON p.id = b.account_id AND p.role = 'pending'
    JOIN ledger_lot l ON l.id = b.lot_id AND l.matures_at <= p_as_of
    JOIN ledger_posting o ON o.id = l.posting_id
    JOIN ledger_account a ON a.owner_kind = l.owner_kind AND a.owner_id = l.owner_id AND a.role = 'available'
  ), posted AS (
    INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)
    SELECT 'mature', 'mature:' || lot_id, ledger_hash(lot_id::text, remaining::text), matures_at, source_kind, source_id FROM due
    RETURNING id, idempotency_key
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT p.id, d.from_id, d.to_id, d.remaining, d.lot_id FROM due d JOIN posted p ON p.idempotency_key = 'mature:' || d.lot_id
  ), emptied AS (
    DELETE FROM ledger_lotbalance b USING due d WHERE b.account_id = d.from_id AND b.lot_id = d.lot_id
  ), filled AS (
    INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at)
    SELECT to_id, lot_id, remaining, expires_at FROM due
  ), changed AS (
    UPDATE ledger_account a SET balance = a.balance + s.units
    FROM (SELECT account_id, sum(units)::bigint AS units FROM (
        SELECT from_id AS account_id, -remaining AS units FROM due UNION ALL SELECT to_id, remaining FROM due) both_sides
      GROUP BY account_id) s
    WHERE a.id = s.account_id
  )
  SELECT sum(units), jsonb_object_agg(kind, ids) INTO v_units, v_owners FROM (
    SELECT owner_kind || 's' AS kind, sum(remaining) AS units, jsonb_agg(DISTINCT owner_id) AS ids FROM due GROUP BY 1) kinds;
  IF v_units IS NULL THEN RETURN 0; END IF;
  FOR debtor IN
    SELECT d.owner_kind, d.owner_id FROM ledger_account d
    WHERE d.role = 'debt' AND d.balance < 0 AND coalesce(v_owners -> (d.owner_kind || 's'), '[]') ? d.owner_id::text
    ORDER BY 1, 2
  LOOP
    PERFORM ledger_repay(debtor.owner_kind, debtor.owner_id, 'repay:mature:' || debtor.owner_id || ':' || p_as_of, p_as_of, 'maturity',
      debtor.owner_id::text);
  END LOOP;
  PERFORM outbox_emit('ledger.changed', v_owners, p_handlers);
  RETURN v_units;
END
$$;

-- Let available and pending points end whose day has come: one posting a day for all owners. Gives how many units expired.
-- Takes the bulk lane's lock; again on the same day changes nothing.
CREATE OR REPLACE FUNCTION ledger_expire(p_as_of timestamptz, p_key text, p_handlers text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE v_posting uuid; v_expired bigint; v_units bigint; v_owners jsonb;
BEGIN
  PERFORM ledger_bulk_lock();
  -- a spend that holds its owner's lock is waited for: what it took is gone from the lots when they are read below
  PERFORM 1 FROM ledger_account a WHERE a.role = 'available' AND (a.owner_kind, a.owner_id) IN (
      SELECT o.owner_kind, o.owner_id FROM ledger_lotbalance b JOIN ledger_account o ON o.id = b.account_id
      WHERE b.expires_at <= p_as_of)
    ORDER BY a.id FOR UPDATE;
  IF NOT EXISTS (SELECT 1 FROM ledger_lotbalance WHERE expires_at <= p_as_of) THEN RETURN 0; END IF;
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id)
  VALUES ('expire', p_key, ledger_hash(p_as_of::text), p_as_of, 'expiry', p_key)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN 0; END IF;
  v_expired := ledger_program('expired');
  WITH due AS (
    DELETE FROM ledger_lotbalance b USING ledger_account a
    WHERE a.id = b.account_id AND b.expires_at <= p_as_of
    RETURNING b.account_id, b.lot_id, b.remaining, a.owner_kind, a.owner_id
  ), moved AS (
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    SELECT v_posting, account_id, v_expired, remaining, lot_id FROM due ORDER BY account_id, lot_id
  ), lowered AS (
    UPDATE ledger_account a SET balance = a.balance - s.units
    FROM (SELECT account_id, sum(remaining)::bigint AS units FROM due GROUP BY account_id) s WHERE a.id = s.account_id
  )
  SELECT sum(units), jsonb_object_agg(kind, ids) INTO v_units, v_owners FROM (
    SELECT owner_kind || 's' AS kind, sum(remaining) AS units, jsonb_agg(DISTINCT owner_id) AS ids FROM due GROUP BY 1) kinds;
  PERFORM outbox_emit('ledger.changed', v_owners, p_handlers);
  RETURN v_units;
END
$$;

-- Give or take points by hand. What is taken must be there.
CREATE OR REPLACE FUNCTION ledger_adjust(
  p_owner_kind text, p_owner uuid, p_units bigint, p_expires timestamptz, p_key text, p_occurred timestamptz, p_source text,
  p_actor uuid, p_handlers text[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := ledger_hash(p_owner_kind, p_owner::text, p_units::text, p_source);
  v_posting uuid; v_available bigint; v_program bigint; v_lot bigint;
BEGIN
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor)
  VALUES ('adjust', p_key, v_hash, p_occurred, 'adjustment', p_source, p_actor)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN ledger_known(p_key, v_hash); END IF;
  PERFORM ledger_open(p_owner_kind, p_owner);
  UPDATE ledger_account SET balance = balance + p_units
    WHERE owner_kind = p_owner_kind AND owner_id = p_owner AND role = 'available' AND balance + p_units >= 0
    RETURNING id INTO v_available;
  IF v_available IS NULL THEN RAISE EXCEPTION 'not enough points' USING ERRCODE = 'KL402'; END IF;
  v_program := ledger_program('adjustment');
  IF p_units > 0 THEN
    INSERT INTO ledger_lot (posting_id, owner_kind, owner_id, amount, expires_at)
    VALUES (v_posting, p_owner_kind, p_owner, p_units, p_expires) RETURNING id INTO v_lot;
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (v_posting, v_program, v_available, p_units, v_lot);
    INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at) VALUES (v_available, v_lot, p_units, p_expires);
    PERFORM ledger_repay(p_owner_kind, p_owner, 'repay:' || p_key, p_occurred, 'adjustment', p_source);
  ELSE
    PERFORM ledger_take(v_posting, v_available, v_program, -p_units, NULL);
  END IF;
  PERFORM outbox_emit('ledger.changed', jsonb_build_object(p_owner_kind || 's', jsonb_build_array(p_owner)), p_handlers);
  RETURN v_posting;
END
$$;
