/** Hosts of the made-up network that the mock server plays. */
export interface MockBrand {
  kind: 'sso' | 'wholesaler' | 'network';
  name: string;
  slug: string;
  logoUrl: string | null;
  logoGround: string | null;
  primaryColor: string;
  accentColor: string;
  languages: string[];
  supportEmail: string | null;
  idUrl: string;
}

const brand = (kind: MockBrand['kind'], slug: string, name: string, primaryColor: string, accentColor: string): MockBrand => ({
  kind,
  slug,
  name,
  logoUrl: null,
  logoGround: null,
  primaryColor,
  accentColor,
  languages: ['pl', 'en'],
  supportEmail: `program@${slug}.example`,
  idUrl: '/',
});

const SSO = brand('sso', 'id', 'Kolektor', '#1d3a4c', '#c8551b');

export const BRANDS: MockBrand[] = [
  brand('wholesaler', 'termopol', 'Termopol Kraków', '#c8102e', '#f2a900'),
  brand('wholesaler', 'instalko', 'Instalko Poznań', '#00796b', '#ffb300'),
  brand('wholesaler', 'hydropartner', 'HydroPartner Gdańsk', '#1f3a93', '#e4572e'),
  brand('network', 'hq', 'Grupa Kolektor', '#1d3a4c', '#c8551b'),
  SSO,
];

/** What the made-up programs call their points. */
export const POINT_FORMS = { one: 'kropla', few: 'krople', many: 'kropel', other: 'kropli' };

export function brandOfHost(host: string, port: string): MockBrand {
  const slug = host.split('.')[0] ?? 'id';
  const found = BRANDS.find((each) => each.slug === slug) ?? SSO;
  return { ...found, idUrl: `http://id.kolektor.localhost:${port}/` };
}
