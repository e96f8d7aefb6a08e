import page from './page.module.css';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet';

/** A state as a word with a dot; the dot's color only repeats what the word says. */
export function StateLabel({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={page.state} data-tone={tone}>
      {children}
    </span>
  );
}
