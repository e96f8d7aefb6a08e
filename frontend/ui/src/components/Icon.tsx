/* eslint-disable lingui/no-unlocalized-strings -- paths of icons, not texts */
/** A handful of strokes on a 24-unit grid: less than any icon package, and drawn in one hand. Always decorative. */
const PATHS = {
  home: 'M4 11.5 12 4l8 7.5M6.5 9.5V20h11V9.5M10 20v-5.5h4V20',
  history: 'M5 4h14v16l-2.5-1.8L14 20l-2-1.8L10 20l-2.500-1.800L5 20zM8.500 8.500h7M8.500 12.500h7',
  shop: 'M4 8h16l-1.200 12H5.200zM8.500 10.500V7a3.500 3.500 0 0 1 7 0v3.500',
  wallet: 'M4 7.500h15v12H4zM4 7.500 15.500 4v3.500M15 12h5v3.500h-5z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6',
  key: 'M14.500 13.500a5 5 0 1 0-4-4L3.500 16.500v4h4v-2.500h2.500v-2.500h2.500zM16.500 7.500v.2',
  shield: 'M12 3.500 19 6v5.500c0 4.500-3 7.600-7 9-4-1.400-7-4.500-7-9V6zM8.800 12l2.400 2.400 4.200-4.600',
  people: 'M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500c.6-3.500 3.200-5.200 6.500-5.200s5.900 1.700 6.500 5.200M15.500 4.900a3.300 3.300 0 0 1 0 6.200M17.500 14.600c2.200.6 3.600 2.200 4 4.900',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500a2 2 0 0 0 4 0',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 20.500 20.500',
  chevron: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 7.500V12l3 2',
  alert: 'M12 4 21 20H3zM12 10v4.500M12 17.200v.300',
  info: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 11v5.500M12 7.700v.300',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  eyeOff: 'M4 4l16 16M9.500 6a9.500 9.500 0 0 1 2.500-.5c6 0 9.500 6.500 9.500 6.500a17 17 0 0 1-2.700 3.400M14.500 17.900a9 9 0 0 1-2.500.6C6 18.500 2.500 12 2.500 12a17 17 0 0 1 3.400-4',
  upload: 'M12 15.500V4.500M7 9.500l5-5 5 5M4.500 15.500v4h15v-4',
  offline: 'M4 4l16 16M8.500 15.500a5 5 0 0 1 6 -.5M5 12a10 10 0 0 1 4-2.300M2 8.500a15 15 0 0 1 4-2.500M13 9.500a10 10 0 0 1 6 2.500M10.500 5a15 15 0 0 1 11.500 3.500M12 19v.300',
  external: 'M13.500 4.500h6v6M19.500 4.500 11 13M17 14v5.500H4.500V7H10',
  globe: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM3.500 12h17M12 3.500c5 5.500 5 11.500 0 17M12 3.500c-5 5.500-5 11.500 0 17',
  logout: 'M14 4.500H5v15h9M10 12h10.500M17 8.500l3.500 3.500-3.500 3.500',
  list: 'M9 6h11M9 12h11M9 18h11M4.500 6h.2M4.500 12h.2M4.500 18h.2',
  close: 'M6 6l12 12M18 6 6 18',
  retry: 'M19.500 12a7.500 7.500 0 1 1-2.400-5.500M19.500 4v4.500H15',
  download: 'M12 4.500v11M7 10.500l5 5 5-5M4.500 15.500v4h15v-4',
  swap: 'M4 8.500h15M15.500 5 19 8.500 15.500 12M20 15.500H5M8.500 12 5 15.500 8.500 19',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 24, className }: { name: IconName; size?: number; className?: string | undefined }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size < 20 ? 2 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
