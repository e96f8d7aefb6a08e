import { act, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { setAccess } from '@ui/session/access';
import { leaveFor } from '@ui/session/leave';
import { Around, SIGNED_IN, SIGNED_OUT } from '@ui/testing';
import { Gate } from './Gate';

const STAFF = { ...SIGNED_IN, roles: ['program_admin'], twoFactors: true };

vi.mock('@ui/session/leave', () => ({ leaveFor: vi.fn() }));

describe('the gate of the console', () => {
  it('sends who is not signed in to sign in, and shows nothing', () => {
    window.history.replaceState(null, '', '/console/orders?state=UNKNOWN');
    render(<Around session={SIGNED_OUT}><Gate>secret</Gate></Around>);
    expect(leaveFor).toHaveBeenCalledWith('/auth/login?next=%2Fconsole%2Forders%3Fstate%3DUNKNOWN');
    expect(screen.queryByText('secret')).not.toBeInTheDocument();
  });

  it('tells who has no role, by the first answer of 403', () => {
    render(<Around session={STAFF}><Gate>secret</Gate></Around>);
    expect(screen.getByText('secret')).toBeInTheDocument();
    act(() => setAccess('forbidden'));
    expect(screen.queryByText('secret')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Twoje konto nie ma tu żadnej roli' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Moje programy' })).toHaveAttribute('href', 'http://id.test/');
  });

  it('keeps a member out without asking the server', () => {
    render(<Around><Gate>secret</Gate></Around>);
    expect(screen.queryByText('secret')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Twoje konto nie ma tu żadnej roli' })).toBeInTheDocument();
  });

  it('asks staff for a second factor, at first and when it has grown old', () => {
    window.history.replaceState(null, '', '/console/orders');
    const { unmount } = render(<Around session={{ ...STAFF, twoFactors: false }}><Gate>secret</Gate></Around>);
    expect(leaveFor).toHaveBeenLastCalledWith('/auth/login?next=%2Fconsole%2Forders&two-factors=1');
    expect(screen.queryByText('secret')).not.toBeInTheDocument();
    unmount();
    vi.mocked(leaveFor).mockClear();
    setAccess('open');
    render(<Around session={STAFF}><Gate>secret</Gate></Around>);
    expect(leaveFor).not.toHaveBeenCalled();
    act(() => setAccess('one-factor'));
    expect(leaveFor).toHaveBeenLastCalledWith('/auth/login?next=%2Fconsole%2Forders&two-factors=1');
    act(() => setAccess('open'));
  });

  it('sends to sign in when the session ends on an open page', () => {
    render(<Around session={STAFF}><Gate>secret</Gate></Around>);
    act(() => setAccess('signed-out'));
    expect(leaveFor).toHaveBeenCalled();
  });
});
