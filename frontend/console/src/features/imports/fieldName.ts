import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

const NUMBER = msg`Document number`;
const ISSUE_DATE = msg`Date of issue`;
const SALE_DATE = msg`Date of sale`;
const CURRENCY = msg`Currency`;
const RATE = msg`Exchange rate`;
const BUYER_CODE = msg`Customer code`;
const BUYER_EMAIL = msg`Buyer's e-mail`;
const BUYER_PHONE = msg`Buyer's phone`;
const POSITION = msg`Position on the document`;
const SKU = msg`SKU`;
const EAN = msg`EAN`;
const NAME = msg`Product name`;
const QUANTITY = msg`Quantity`;
const UNIT = msg`Unit`;
const UNIT_PRICE = msg`Unit price`;
const NET = msg`Net value`;
const VAT = msg`VAT amount`;
const GROSS = msg`Gross value`;
const TOTAL_GROSS = msg`Document's gross value`;
const VAT_RATE = msg`VAT rate`;
const CORRECTED = msg`Number of the corrected document`;
const CORRECTED_KSEF = msg`KSeF number of the corrected document`;

const CANONICAL: Record<string, MessageDescriptor> = {
  number: NUMBER,
  ksef_number: msg`KSeF number`,
  issue_date: ISSUE_DATE,
  sale_date: SALE_DATE,
  line_sale_date: SALE_DATE,
  due_date: msg`Due date`,
  currency: CURRENCY,
  rate: RATE,
  seller_nip: msg`Seller's NIP`,
  buyer: msg`Buyer`,
  buyer_nip: msg`Buyer's NIP`,
  buyer_code: BUYER_CODE,
  buyer_name: msg`Buyer's name`,
  buyer_email: BUYER_EMAIL,
  buyer_phone: BUYER_PHONE,
  position: POSITION,
  sku: SKU,
  ean: EAN,
  producer_code: msg`Producer's code`,
  name: NAME,
  quantity: QUANTITY,
  unit: UNIT,
  unit_price: UNIT_PRICE,
  net: NET,
  vat: VAT,
  gross: GROSS,
  total_gross: TOTAL_GROSS,
  vat_rate: VAT_RATE,
  corrected_number: CORRECTED,
  corrected_numbers: CORRECTED,
  corrected_ksef_number: CORRECTED_KSEF,
  kind: msg`Kind of document`,
  paid: msg`Paid`,
  before: msg`State before the correction`,
};

/** Elements of FA(3), by their own name; NIP and Nazwa belong to either side and say no more than themselves. */
const FA3: Record<string, MessageDescriptor> = {
  P_1: ISSUE_DATE,
  P_2: NUMBER,
  P_6: SALE_DATE,
  P_6A: SALE_DATE,
  P_7: NAME,
  P_8A: UNIT,
  P_8B: QUANTITY,
  P_9A: UNIT_PRICE,
  P_9B: msg`Unit price with VAT`,
  P_10: msg`Discount`,
  P_11: NET,
  P_11A: GROSS,
  P_11Vat: VAT,
  P_12: VAT_RATE,
  P_15: TOTAL_GROSS,
  NrWierszaFa: POSITION,
  Indeks: SKU,
  GTIN: EAN,
  KodWaluty: CURRENCY,
  KursWaluty: RATE,
  NrKlienta: BUYER_CODE,
  Email: BUYER_EMAIL,
  Telefon: BUYER_PHONE,
  NrFaKorygowanej: CORRECTED,
  NrKSeFFaKorygowanej: CORRECTED_KSEF,
};

/** What a reader calls a field of a file, or null when its own name is all there is. */
export function fieldName(field: string): string | null {
  const name = CANONICAL[field.replaceAll('.', '_')] ?? FA3[field.slice(field.lastIndexOf('/') + 1)];
  return name ? i18n._(name) : null;
}
