/** `+48 500 200 100`; what is not a Polish number stays as it was written. */
export function formatPhone(phone: string): string {
  const match = /^\+48(\d{3})(\d{3})(\d{3})$/.exec(phone.replaceAll(/[\s-]/g, ''));
  return match ? `+48\u00a0${match.slice(1).join('\u00a0')}` : phone;
}
