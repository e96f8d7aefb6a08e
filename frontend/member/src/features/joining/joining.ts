import { queryOptions } from '@tanstack/react-query';
import { getRest, postForm } from '@member/rest';

export interface Application {
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn';
  firmName: string;
  /** Why it was declined. */
  reason: string;
}

/** How one joins here, and where the reader stands. */
export interface Registration {
  mode: 'closed' | 'reviewed' | 'open';
  /** What applicants confirm; empty for nothing. */
  criteria: string;
  terms: { version: number; text: string } | null;
  member: boolean;
  application: Application | null;
}

export interface Applied {
  firstName: string;
  lastName: string;
  nip: string;
  firmName: string;
  phone: string;
  invoiceNumber: string;
  confirmed: boolean;
  termsVersion: number | null;
}

const REGISTRATION = '/api/registration';

/** By language: criteria and terms come from the server. */
export const registrationQuery = (language: string) =>
  queryOptions({ queryKey: ['joining', language], queryFn: ({ signal }) => getRest<Registration>(REGISTRATION, signal) });

export function apply({ confirmed, termsVersion, ...texts }: Applied): Promise<Registration> {
  return postForm(REGISTRATION, { ...texts, confirmed: confirmed ? '1' : '', termsVersion: termsVersion === null ? '' : String(termsVersion) });
}

export function takeBack(): Promise<Registration> {
  return postForm(REGISTRATION, { withdraw: '1' });
}

/** Seconds until another code may be asked for, and until this one is void. */
export interface ClaimAsked {
  resendAfter: number;
  validFor: number;
}

export const askToClaim = (contact: string) => postForm<ClaimAsked>('/api/claims', { contact });

export const confirmClaim = (code: string) => postForm<{ claimed: true }>('/api/claims/confirm', { code });
