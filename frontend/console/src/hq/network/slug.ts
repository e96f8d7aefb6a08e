import { fold } from '@ui/components/fold';

const LONGEST = 40;

/** An address made from a name: small ASCII letters, digits and dashes, a letter first. */
export function slugOf(name: string): string {
  const dashed = fold(name).replaceAll(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '');
  return dashed.slice(0, LONGEST).replace(/-+$/, '');
}

/** The host that a wholesaler of that address gets, seen from headquarters at `hq.<network>.<base>`; a port stays. */
export function hostOf(slug: string, headquarters: string): string {
  return [slug, ...headquarters.split('.').slice(2)].join('.');
}
