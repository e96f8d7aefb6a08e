-- The first of: tax number, customer code, e-mail, phone (its digits). NULL when the document has none of them: a name is nobody's alone.
CREATE OR REPLACE FUNCTION sales_buyer_key(p_nip text, p_code text, p_email text, p_phone text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_nip <> '' THEN 'nip:' || p_nip WHEN p_code <> '' THEN 'code:' || p_code
    WHEN p_email <> '' THEN 'email:' || lower(p_email) WHEN p_phone <> '' THEN 'phone:' || members_phone(p_phone) END
$$;
