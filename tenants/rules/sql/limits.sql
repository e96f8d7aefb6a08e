-- Caps and budgets. Lines are limited in the order in which they were awarded; a cap counts what the cap before it let
-- through, and the budget counts what all caps let through.
--
-- A cap belongs to its owner: when a correction takes a line's points back, the owner's other lines of the period get what
-- the cap had kept from them. A budget belongs to everybody: what is taken back returns to it, for the awards that follow.

-- First day of the period that a cap counts a sale in.
CREATE OR REPLACE FUNCTION rules_period(p_per text, p_day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_per WHEN 'day' THEN p_day WHEN 'ever' THEN DATE '0001-01-01' ELSE date_trunc(p_per, p_day::timestamp)::date END
$$;

-- Decide the limited awards of a version anew after `p_awards` ask for `p_wants`; write what changed as adjustments of
-- `p_document`. `p_shown` holds, by award, the receipt's inputs. Needs the bulk lane's lock.
CREATE OR REPLACE FUNCTION rules_recap(
  p_version uuid, p_document uuid, p_line bigint, p_awards bigint[], p_wants bigint[], p_template text, p_shown jsonb, p_run text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_spec jsonb; v_caps jsonb; v_budget bigint; v_days int; v_family bigint[]; v_last int; v_freed bigint; v_room bigint;
BEGIN
  SELECT spec, coalesce(spec -> 'caps', '[]'), (spec ->> 'budget')::numeric * 100,
    coalesce((spec ->> 'matures_after_days')::int, 0)
    INTO v_spec, v_caps, v_budget, v_days FROM rules_ruleversion WHERE id = p_version;
  v_last := jsonb_array_length(v_caps);
  UPDATE rules_cappedline c SET wanted = w.units
    FROM unnest(p_awards, p_wants) AS w(id, units) WHERE c.award_id = w.id;
  v_family := p_awards;
  IF v_last > 0 THEN  -- all lines of all owners that share a cap with them
    v_family := ARRAY(
      WITH RECURSIVE family AS (
        SELECT c.award_id, c.member_id, c.firm_key FROM rules_cappedline c WHERE c.award_id = ANY(p_awards)
        UNION
        SELECT c.award_id, c.member_id, c.firm_key FROM family f
        JOIN rules_cappedline c ON c.version_id = p_version AND (c.member_id = f.member_id OR c.firm_key = f.firm_key)
      ) SELECT award_id FROM family);
  END IF;
  FOR v_stage IN 1 .. v_last LOOP
    UPDATE rules_cappedline c SET passed[v_stage] = n.units FROM (
      SELECT award_id, greatest(0, least(asked, v_limit - (sum(asked) OVER (PARTITION BY owner, period ORDER BY award_id) - asked)))
        AS units
      FROM (
        SELECT l.award_id, CASE v_stage WHEN 1 THEN l.wanted ELSE l.passed[v_stage - 1] END AS asked,
          CASE v_caps -> (v_stage - 1) ->> 'for' WHEN 'member' THEN l.member_id ELSE l.firm_key END AS owner,
          rules_period(v_caps -> (v_stage - 1) ->> 'per', l.sale_date) AS period,
          (v_caps -> (v_stage - 1) ->> 'points')::numeric * 100 AS v_limit
        FROM rules_cappedline l WHERE l.award_id = ANY(v_family)) lines
    ) n WHERE c.award_id = n.award_id AND c.passed[v_stage] IS DISTINCT FROM n.units;
    UPDATE rules_capusage u SET units = s.units FROM (
      SELECT CASE v_caps -> (v_stage - 1) ->> 'for' WHEN 'member' THEN l.member_id ELSE l.firm_key END AS owner_id,
        rules_period(v_caps -> (v_stage - 1) ->> 'per', l.sale_date) AS period, sum(l.passed[v_stage]) AS units
      FROM rules_cappedline l WHERE l.award_id = ANY(v_family) GROUP BY 1, 2
    ) s WHERE u.version_id = p_version AND u.cap = v_stage AND u.owner_id = s.owner_id AND u.period = s.period;
  END LOOP;
  IF v_budget IS NOT NULL THEN
    SELECT v_budget - u.units INTO v_room FROM rules_capusage u WHERE u.version_id = p_version AND u.cap = 0;
    SELECT coalesce(sum(greatest(0, granted - CASE v_last WHEN 0 THEN wanted ELSE passed[v_last] END)), 0) INTO v_freed
      FROM rules_cappedline WHERE award_id = ANY(v_family);
    v_room := v_room + v_freed;
  END IF;
  WITH reached AS (
    SELECT award_id, member_id, granted, reached, CASE v_last WHEN 0 THEN wanted ELSE passed[v_last] END AS now_reached
    FROM rules_cappedline WHERE award_id = ANY(v_family)
  ), asking AS (
    SELECT r.*, least(granted, now_reached) AS kept,
      CASE WHEN v_budget IS NULL THEN now_reached - least(granted, now_reached) ELSE greatest(0, now_reached - r.reached) END AS more
    FROM reached r
  ), decided AS (
    SELECT a.award_id, a.member_id, a.granted, a.now_reached,
      a.kept + CASE WHEN v_budget IS NULL THEN a.more
        ELSE greatest(0, least(a.more, v_room - (sum(a.more) OVER (ORDER BY a.award_id) - a.more))) END AS grants
    FROM asking a
  ), kept AS (
    UPDATE rules_cappedline c SET granted = d.grants, reached = d.now_reached FROM decided d
    WHERE c.award_id = d.award_id AND (c.granted, c.reached) IS DISTINCT FROM (d.grants, d.now_reached)
  ), spent AS (
    UPDATE rules_capusage u SET units = u.units + s.units FROM (SELECT sum(grants - granted) AS units FROM decided) s
    WHERE v_budget IS NOT NULL AND u.version_id = p_version AND u.cap = 0
  )
  INSERT INTO rules_awardline (document_id, line_id, version_id, adjusts_id, member_id, units, template, inputs, posting_key)
  SELECT p_document, p_line, p_version, d.award_id, d.member_id, d.grants - d.granted,
    CASE WHEN p_shown ? d.award_id::text THEN p_template ELSE 'freed.1' END,
    coalesce(p_shown -> d.award_id::text, '{}'),
    rules_posting_key(p_document, doc.member_id, d.member_id, v_days, p_run)
  FROM decided d JOIN sales_salesdocument doc ON doc.id = p_document
  WHERE d.grants <> d.granted ORDER BY d.award_id;
END
$$;
