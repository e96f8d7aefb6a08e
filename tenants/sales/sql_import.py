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
  WHERE {_CHUNK}
  WINDOW same AS (PARTITION BY coalesce(d.seller_nip, ''), d.number ORDER BY d.seq)
)
UPDATE sales_stageddocument d SET
  state = CASE WHEN d.content_hash = coalesce(n.known_hash, n.first_hash) THEN 'duplicate' ELSE 'rejected' END,
  code = CASE WHEN d.content_hash = coalesce(n.known_hash, n.first_hash) THEN '' ELSE 'NUMBER_CONFLICT' END
FROM numbered n
WHERE {_CHUNK} AND n.seq = d.seq AND (n.known_hash IS NOT NULL OR n.nth > 1)
"""

# only a correction that changes a line's value needs its original; one without lines changes no points
NO_ORIGINAL: Final = f"""
UPDATE sales_stageddocument d SET state = 'rejected',
  code = CASE WHEN cardinality(d.corrected_numbers) = 0 THEN 'CORRECTION_WITHOUT_REFERENCE'
    ELSE 'CORRECTION_BEFORE_ORIGINAL' END
WHERE {_CHUNK} AND d.kind LIKE '%%correction' AND d.valued_line_count > 0 AND NOT EXISTS (
  SELECT 1 FROM sales_salesdocument o
  WHERE o.seller_nip = coalesce(d.seller_nip, '') AND o.number = ANY(d.corrected_numbers))
AND NOT EXISTS (
  SELECT 1 FROM sales_stageddocument o WHERE o.batch_id = d.batch_id AND o.seq = ANY(%(seqs)s) AND o.state = 'new'
  AND o.seq <> d.seq AND coalesce(o.seller_nip, '') = coalesce(d.seller_nip, '') AND o.number = ANY(d.corrected_numbers)
  AND (NOT o.kind LIKE '%%correction' OR o.issue_date < d.issue_date
    OR (o.issue_date = d.issue_date AND o.seq < d.seq)))
"""

INSERT_DOCUMENTS: Final = f"""
WITH accepted AS (
  INSERT INTO sales_salesdocument (batch_id, kind, number, ksef_number, issue_date, sale_date, seller_nip, currency, rate,
    buyer_nip, buyer_code, buyer_email, buyer_phone, buyer_name, total_gross, content_hash)
  SELECT d.batch_id, d.kind, d.number, d.ksef_number, d.issue_date, d.sale_date, coalesce(d.seller_nip, ''), d.currency,
    d.rate, d.buyer_nip, d.buyer_code, d.buyer_email, d.buyer_phone, d.buyer_name, d.total_gross, d.content_hash
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
  WHERE o.seller_nip = c.seller_nip AND o.number = ANY(d.corrected_numbers) AND o.id <> c.id
  ORDER BY array_position(d.corrected_numbers::text[], o.number::text) LIMIT 1)
FROM sales_stageddocument d
WHERE {_ACCEPTED} AND c.id = d.document_id AND d.kind LIKE '%%correction'
"""

# value = net × rate in the program's currency, in grosze; a before-state line counts negative
INSERT_LINES: Final = f"""
INSERT INTO sales_salesline (document_id, position, before, name, sku, ean, producer_code, quantity, unit, net, vat, gross,
  value, sale_date)
SELECT d.document_id, l.position, l.before, l.name, l.sku, l.ean, l.producer_code, l.quantity, l.unit, l.net, l.vat, l.gross,
  CASE WHEN l.before THEN -1 ELSE 1 END
    * round(l.net * CASE WHEN d.currency = %(currency)s THEN 1 ELSE coalesce(l.rate, d.rate) END, 2),
  coalesce(l.sale_date, d.sale_date)
FROM sales_stageddocument d JOIN sales_stagedline l ON l.batch_id = d.batch_id AND l.seq = d.seq
WHERE {_ACCEPTED} ORDER BY d.seq, l.id
"""

# the line that a correction's line speaks of, in any of its originals, in what they correct, or in earlier corrections
# of the same: by position and name; else SKU; else name (a correction may number its lines anew); else position
LINK_LINES: Final = f"""
UPDATE sales_salesline c SET corrects_id = (
  WITH RECURSIVE roots AS (
    SELECT o.id, o.corrects_id FROM sales_salesdocument o
    WHERE o.seller_nip = doc.seller_nip AND o.number = ANY(d.corrected_numbers) AND o.id <> doc.id
    UNION SELECT p.id, p.corrects_id FROM sales_salesdocument p JOIN roots ON p.id = roots.corrects_id
  ), family AS (
    SELECT id FROM roots
    UNION SELECT s.id FROM sales_salesdocument s JOIN family ON s.corrects_id = family.id
      WHERE s.accept_seq < doc.accept_seq
  )
  SELECT o.id FROM sales_salesline o JOIN family ON family.id = o.document_id
  WHERE o.corrects_id IS NULL AND NOT o.before
    AND (o.position = c.position OR (c.sku IS NOT NULL AND o.sku = c.sku) OR o.name = c.name)
  ORDER BY (o.position = c.position AND o.name = c.name) DESC, (c.sku IS NOT NULL AND o.sku = c.sku) DESC NULLS LAST,
    (o.name = c.name) DESC, (o.position = c.position) DESC, o.id LIMIT 1)
FROM sales_salesdocument doc, sales_stageddocument d
WHERE {_ACCEPTED} AND doc.id = d.document_id AND c.document_id = doc.id AND doc.corrects_id IS NOT NULL
"""

# original and corrections in one chunk: a link to a correction's line leads on to the line that that one corrects
FOLLOW_LINES: Final = f"""
UPDATE sales_salesline c SET corrects_id = o.corrects_id
FROM sales_salesline o, sales_stageddocument d
WHERE {_ACCEPTED} AND c.document_id = d.document_id AND o.id = c.corrects_id AND o.corrects_id IS NOT NULL
"""

# buyer: NIP → firm → its owner; else customer code; else e-mail; else phone. A correction follows its original.
MATCH_BUYERS: Final = f"""
UPDATE sales_salesdocument s SET member_id = coalesce(
  (SELECT o.member_id FROM sales_salesdocument o WHERE o.id = s.corrects_id),
  (SELECT m.id FROM members_member m JOIN members_firm f ON f.id = m.firm_id
    WHERE f.nip = s.buyer_nip ORDER BY (m.firm_role = 'owner') DESC, m.created_at, m.id LIMIT 1),
  (SELECT m.id FROM members_member m WHERE m.customer_code = s.buyer_code),
  (SELECT m.id FROM members_member m WHERE lower(m.email) = lower(s.buyer_email) AND s.buyer_nip IS NULL
    ORDER BY m.created_at, m.id LIMIT 1),
  (SELECT m.id FROM members_member m WHERE m.phone = s.buyer_phone AND s.buyer_phone <> '' AND s.buyer_nip IS NULL
    ORDER BY m.created_at, m.id LIMIT 1))
FROM sales_stageddocument d WHERE {_ACCEPTED} AND s.id = d.document_id
"""

UNKNOWN_BUYERS: Final = f"""
SELECT DISTINCT ON (coalesce(s.buyer_nip, s.buyer_code, lower(s.buyer_email), s.buyer_phone))
  s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone, s.buyer_name, s.sale_date
FROM sales_salesdocument s JOIN sales_stageddocument d ON d.document_id = s.id
WHERE {_ACCEPTED} AND s.member_id IS NULL
  AND coalesce(s.buyer_nip, s.buyer_code, s.buyer_email, s.buyer_phone) IS NOT NULL
ORDER BY coalesce(s.buyer_nip, s.buyer_code, lower(s.buyer_email), s.buyer_phone), d.seq
"""

TAKE_RETURNS: Final = f"""
SELECT sales_take_returns(ARRAY(SELECT d.document_id FROM sales_stageddocument d WHERE {_ACCEPTED} AND d.kind = 'return'))
"""

# product: EAN, else SKU, else the producer's code
MATCH_PRODUCTS: Final = f"""
UPDATE sales_salesline l SET product_id = p.id, brand_id = p.brand_id, supplier_id = p.supplier_id, category = p.category
FROM sales_stageddocument d, sales_salesline self
JOIN LATERAL (
  SELECT q.* FROM sales_product q
  WHERE q.ean = self.ean OR q.sku = self.sku OR q.producer_code = self.producer_code
  ORDER BY (q.ean = self.ean) DESC NULLS LAST, (q.sku = self.sku) DESC NULLS LAST, q.id LIMIT 1
) p ON true
WHERE {_ACCEPTED} AND self.document_id = d.document_id AND l.id = self.id
"""

CHUNK_SUMMARY: Final = """
SELECT
  count(*) FILTER (WHERE d.state = 'accepted'), count(*) FILTER (WHERE d.state = 'duplicate'),
  count(*) FILTER (WHERE d.state = 'rejected'),
  (SELECT count(*) FROM sales_salesline l JOIN sales_stageddocument a ON a.document_id = l.document_id
    WHERE a.batch_id = %(batch)s AND a.seq = ANY(%(seqs)s) AND a.state = 'accepted'),
  (SELECT count(*) FROM sales_salesline l JOIN sales_stageddocument a ON a.document_id = l.document_id
    JOIN sales_salesdocument s ON s.id = l.document_id
    WHERE a.batch_id = %(batch)s AND a.seq = ANY(%(seqs)s) AND a.state = 'accepted' AND s.member_id IS NOT NULL)
FROM sales_stageddocument d WHERE d.batch_id = %(batch)s AND d.seq = ANY(%(seqs)s)
"""

REJECTED: Final = """
INSERT INTO sales_importproblem (batch_id, stage, severity, file, document, field, value, code, params)
SELECT d.batch_id, 'check', 'error', d.file, d.number,
  CASE d.code WHEN 'SELLER_MISMATCH' THEN 'seller_nip' WHEN 'UNKNOWN_CURRENCY' THEN 'currency'
    WHEN 'NUMBER_CONFLICT' THEN 'number' ELSE 'corrected_numbers' END,
  CASE d.code WHEN 'SELLER_MISMATCH' THEN d.seller_nip WHEN 'UNKNOWN_CURRENCY' THEN d.currency
    WHEN 'NUMBER_CONFLICT' THEN left(d.number, 200) ELSE left(array_to_string(d.corrected_numbers, ', '), 200) END,
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
