"""The view of the board: released lines beside what was done about them."""

# The ledger of settlement keeps a row for each merchant in a declared line: several source lines may share it.
BOARD = """
CREATE OR REPLACE VIEW exemptions_board WITH (security_invoker = true) AS
SELECT r.*, f.filing_id, h.number::text AS filing_number, h.state::text AS filing_state, f.amount_cny AS filed_cny,
       c.certificate_id, i.invoiced, s.declared AS collectable, s.collected
FROM exemptions_lines r
LEFT JOIN exemptions_filingline f ON f.source_id = r.line_id AND f.live
LEFT JOIN exemptions_filing h ON h.id = f.filing_id
LEFT JOIN exemptions_certificateline c ON c.source_id = r.line_id AND c.live
LEFT JOIN settlement_collected s
  ON s.declaration_id = r.declaration_id AND s.g_no = r.g_no AND s.merchant_id = r.merchant_id
LEFT JOIN LATERAL (
  SELECT sum(v.amount) AS invoiced FROM exemptions_invoice v
  WHERE v.order_number = r.order_number AND v.consignor_id = r.merchant_id
) i ON true
"""
AS_IT_WAS = """
CREATE OR REPLACE VIEW exemptions_board WITH (security_invoker = true) AS
SELECT r.*, f.filing_id, h.number::text AS filing_number, h.state::text AS filing_state, f.amount_cny AS filed_cny,
       c.certificate_id, i.invoiced, s.declared AS collectable, s.collected
FROM exemptions_lines r
LEFT JOIN exemptions_filingline f ON f.source_id = r.line_id AND f.live
LEFT JOIN exemptions_filing h ON h.id = f.filing_id
LEFT JOIN exemptions_certificateline c ON c.source_id = r.line_id AND c.live
LEFT JOIN settlement_lot s
  ON s.declaration_id = r.declaration_id AND s.g_no = r.g_no AND s.merchant_id = r.merchant_id AND s.live
LEFT JOIN LATERAL (
  SELECT sum(v.amount) AS invoiced FROM exemptions_invoice v
  WHERE v.order_number = r.order_number AND v.consignor_id = r.merchant_id
) i ON true
"""
