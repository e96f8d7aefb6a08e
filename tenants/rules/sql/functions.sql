-- Units (hundredths of a point) from points, rounded once, by the program's mode. PostgreSQL's own round() is half-up.
CREATE FUNCTION rules_units(p_points numeric, p_mode text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_mode = 'half_even' AND abs(p_points * 100 - trunc(p_points * 100)) = 0.5
      THEN 2 * round(p_points * 100 / 2)
    ELSE round(p_points * 100)
  END::bigint
$$;

CREATE FUNCTION rules_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.spec, NEW.rule_id, NEW.number, NEW.valid_from)
      IS DISTINCT FROM (OLD.spec, OLD.rule_id, OLD.number, OLD.valid_from) THEN
    RAISE EXCEPTION 'a published rule version is never edited' USING ERRCODE = 'KL001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER rules_version_no_edit BEFORE UPDATE ON rules_ruleversion
  FOR EACH ROW EXECUTE FUNCTION rules_version_frozen();
