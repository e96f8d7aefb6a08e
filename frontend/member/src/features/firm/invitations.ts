import { getRest, postForm } from '@member/rest';

export interface ReceivedInvitation {
  id: string;
  /** Into a firm that is in the program, or of a firm into the program. */
  kind: 'firm' | 'program';
  firmName: string;
  /** Who of the wholesaler's staff invites; empty for nobody in particular. */
  invitedBy: string;
  expiresAt: string;
}

const PATH = '/api/invitations';

/** Invitations that wait for the reader, who need not be a member yet. Throws AppError. */
export async function receivedInvitations(signal: AbortSignal): Promise<ReceivedInvitation[]> {
  return (await getRest<{ invitations: ReceivedInvitation[] }>(PATH, signal)).invitations;
}

/** Says yes or no to one. Throws AppError. */
export async function answerInvitation({ id, kind }: Pick<ReceivedInvitation, 'id' | 'kind'>, answer: 'accept' | 'decline'): Promise<null> {
  await postForm(PATH, { id, kind, answer });
  return null;
}
