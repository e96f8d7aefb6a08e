import { describe, expect, it } from 'vitest';
import { kindMoment, kindName } from './kindName';
import { insertAt } from './templates';

describe('a name is put in', () => {
  it.each([
    ['Cześć !', '{{ first_name }}', 6, 6, 'Cześć {{ first_name }}!', 22],
    ['Masz XX pkt', '{{ points }}', 5, 7, 'Masz {{ points }} pkt', 17],
    ['', '{{ date }}', 0, 0, '{{ date }}', 10],
  ])('%s takes %s at %i to %i', (text, piece, start, end, expected, caret) => {
    expect(insertAt(text, piece, start, end)).toEqual({ text: expected, caret });
  });
});

describe('kinds of message', () => {
  it('have a name and a moment, or are called by their code', () => {
    expect(kindName('welcome')).toBe('Powitanie');
    expect(kindMoment('points_expiring')).toContain('30, 7');
    expect(kindName('quiz_won')).toBe('quiz_won');
    expect(kindMoment('quiz_won')).toBe('');
  });
});
