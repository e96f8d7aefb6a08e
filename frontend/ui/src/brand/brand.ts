import { hueOf, parseHex } from './color';

export interface Brand {
  kind: 'sso' | 'wholesaler' | 'network';
  name: string;
  slug: string;
  logoUrl: string | null;
  /** What an uploaded logo stands on where the page is not light; null for the drawn one, which brings its own. */
  logoGround: string | null;
  primaryColor: string;
  accentColor: string;
  languages: string[];
  supportEmail: string | null;
  idUrl: string;
}

/**
 * A temper of shape and type, so that two wholesalers side by side are two brands and not one theme in two colors.
 * - solid: filled hero, heavy grotesque, tight corners
 * - soft: tinted hero, round geometric type, generous corners
 * - technical: white hero with a rule, light numerals, square corners
 */
export type Character = 'solid' | 'soft' | 'technical';

/** Read from the hue until branding lets a wholesaler choose: warm is solid, green and teal soft, blue and gray technical. */
export function characterOf(brand: Pick<Brand, 'kind' | 'primaryColor'>): Character {
  if (brand.kind !== 'wholesaler') return 'technical';
  const { hue, saturation } = hueOf(brand.primaryColor);
  if (saturation < 0.12) return 'technical';
  if (hue < 70 || hue >= 300) return 'solid';
  return hue < 195 ? 'soft' : 'technical';
}

const FALLBACK: Brand = {
  kind: 'sso',
  name: 'Kolektor',
  slug: '',
  logoUrl: null,
  logoGround: null,
  primaryColor: '#1d3a4c',
  accentColor: '#c8551b',
  languages: ['pl', 'en'],
  supportEmail: null,
  idUrl: '/',
};

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A color that a stylesheet may hold; anything else falls back. */
function color(value: unknown, fallback: string): string {
  return typeof value === 'string' && parseHex(value) ? (value.startsWith('#') ? value : `#${value}`) : fallback;
}

export function readBrand(raw: unknown): Brand {
  const value = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const kind = value['kind'];
  return {
    kind: kind === 'wholesaler' || kind === 'network' ? kind : 'sso',
    name: text(value['name']) ?? FALLBACK.name,
    slug: text(value['slug']) ?? FALLBACK.slug,
    logoUrl: text(value['logoUrl']),
    logoGround: text(value['logoGround']),
    primaryColor: color(value['primaryColor'], FALLBACK.primaryColor),
    accentColor: color(value['accentColor'], FALLBACK.accentColor),
    languages: Array.isArray(value['languages']) ? value['languages'].map(String) : FALLBACK.languages,
    supportEmail: text(value['supportEmail']),
    idUrl: text(value['idUrl']) ?? FALLBACK.idUrl,
  };
}

export async function loadBrand(): Promise<Brand> {
  try {
    const response = await fetch('/brand.json');
    return readBrand(response.ok ? await response.json() : null);
  } catch {
    return FALLBACK;
  }
}
