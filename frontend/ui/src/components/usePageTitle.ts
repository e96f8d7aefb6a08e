import { useEffect } from 'react';
import { useSurroundings } from '@ui/session/SessionContext';

/** The tab's title: what is open, then whose. */
export function usePageTitle(title: string): void {
  const { brand } = useSurroundings();
  useEffect(() => {
    document.title = title ? `${title} · ${brand.name}` : brand.name;
  }, [title, brand.name]);
}
