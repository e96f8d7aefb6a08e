import { graphql } from '@console/api';

export const RecruitingQuery = graphql(`
  query Recruiting {
    programInvitations { id email name firmName nip decisionMaker state invitedBy createdAt expiresAt canCancel }
    recruiterCredits { name invited joined buying points }
    recruitingTimeline { at code text actor }
  }
`);

export const InviteToProgramMutation = graphql(`
  mutation InviteToProgram($input: InviteToProgramInput!) {
    inviteToProgram(input: $input) { invitation { id email expiresAt } errors { code field message } }
  }
`);

export const CancelProgramInvitationMutation = graphql(`
  mutation CancelProgramInvitation($input: CancelProgramInvitationInput!) {
    cancelProgramInvitation(input: $input) { invitation { id } errors { code field message } }
  }
`);
