/** A voucher that is redeemed on the web: its code is an address. */
export function isLink(code: string): boolean {
  return /^https?:\/\/\S+$/i.test(code);
}
