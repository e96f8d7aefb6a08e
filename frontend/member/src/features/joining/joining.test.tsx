import { i18n } from '@lingui/core';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Around, SIGNED_IN } from '@ui/testing';
import { INVITATION, REGISTRATION, refusal, type MockInvitation, type MockRegistration } from '../../../../mocks/joining.ts';
import { server } from '../../../../mocks/testServer.ts';
import { Claim } from './Claim';
import { JoiningPage } from './JoiningPage';

const STRANGER = { ...SIGNED_IN, roles: [] };

interface Asked {
  path: string;
  form: Record<string, string>;
}

/** The server as far as joining sees it. Returns what was sent, in turn. */
function serve(registration: Partial<MockRegistration> = {}, invitations: MockInvitation[] = []): Asked[] {
  const asked: Asked[] = [];
  const note = async (request: Request) => {
    asked.push({ path: new URL(request.url).pathname, form: Object.fromEntries(new URLSearchParams(await request.text())) });
    return asked.at(-1)?.form ?? {};
  };
  let standing: MockRegistration = { ...REGISTRATION, ...registration };
  let waiting = invitations;
  server.use(
    http.get('*/api/invitations', () => HttpResponse.json({ invitations: waiting })),
    http.post('*/api/invitations', async ({ request }) => {
      const { answer } = await note(request);
      waiting = [];
      return HttpResponse.json({ accepted: answer === 'accept' });
    }),
    http.get('*/api/registration', () => HttpResponse.json(standing)),
    http.post('*/api/registration', async ({ request }) => {
      const form = await note(request);
      if (form['withdraw'] === '1' && standing.application) standing = { ...standing, application: { ...standing.application, state: 'withdrawn' } };
      else if (form['termsVersion'] !== String(standing.terms?.version ?? '')) return refusal('TERMS_CHANGED', 'termsVersion', 'Odśwież stronę.');
      else if (form['nip'] === '123-45') return refusal('BAD_NIP', 'nip', 'Nieprawidłowy NIP: 123-45');
      else standing = { ...standing, application: { state: 'waiting', firmName: form['firmName'] ?? '', reason: '' } };
      return HttpResponse.json(standing);
    }),
    http.post('*/api/claims', async ({ request }) => {
      await note(request);
      return HttpResponse.json({ resendAfter: 30, validFor: 600 });
    }),
    http.post('*/api/claims/confirm', async ({ request }) => {
      const { code } = await note(request);
      return code === '123456' ? HttpResponse.json({ claimed: true }) : refusal('CODE_REFUSED', 'code', 'Ten kod się nie zgadza.');
    }),
  );
  return asked;
}

const open = () => render(<Around session={STRANGER}><JoiningPage /></Around>);

beforeEach(() => {
  // the texts as they stand in the code
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  window.location.hash = '';
});

describe('an invitation into the program', () => {
  it('says who invites which firm, and takes a no', async () => {
    const asked = serve({}, [INVITATION]);
    open();
    expect(await screen.findByText('Ewa Handlowa invites Instalacje Nowak into the program')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Join the program' })).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: 'No, thank you' }));
    await waitFor(() => expect(screen.queryByText(/Instalacje Nowak/)).not.toBeInTheDocument());
    expect(asked).toEqual([{ path: '/api/invitations', form: { id: 'i1', kind: 'program', answer: 'decline' } }]);
  });

  it('needs no name of whoever invites', async () => {
    serve({}, [{ ...INVITATION, invitedBy: '' }]);
    open();
    expect(await screen.findByText('Instalacje Nowak is invited into the program')).toBeInTheDocument();
  });
});

describe('a claim', () => {
  it('sends a code, tells that it was wrong, and takes the right one', async () => {
    const asked = serve();
    const claimed = vi.fn();
    render(<Around session={STRANGER}><Claim onClaimed={claimed} /></Around>);
    await userEvent.type(screen.getByLabelText('Phone or e-mail that you gave at the counter'), '600 100 200');
    await userEvent.click(screen.getByRole('button', { name: 'Send the code' }));
    const code = await screen.findByLabelText('Code from the message');
    expect(screen.getByRole('status')).toHaveTextContent('If there is an account with 600 100 200, the code is there in a moment.');
    expect(screen.getByRole('button', { name: /^Send again in/ })).toBeDisabled();
    await userEvent.type(code, '000000');
    expect(await screen.findByText('Ten kod się nie zgadza.')).toBeInTheDocument();
    expect(code).toHaveValue('');
    expect(claimed).not.toHaveBeenCalled();
    await userEvent.type(code, '123456');
    await waitFor(() => expect(claimed).toHaveBeenCalledTimes(1));
    expect(asked.map(({ form }) => form)).toEqual([{ contact: '600 100 200' }, { code: '000000' }, { code: '123456' }]);
  });

  it('shows at the field what is wrong with the number', async () => {
    serve();
    server.use(http.post('*/api/claims', () => refusal('BAD_PHONE', 'contact', 'Ten numer jest nieprawidłowy.')));
    render(<Around session={STRANGER}><Claim onClaimed={() => undefined} /></Around>);
    const field = screen.getByLabelText('Phone or e-mail that you gave at the counter');
    await userEvent.type(field, '12{Enter}');
    await waitFor(() => expect(field).toHaveAccessibleDescription(/Ten numer jest nieprawidłowy\./));
    expect(field).toHaveValue('12');
  });
});

describe('an application', () => {
  async function fill(nip: string) {
    await userEvent.click(await screen.findByRole('link', { name: /^I want to join/ }));
    const field = await screen.findByLabelText('NIP of your firm');
    await userEvent.type(field, nip);
    await userEvent.type(screen.getByLabelText('Name of the firm'), 'Instalacje Wójcik');
    await userEvent.click(screen.getByLabelText(REGISTRATION.criteria));
    await userEvent.click(screen.getByLabelText('I accept the terms'));
    return field;
  }
  const send = () => userEvent.click(screen.getByRole('button', { name: 'Send the application' }));

  it('keeps what was typed when it is refused, and says why at the field', async () => {
    const asked = serve();
    open();
    const field = await fill('123-45');
    await send();
    await waitFor(() => expect(field).toHaveAccessibleDescription(/Nieprawidłowy NIP: 123-45/));
    expect(field).toHaveFocus();
    expect(field).toHaveValue('123-45');
    expect(screen.getByLabelText('First name')).toHaveValue('Marek');
    expect(screen.getByLabelText('Name of the firm')).toHaveValue('Instalacje Wójcik');
    expect(screen.getByLabelText('I accept the terms')).toBeChecked();

    await userEvent.clear(field);
    await userEvent.type(field, '526-10-40-828');
    await send();
    expect(await screen.findByRole('heading', { name: 'We have your application' })).toBeInTheDocument();
    expect(asked[1]?.form).toEqual({
      firstName: 'Marek', lastName: 'Wójcik', nip: '526-10-40-828', firmName: 'Instalacje Wójcik', phone: '', invoiceNumber: '',
      confirmed: '1', termsVersion: '3',
    });
  });

  it('is not sent with a gap: each is marked and the first has the focus', async () => {
    const asked = serve();
    open();
    await userEvent.click(await screen.findByRole('link', { name: /^I want to join/ }));
    const nip = await screen.findByLabelText('NIP of your firm');
    await send();
    expect(nip).toHaveFocus();
    expect(screen.getAllByText('Fill this in.')).toHaveLength(2);
    expect(screen.getAllByText('Tick this to go on.')).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it('asks again when the terms are others by now', async () => {
    serve();
    open();
    await fill('5261040828');
    serve({ terms: { version: 4, text: 'Nowe.' } });
    await send();
    expect(await screen.findByText('The terms have changed. Read the new ones and accept them.')).toBeInTheDocument();
    await waitFor(() => expect(screen.getByText('Nowe.')).toBeInTheDocument());
    expect(screen.getByLabelText('I accept the terms')).not.toBeChecked();
    await userEvent.click(screen.getByLabelText('I accept the terms'));
    await send();
    expect(await screen.findByRole('heading', { name: 'We have your application' })).toBeInTheDocument();
  });

  it('that waits is shown instead of the form, and can be taken back', async () => {
    const asked = serve({ application: { state: 'waiting', firmName: 'Instalacje Wójcik', reason: '' } });
    open();
    expect(await screen.findByText('Instalacje Wójcik')).toBeInTheDocument();
    expect(screen.getByText('Termopol is looking at it. We will write to you at marek@example.pl.')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /^I want to join/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Take it back' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take it back' }));
    expect(await screen.findByRole('link', { name: /^I want to join/ })).toBeInTheDocument();
    expect(asked).toEqual([{ path: '/api/registration', form: { withdraw: '1' } }]);
  });

  it('that was declined says why, and can be sent again', async () => {
    serve({ application: { state: 'declined', firmName: 'Instalacje Wójcik', reason: 'Kupuje inna firma.' } });
    open();
    expect(await screen.findByText('The reason: Kupuje inna firma.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: 'Apply again' }));
    expect(await screen.findByLabelText('Name of the firm')).toHaveValue('Instalacje Wójcik');
  });

  it('is not offered where nobody can apply', async () => {
    serve({ mode: 'closed' });
    open();
    expect(await screen.findByText(/Termopol adds people itself/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /^I already collect points here/ })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /^I want to join/ })).not.toBeInTheDocument();
  });
});
