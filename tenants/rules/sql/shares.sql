-- How the points of a firm's purchases are parted among its fitters, by the split that the document keeps.
--
-- What is given: each fitter's share, rounded down; the rest is the buyer's. What is taken back: from everybody in proportion
-- to what they hold of that award, so that a full return leaves exactly nothing with anybody and nobody is asked for more than
-- they got. What rounding leaves is taken from the buyer first.

-- Part the award lines after `p_after`. Needs the bulk lane's lock.
CREATE OR REPLACE FUNCTION rules_share(p_after bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE changed record; v_total bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM members_firmsplit) THEN RETURN; END IF;
  INSERT INTO rules_awardshare (award_line_id, member_id, units)
  SELECT a.id, p.member_id, a.units * p.basis_points / 10000
  FROM rules_awardline a JOIN sales_salesdocument d ON d.id = a.document_id
  JOIN members_firmshare p ON p.split_id = d.split_id
  WHERE a.id > p_after AND a.adjusts_id IS NULL AND a.units * p.basis_points >= 10000
  ORDER BY a.id, p.member_id;
  FOR changed IN
    SELECT a.id, a.adjusts_id AS first_id, a.units, d.split_id
    FROM rules_awardline a JOIN rules_awardline f ON f.id = a.adjusts_id JOIN sales_salesdocument d ON d.id = f.document_id
    WHERE a.id > p_after AND d.split_id IS NOT NULL ORDER BY a.id
  LOOP
    IF changed.units > 0 THEN
      INSERT INTO rules_awardshare (award_line_id, member_id, units)
      SELECT changed.id, p.member_id, changed.units * p.basis_points / 10000
      FROM members_firmshare p WHERE p.split_id = changed.split_id AND changed.units * p.basis_points >= 10000;
    ELSE
      SELECT sum(units) INTO v_total FROM rules_awardline
        WHERE (id = changed.first_id OR adjusts_id = changed.first_id) AND id < changed.id;
      INSERT INTO rules_awardshare (award_line_id, member_id, units)
      WITH held AS (
        SELECT s.member_id, sum(s.units)::bigint AS units FROM rules_awardshare s JOIN rules_awardline a ON a.id = s.award_line_id
        WHERE (a.id = changed.first_id OR a.adjusts_id = changed.first_id) AND a.id < changed.id GROUP BY 1
      ), everybody AS (
        SELECT member_id, units FROM held UNION ALL SELECT NULL, v_total - coalesce((SELECT sum(units) FROM held), 0)::bigint
      ), exact AS (
        SELECT member_id, div(-changed.units::numeric * units, v_total) AS whole, mod(-changed.units::numeric * units, v_total) AS left_over
        FROM everybody WHERE v_total > 0
      ), ranked AS (
        SELECT *, row_number() OVER (ORDER BY left_over = 0, member_id IS NOT NULL, member_id) AS nth FROM exact
      ), parts AS (
        SELECT member_id, (whole + CASE WHEN nth <= -changed.units - (SELECT sum(whole) FROM exact) THEN 1 ELSE 0 END)::bigint AS units
        FROM ranked
      )
      SELECT changed.id, member_id, -units FROM parts WHERE member_id IS NOT NULL AND units > 0;
    END IF;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION rules_part_key(p_key text, p_member uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT p_key || ':s:' || p_member
$$;

-- What each of the award lines after `p_after` gives to whom, under which posting key: the buyer what no part names. A fitter's
-- posting has a key of its own.
CREATE OR REPLACE FUNCTION rules_given(p_after bigint) RETURNS TABLE (
  id bigint, document_id uuid, version_id uuid, adjusts_id bigint, member_id uuid, part boolean, units bigint, posting_key text
) LANGUAGE sql STABLE AS $$
  SELECT a.id, a.document_id, a.version_id, a.adjusts_id, a.member_id, false, (a.units - coalesce(s.units, 0))::bigint, a.posting_key
  FROM rules_awardline a LEFT JOIN (
    SELECT award_line_id, sum(units) AS units FROM rules_awardshare WHERE award_line_id > p_after GROUP BY 1
  ) s ON s.award_line_id = a.id
  WHERE a.id > p_after AND a.units <> coalesce(s.units, 0)
  UNION ALL
  SELECT a.id, a.document_id, a.version_id, a.adjusts_id, s.member_id, true, s.units, rules_part_key(a.posting_key, s.member_id)
  FROM rules_awardshare s JOIN rules_awardline a ON a.id = s.award_line_id WHERE s.award_line_id > p_after
$$;

-- The posting key under which somebody first got points of an award: what is taken back is taken from there first.
CREATE OR REPLACE FUNCTION rules_first_key(p_award bigint, p_member uuid, p_part boolean) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_part THEN rules_part_key(g.posting_key, p_member) ELSE g.posting_key END FROM rules_awardline g
  WHERE (g.id = p_award OR g.adjusts_id = p_award) AND g.units > 0 AND CASE WHEN p_part
    THEN EXISTS (SELECT 1 FROM rules_awardshare s WHERE s.award_line_id = g.id AND s.member_id = p_member)
    ELSE g.units > coalesce((SELECT sum(s.units) FROM rules_awardshare s WHERE s.award_line_id = g.id), 0) END
  ORDER BY g.id LIMIT 1
$$;
