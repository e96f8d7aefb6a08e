import { useEffect, useState } from 'react';

const TICK_MS = 500;

/** Whole seconds that are left since a moment; 0 in the end. */
export function useCountdown(seconds: number, since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((since + seconds * 1000 - Math.max(now, since)) / 1000));
}
