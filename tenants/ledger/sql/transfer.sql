-- Points from one owner to another, by way of `clearing`: each part of a lot becomes a lot of the receiver that ends on the same
-- day. What the receiver owes is repaid. Rules of commands.sql hold here too.
CREATE OR REPLACE FUNCTION ledger_transfer_points(
  p_from_kind text, p_from uuid, p_to_kind text, p_to uuid, p_units bigint, p_key text, p_occurred timestamptz, p_source text,
  p_actor uuid, p_handlers text[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_hash bytea := ledger_hash(p_from_kind, p_from::text, p_to_kind, p_to::text, p_units::text, p_source);
  v_posting uuid; v_from bigint; v_to bigint; v_clearing bigint; v_left bigint := p_units; v_part bigint; v_lot bigint; given record;
BEGIN
  INSERT INTO ledger_posting (kind, idempotency_key, input_hash, occurred_at, source_kind, source_id, actor)
  VALUES ('transfer', p_key, v_hash, p_occurred, 'transfer', p_source, p_actor)
  ON CONFLICT DO NOTHING RETURNING id INTO v_posting;
  IF v_posting IS NULL THEN RETURN ledger_known(p_key, v_hash); END IF;
  PERFORM ledger_open(p_to_kind, p_to);
  v_clearing := ledger_program('clearing');
  PERFORM 1 FROM ledger_account a
    WHERE a.role = 'available' AND (a.owner_kind, a.owner_id) IN ((p_from_kind, p_from), (p_to_kind, p_to))
    ORDER BY a.id FOR UPDATE;
  UPDATE ledger_account SET balance = balance - p_units
    WHERE owner_kind = p_from_kind AND owner_id = p_from AND role = 'available' AND balance >= p_units RETURNING id INTO v_from;
  IF v_from IS NULL THEN RAISE EXCEPTION 'not enough points' USING ERRCODE = 'KL402'; END IF;
  UPDATE ledger_account SET balance = balance + p_units
    WHERE owner_kind = p_to_kind AND owner_id = p_to AND role = 'available' RETURNING id INTO v_to;
  FOR given IN
    SELECT lot_id, remaining, expires_at FROM ledger_lotbalance WHERE account_id = v_from ORDER BY expires_at, lot_id
  LOOP
    v_part := least(given.remaining, v_left);
    IF v_part < given.remaining THEN
      UPDATE ledger_lotbalance SET remaining = remaining - v_part WHERE account_id = v_from AND lot_id = given.lot_id;
    ELSE
      DELETE FROM ledger_lotbalance WHERE account_id = v_from AND lot_id = given.lot_id;
    END IF;
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (v_posting, v_from, v_clearing, v_part, given.lot_id);
    INSERT INTO ledger_lot (posting_id, owner_kind, owner_id, amount, expires_at)
    VALUES (v_posting, p_to_kind, p_to, v_part, given.expires_at) RETURNING id INTO v_lot;
    INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, amount, lot_id)
    VALUES (v_posting, v_clearing, v_to, v_part, v_lot);
    INSERT INTO ledger_lotbalance (account_id, lot_id, remaining, expires_at) VALUES (v_to, v_lot, v_part, given.expires_at);
    v_left := v_left - v_part;
    EXIT WHEN v_left = 0;
  END LOOP;
  IF v_left > 0 THEN
    RAISE EXCEPTION 'the lots of account % do not cover its balance', v_from USING ERRCODE = 'KL500';
  END IF;
  PERFORM ledger_repay(p_to_kind, p_to, 'repay:' || p_key, p_occurred, 'transfer', p_source);
  PERFORM outbox_emit('ledger.changed', (
    SELECT jsonb_object_agg(kind, ids) FROM (
      SELECT k || 's' AS kind, jsonb_agg(o) AS ids
      FROM (VALUES (p_from_kind, p_from), (p_to_kind, p_to)) AS x(k, o) GROUP BY k) kinds), p_handlers);
  RETURN v_posting;
END
$$;
