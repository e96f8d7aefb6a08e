/** A calendar day so many months later; the 31st becomes the last day of a shorter month, as the server counts. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), index % 12];
  const last = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(toYear, toMonth, Math.min(date, last))).toISOString().slice(0, 10);
}

const ZONE = 'Europe/Warsaw';

/** The calendar day in Poland, whatever the zone of the machine. */
export function todayInWarsaw(now = new Date()): string {
  return now.toLocaleDateString('sv-SE', { timeZone: ZONE });
}
