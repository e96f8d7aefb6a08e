"""The set-based steps of committing staged documents. `%(batch)s` is the batch, `%(seqs)s` the documents of one chunk."""

from __future__ import annotations

from typing import Final

CORRECTION_KINDS: Final = ("correction", "advance_correction", "settlement_correction")
# an advance is an order and not a delivery: its goods come with the settlement invoice
AWARDED_KINDS: Final = ("invoice", "receipt", "settlement")

_CHUNK = "d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s) AND d.state = 'new'"

NEXT_CHUNK: Final = """
SELECT seq FROM sales_stageddocument d WHERE batch_id = %(batch)s AND state = 'new'
ORDER BY (kind LIKE '%%correction'), issue_date, seq LIMIT %(limit)s
"""

WRONG_SELLER: Final = f"""
UPDATE sales_stageddocument d SET state = 'rejected', code = 'SELLER_MISMATCH'
WHERE {_CHUNK} AND NOT %(any_seller)s AND d.seller_nip IS NOT NULL AND d.seller_nip <> %(nip)s
"""

# a foreign currency needs a rate on the document or on every line that has a value
WRONG_CURRENCY: Final = f"""
UPDATE sales_stageddocument d SET state = 'rejected', code = 'UNKNOWN_CURRENCY'
WHERE {_CHUNK} AND d.currency <> %(currency)s AND (NOT d.currency = ANY(%(known)s) OR (d.rate IS NULL AND EXISTS (
  SELECT 1 FROM sales_stagedline l WHERE l.batch_id = d.batch_id AND l.seq = d.seq
  AND l.net IS NOT NULL AND l.rate IS NULL)))
"""

SAME_NUMBER: Final = f"""
WITH numbered AS (
  SELECT d.seq, d.content_hash,
    first_value(d.content_hash) OVER same AS first_hash, row_number() OVER same AS nth,
    k.content_hash AS known_hash
  FROM sales_stageddocument d
  LEFT JOIN sales_salesdocument k ON k.seller_nip = coalesce(d.seller_nip, '') AND k.number = d.number
    AND k.reverted_at IS NULL
  WHERE {_CHUNK}
  WINDOW same AS (PARTITION BY coalesce(d.seller_nip, ''), d.number ORDER BY d.seq)
)
UPDATE sales_stageddocument d SET
  state = CASE WHEN d.content_hash = coalesce(n.known_hash, n.first_hash) THEN 'duplicate' ELSE 'rejected' END,
  code = CASE WHEN d.content_hash = coalesce(n.known_hash, n.first_hash) THEN '' ELSE 'NUMBER_CONFLICT' END
FROM numbered n
WHERE {_CHUNK} AND n.seq = d.seq AND (n.known_hash IS NOT NULL OR n.nth > 1)
"""

_IS_HERE = """EXISTS (
  SELECT 1 FROM sales_salesdocument o
  WHERE o.seller_nip = coalesce(d.seller_nip, '') AND o.number = {number} AND o.reverted_at IS NULL
UNION ALL
  SELECT 1 FROM sales_stageddocument o WHERE o.batch_id = d.batch_id AND o.seq = ANY(%(seqs)s) AND o.state = 'new'
  AND o.seq <> d.seq AND coalesce(o.seller_nip, '') = coalesce(d.seller_nip, '') AND o.number = {number}
  AND (NOT o.kind LIKE '%%correction' OR o.issue_date < d.issue_date
    OR (o.issue_date = d.issue_date AND o.seq < d.seq)))"""

# a correction that changes a line's value needs one of its originals, and one whose change is spread over them needs all;
# one that changes no value needs none
NO_ORIGINAL: Final = f"""
UPDATE sales_stageddocument d SET state = 'rejected',
  code = CASE WHEN cardinality(d.corrected_numbers) = 0 THEN 'CORRECTION_WITHOUT_REFERENCE'
    ELSE 'CORRECTION_BEFORE_ORIGINAL' END
WHERE {_CHUNK} AND d.kind LIKE '%%correction' AND (
  (d.valued_line_count > 0 AND NOT {_IS_HERE.format(number="ANY(d.corrected_numbers)")})
  OR ((d.change_net IS NOT NULL OR d.change_gross IS NOT NULL) AND (cardinality(d.corrected_numbers) = 0 OR EXISTS (
    SELECT 1 FROM unnest(d.corrected_numbers) AS named(number) WHERE NOT {_IS_HERE.format(number="named.number")}))))
"""

INSERT_DOCUMENTS: Final = f"""
WITH accepted AS (
  INSERT INTO sales_salesdocument (batch_id, kind, number, ksef_number, issue_date, sale_date, seller_nip, currency, rate,
    buyer_nip, buyer_code, buyer_email, buyer_phone, buyer_name, total_gross, corrected_numbers, content_hash)
  SELECT d.batch_id, d.kind, d.number, d.ksef_number, d.issue_date, d.sale_date, coalesce(d.seller_nip, ''), d.currency,
    d.rate, d.buyer_nip, d.buyer_code, d.buyer_email, d.buyer_phone, d.buyer_name, d.total_gross, d.corrected_numbers,
    d.content_hash
  FROM sales_stageddocument d WHERE {_CHUNK}
  ORDER BY (d.kind LIKE '%%correction'), d.issue_date, d.seq
  RETURNING id, seller_nip, number
)
UPDATE sales_stageddocument d SET state = 'accepted', document_id = a.id FROM accepted a
WHERE {_CHUNK} AND a.seller_nip = coalesce(d.seller_nip, '') AND a.number = d.number
"""

_ACCEPTED = "d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s) AND d.state = 'accepted'"

LINK_CORRECTIONS: Final = f"""
UPDATE sales_salesdocument c SET corrects_id = (
  SELECT o.id FROM sales_salesdocument o
  WHERE o.seller_nip = c.seller_nip AND o.number = ANY(d.corrected_numbers) AND o.id <> c.id AND o.reverted_at IS NULL
  ORDER BY array_position(d.corrected_numbers::text[], o.number::text) LIMIT 1)
FROM sales_stageddocument d
WHERE {_ACCEPTED} AND c.id = d.document_id AND d.kind LIKE '%%correction'
"""

# value = net × rate in the program's currency, in grosze; a before-state line counts negative
INSERT_LINES: Final = f"""
INSERT INTO sales_salesline (document_id, position, before, name, sku, ean, producer_code, quantity, unit, net, vat, gross,
  value, sale_date, product_id, brand_id, supplier_id, category)
SELECT d.document_id, l.position, l.before, l.name, l.sku, l.ean, l.producer_code, l.quantity, l.unit, l.net, l.vat, l.gross,
  CASE WHEN l.before THEN -1 ELSE 1 END
    * round(l.net * CASE WHEN d.currency = %(currency)s THEN 1 ELSE coalesce(l.rate, d.rate) END, 2),
  coalesce(l.sale_date, d.sale_date), p.id, p.brand_id, p.supplier_id, coalesce(p.category, '')
FROM sales_stageddocument d JOIN sales_stagedline l ON l.batch_id = d.batch_id AND l.seq = d.seq
LEFT JOIN sales_product p ON p.id = sales_match_product(l.ean, l.sku, l.producer_code, l.name)
WHERE {_ACCEPTED} ORDER BY d.seq, l.id
"""

# the line that a correction's line speaks of, in any of its originals, in what they correct, or in earlier corrections
# of the same: by position and name; else SKU; else name (a correction may number its lines anew); else position, which says
# nothing among several originals. Of lines that are alike, the one whose state it shows, or that has as much to take.
LINK_LINES: Final = f"""
WITH spoken AS (
  SELECT d.document_id, cardinality(d.corrected_numbers) AS originals, ARRAY(SELECT sales_family(d.document_id)) AS family
  FROM sales_stageddocument d
  WHERE {_ACCEPTED} AND d.kind LIKE '%%correction' AND d.change_net IS NULL AND d.change_gross IS NULL
)
UPDATE sales_salesline c SET corrects_id = (
  SELECT o.id FROM sales_salesline o WHERE o.document_id = ANY(s.family) AND o.corrects_id IS NULL AND NOT o.before
    AND ((o.position = c.position AND s.originals = 1) OR (c.sku IS NOT NULL AND o.sku = c.sku) OR o.name = c.name)
  ORDER BY (o.position = c.position AND o.name = c.name) DESC, (c.sku IS NOT NULL AND o.sku = c.sku) DESC NULLS LAST,
    (o.name = c.name) DESC, (o.position = c.position) DESC,
    coalesce(c.before AND o.net = c.net, false) DESC,
    coalesce(NOT c.before AND c.value < 0 AND o.value >= -c.value, false) DESC, o.id LIMIT 1)
FROM spoken s WHERE c.document_id = s.document_id
"""

# two states of one line speak of one line, unless each found another by its own goods
PAIR_LINES: Final = f"""
WITH pairs AS (
  SELECT b.id AS before_id, a.id AS after_id, coalesce(b.corrects_id, a.corrects_id) AS sold_id
  FROM sales_stageddocument d JOIN sales_salesline b ON b.document_id = d.document_id AND b.before
  JOIN sales_salesline a ON a.document_id = b.document_id AND a.position = b.position AND NOT a.before
  WHERE {_ACCEPTED} AND d.kind LIKE '%%correction' AND a.corrects_id IS DISTINCT FROM b.corrects_id
    AND (a.corrects_id IS NULL OR b.corrects_id IS NULL OR (a.name = b.name AND a.sku IS NOT DISTINCT FROM b.sku)
      OR NOT EXISTS (SELECT 1 FROM sales_salesline o WHERE o.id = a.corrects_id AND (o.name = a.name OR o.sku = a.sku)))
)
UPDATE sales_salesline l SET corrects_id = p.sold_id FROM pairs p WHERE l.id = p.before_id OR l.id = p.after_id
"""

# original and corrections in one chunk: a link to a correction's line leads on to the line that that one corrects
FOLLOW_LINES: Final = f"""
UPDATE sales_salesline c SET corrects_id = o.corrects_id
FROM sales_salesline o, sales_stageddocument d
WHERE {_ACCEPTED} AND c.document_id = d.document_id AND o.id = c.corrects_id AND o.corrects_id IS NOT NULL
"""

# buyer: NIP → firm → who owned it on the sale date, else who owns it now; else customer code; else e-mail; else phone; else what
# a person said of the same buyer. A correction follows its original. A member who was merged into another leads on to that one.
MATCH_BUYERS: Final = f"""
UPDATE sales_salesdocument s SET member_id = (SELECT coalesce(p.merged_into_id, p.id) FROM members_member p WHERE p.id = coalesce(
  (SELECT o.member_id FROM sales_salesdocument o WHERE o.id = s.corrects_id),
  (SELECT w.member_id FROM members_firm f JOIN members_firmmembership w ON w.firm_id = f.id AND w.role = 'owner'
    WHERE f.nip = s.buyer_nip ORDER BY (w.joined_at < (s.sale_date + 1)::timestamp AT TIME ZONE 'Europe/Warsaw'
      AND coalesce(w.left_at, 'infinity') >= (s.sale_date + 1)::timestamp AT TIME ZONE 'Europe/Warsaw') DESC,
      w.left_at IS NULL DESC, w.left_at DESC, w.id LIMIT 1),
  (SELECT m.id FROM members_member m WHERE m.customer_code = s.buyer_code),
  (SELECT m.id FROM members_member m WHERE lower(m.email) = lower(s.buyer_email) AND s.buyer_nip IS NULL
    ORDER BY m.created_at, m.id LIMIT 1),
  (SELECT m.id FROM members_member m WHERE members_phone(m.phone) = members_phone(s.buyer_phone) AND s.buyer_nip IS NULL
    ORDER BY m.created_at, m.id LIMIT 1),
  (SELECT b.member_id FROM sales_buyermatch b
    WHERE b.key = sales_buyer_key(s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone))))
FROM sales_stageddocument d WHERE {_ACCEPTED} AND s.id = d.document_id
"""

UNKNOWN_BUYERS: Final = f"""
SELECT DISTINCT ON (coalesce(s.buyer_nip, s.buyer_code, lower(s.buyer_email), s.buyer_phone))
  s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone, s.buyer_name, s.sale_date
FROM sales_salesdocument s JOIN sales_stageddocument d ON d.document_id = s.id
WHERE {_ACCEPTED} AND s.member_id IS NULL
  AND coalesce(s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM sales_buyermatch b
    WHERE b.key = sales_buyer_key(s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone))
ORDER BY coalesce(s.buyer_nip, s.buyer_code, lower(s.buyer_email), s.buyer_phone), d.seq
"""

KEEP_SPLITS: Final = f"""
SELECT sales_keep_splits(ARRAY(SELECT d.document_id FROM sales_stageddocument d WHERE {_ACCEPTED}))
"""

TAKE_RETURNS: Final = f"""
SELECT sales_take_returns(ARRAY(SELECT d.document_id FROM sales_stageddocument d WHERE {_ACCEPTED} AND d.kind = 'return'))
"""

# spread what corrections without lines change of the whole, and say so
SPREAD: Final = """
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, field, value, code, params)
SELECT d.batch_id, 'check', 'notice', d.file, d.number, 'total', said.value, said.code, jsonb_build_object(
  'change', coalesce(s.change, d.change_net, d.change_gross)::text, 'spread', s.spread::text, 'lines', s.spread_lines::text,
  'left', (s.change - s.spread)::text, 'originals', left(array_to_string(d.corrected_numbers, ', '), 400))
FROM sales_spread(%(batch)s, %(seqs)s::int[], %(currency)s) s
JOIN sales_stageddocument d ON d.batch_id = %(batch)s AND d.seq = s.of_seq
CROSS JOIN LATERAL (
  SELECT 'CORRECTION_SPREAD' AS code, s.spread::text AS value WHERE s.spread_lines > 0
  UNION ALL SELECT 'CHANGE_NOT_CONVERTED', coalesce(d.change_net, d.change_gross)::text WHERE s.change IS NULL
  UNION ALL SELECT 'CHANGE_BEYOND_SALES', s.change::text WHERE abs(s.change) > abs(s.spread)
) said ORDER BY d.seq
"""

# a line that takes value off and speaks of no line that was sold changes no points: said, line by line
UNLINKED_LINES: Final = f"""
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, line, field, value, code, params)
SELECT d.batch_id, 'check', 'notice', d.file, d.number, l.position, 'name', left(coalesce(nullif(l.name, ''), l.sku), 200),
  'LINE_NOT_LINKED', jsonb_build_object('product', left(coalesce(nullif(l.name, ''), l.sku, l.ean, ''), 200),
    'amount', l.value::text, 'originals', left(array_to_string(d.corrected_numbers, ', '), 400))
FROM sales_stageddocument d JOIN sales_salesline l ON l.document_id = d.document_id
WHERE {_ACCEPTED} AND d.kind IN ('correction', 'settlement_correction') AND l.corrects_id IS NULL AND l.value < 0
ORDER BY d.seq, l.id
"""

CHUNK_SUMMARY: Final = """
SELECT
  count(*) FILTER (WHERE d.state = 'accepted'), count(*) FILTER (WHERE d.state = 'duplicate'),
  count(*) FILTER (WHERE d.state = 'rejected'),
  (SELECT count(*) FROM sales_salesline l JOIN sales_stageddocument a ON a.document_id = l.document_id
    WHERE a.batch_id = %(batch)s AND a.seq = ANY(%(seqs)s) AND a.state = 'accepted' AND NOT l.spread),
  (SELECT count(*) FROM sales_salesline l JOIN sales_stageddocument a ON a.document_id = l.document_id
    JOIN sales_salesdocument s ON s.id = l.document_id
    WHERE a.batch_id = %(batch)s AND a.seq = ANY(%(seqs)s) AND a.state = 'accepted' AND NOT l.spread
      AND s.member_id IS NOT NULL)
FROM sales_stageddocument d WHERE d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s)
"""

REJECTED: Final = """
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, field, value, code, params)
SELECT d.batch_id, 'check', 'error', d.file, d.number,
  CASE d.code WHEN 'SELLER_MISMATCH' THEN 'seller_nip' WHEN 'UNKNOWN_CURRENCY' THEN 'currency'
    WHEN 'NUMBER_CONFLICT' THEN 'number' ELSE 'corrected_numbers' END,
  CASE d.code WHEN 'SELLER_MISMATCH' THEN d.seller_nip WHEN 'UNKNOWN_CURRENCY' THEN d.currency
    WHEN 'NUMBER_CONFLICT' THEN left(d.number, 200) ELSE left(coalesce(nullif(array_to_string(ARRAY(
      SELECT named.number FROM unnest(d.corrected_numbers) WITH ORDINALITY AS named(number, nth) WHERE NOT EXISTS (
        SELECT 1 FROM sales_salesdocument o WHERE o.seller_nip = coalesce(d.seller_nip, '') AND o.number = named.number
        AND o.reverted_at IS NULL) ORDER BY named.nth), ', '), ''), array_to_string(d.corrected_numbers, ', ')), 200) END,
  d.code, jsonb_build_object('expected', %(nip)s, 'currency', d.currency,
    'seller', d.seller_nip, 'number', d.number, 'original', array_to_string(d.corrected_numbers, ', '))
FROM sales_stageddocument d
WHERE d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s) AND d.state = 'rejected' ORDER BY d.seq
"""

# what nobody bought cannot be given back: said, line by line, and kept on the document
UNTAKEN_RETURNS: Final = """
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, line, field, value, code, params)
SELECT d.batch_id, 'check', 'notice', d.file, d.number, l.position, 'quantity', trim_scale(l.quantity)::text,
  'RETURN_WITHOUT_SALE', jsonb_build_object('product', coalesce(l.sku, l.ean, l.name),
    'left', trim_scale(-l.quantity - coalesce(t.quantity, 0))::text)
FROM sales_stageddocument d JOIN sales_salesdocument s ON s.id = d.document_id
JOIN sales_salesline l ON l.document_id = s.id
LEFT JOIN LATERAL (SELECT sum(quantity) AS quantity FROM sales_returntake WHERE line_id = l.id) t ON true
WHERE d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s) AND d.state = 'accepted' AND d.kind = 'return'
  AND s.member_id IS NOT NULL AND l.quantity < 0 AND -l.quantity > coalesce(t.quantity, 0) ORDER BY d.seq, l.id
"""

UNMATCHED_BUYERS: Final = """
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, field, value, code, params)
SELECT d.batch_id, 'check', 'notice', d.file, d.number, 'buyer', left(coalesce(d.buyer_nip, d.buyer_code, d.buyer_name), 200),
  'BUYER_UNKNOWN', jsonb_build_object('buyer', coalesce(d.buyer_nip, d.buyer_code, d.buyer_name, ''))
FROM sales_stageddocument d JOIN sales_salesdocument s ON s.id = d.document_id
WHERE d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s) AND d.state = 'accepted' AND s.member_id IS NULL ORDER BY d.seq
"""
