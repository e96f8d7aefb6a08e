const PAGES = [/^\/$/, /^\/history$/, /^\/shop$/, /^\/checkout\/[^/]+$/, /^\/wallet$/, /^\/orders(\/[^/]+)?$/, /^\/messages(\/[^/]+)?$/, /^\/profile$/, /^\/firm$/, /^\/terms$/];
const BRAND = [/^\/brand\.(css|json)$/, /^\/icons\/[\w-]+\.(png|svg)$/, /^\/logos\/[\w-]+\.webp$/];

export function isMemberPage(url: URL, origin: string): boolean {
  return url.origin === origin && PAGES.some((page) => page.test(url.pathname));
}

export function isPublicBrandFile(url: URL, origin: string): boolean {
  return url.origin === origin && BRAND.some((file) => file.test(url.pathname));
}
