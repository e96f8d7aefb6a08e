import { describe, expect, it } from 'vitest';
import { AppError, describeError, errorFromAnswer, throwOperationErrors, toAppError } from './errors';

describe('errors', () => {
  it('reads the REST form and GraphQL’s own', () => {
    expect(errorFromAnswer(401, [{ code: 'UNAUTHENTICATED', message: 'Zaloguj się.' }])).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(errorFromAnswer(200, [{ message: 'Too deep', extensions: { code: 'TOO_DEEP' } }])).toMatchObject({ code: 'TOO_DEEP' });
    const refused = { message: 'Zero', extensions: { code: 'BAD_RULE', field: 'rule.budget' } };
    expect(errorFromAnswer(200, [refused])).toMatchObject({ code: 'BAD_RULE', field: 'rule.budget' });
  });

  it('falls back on the status', () => {
    expect(errorFromAnswer(403, undefined).code).toBe('FORBIDDEN');
    expect(errorFromAnswer(429, null).code).toBe('THROTTLED');
    expect(errorFromAnswer(502, 'nonsense').code).toBe('SERVER');
  });

  it('throws the first error of a mutation, with its field, and passes an empty list', () => {
    expect(() => throwOperationErrors([])).not.toThrow();
    expect(() => throwOperationErrors(undefined)).not.toThrow();
    const errors = [{ code: 'INSUFFICIENT_POINTS', field: 'faceValue', message: 'Brakuje 20 pkt.' }];
    expect(() => throwOperationErrors(errors)).toThrow(expect.objectContaining({ code: 'INSUFFICIENT_POINTS', field: 'faceValue' }) as Error);
  });

  it('knows when the outcome of a write is unknown', () => {
    expect(toAppError(new TypeError('Failed to fetch')).outcomeUnknown).toBe(true);
    expect(errorFromAnswer(504, null).outcomeUnknown).toBe(true);
    expect(new AppError('TIMEOUT').outcomeUnknown).toBe(true);
    expect(new AppError('INSUFFICIENT_POINTS', { status: 200 }).outcomeUnknown).toBe(false);
    expect(errorFromAnswer(403, null).outcomeUnknown).toBe(false);
  });

  it('speaks our words about the network and the server’s about the domain', () => {
    expect(describeError(new TypeError('Failed to fetch'))).toBe('Brak połączenia. Sprawdź sieć i spróbuj ponownie.');
    expect(describeError(new AppError('INSUFFICIENT_POINTS', { status: 200, message: 'Brakuje 20 pkt.' }))).toBe('Brakuje 20 pkt.');
    expect(describeError(new AppError('INSUFFICIENT_POINTS', { status: 200 }))).toBe('Masz na to za mało punktów.');
    expect(describeError(errorFromAnswer(500, [{ message: 'Traceback (most recent call last)' }]))).toBe('Coś zawiodło po naszej stronie. Spróbuj za chwilę.');
    expect(describeError(errorFromAnswer(400, [{ code: 'INVALID_CREDENTIALS', message: 'E-mail lub hasło się nie zgadza.' }]))).toBe(
      'E-mail lub hasło się nie zgadza.',
    );
  });
});
