import { describe, expect, it } from 'vitest';
import { colorTyped, showable, type Look } from './look';
import { verdictOf } from './verdict';

describe('verdict', () => {
  it('leaves a dark color as it is', () => {
    const verdict = verdictOf('#14323f', '#c2410c', '#ffffff');
    expect(verdict.fill).toEqual({ text: 'white', ratio: 13.4 });
    expect(verdict.button).toEqual({ ratio: 13.4, stands: true });
    expect(verdict.link).toMatchObject({ color: '#14323f', percent: 0 });
    expect(verdict.surface).toEqual({ text: 'black', ratio: 21 });
    expect(verdict.linkInDark.towards).toBe('white');
    expect(verdict.linkInDark.ratio).toBeGreaterThanOrEqual(4.5);
  });

  it('puts black on yellow, darkens its links and says that the button hardly stands out', () => {
    const verdict = verdictOf('#FFD400', '#ffd400', '#ffd400');
    expect(verdict.fill).toEqual({ text: 'black', ratio: 14.6 });
    expect(verdict.button).toEqual({ ratio: 1.4, stands: false });
    expect(verdict.link).toEqual({ color: '#856e00', percent: 48, towards: 'black', ratio: 4.5 });
    expect(verdict.linkInDark).toMatchObject({ color: '#ffd400', percent: 0 });
    expect(verdict.accent.percent).toBeGreaterThan(0);
    expect(verdict.accent.percent).toBeLessThan(verdict.link.percent);
  });

  it('reads text on a fill of any gray', () => {
    for (let part = 0; part < 256; part += 5) {
      const color = `#${part.toString(16).padStart(2, '0').repeat(3)}`;
      expect(verdictOf(color, color, color).fill.ratio).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('colors that are typed', () => {
  it.each([['#1A2b3C', '#1a2b3c'], ['1a2b3c', '#1a2b3c'], [' #1a2b3c ', '#1a2b3c'], ['#1a2', null], ['zielony', null], ['#1a2b3cd', null], ['', null]])('%s is %s', (typed, expected) => {
    expect(colorTyped(typed)).toBe(expected);
  });

  it('shows the color from before while one is being written', () => {
    const before = { primaryColor: '#111111', accentColor: '#222222', surfaceColor: '#ffffff', name: 'A', logoText: 'A' } as Look;
    const shown = showable({ ...before, primaryColor: '#33', accentColor: '#444444', name: ' Klub  B ', logoText: 'żr' }, before);
    expect(shown).toMatchObject({ primaryColor: '#111111', accentColor: '#444444', name: 'Klub B', logoText: 'ŻR' });
  });
});
