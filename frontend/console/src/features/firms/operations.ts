import { graphql } from '@console/api';

export const FirmsQuery = graphql(`
  query Firms($first: Int!, $after: String, $search: String) {
    firms(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id name nip people } }
    }
  }
`);

export const FirmQuery = graphql(`
  query Firm($id: ID!) {
    firm(id: $id) {
      id name nip decisionMaker
      members { memberId name role spending percent joinedAt leftAt }
      invitations { id email name spending expiresAt }
      splits { id validFrom createdAt shares { name percent } }
      timeline { at code text actor }
    }
  }
`);

export const FirmEvidenceQuery = graphql(`
  query FirmEvidence($firmId: ID!, $year: Int!) {
    firmEvidence(firmId: $firmId, year: $year) { memberId name points moved orders spent values { amount currency } }
  }
`);

export const InviteToFirmMutation = graphql(`
  mutation InviteToFirm($input: InviteToFirmInput!) {
    inviteToFirm(input: $input) { firm { id } errors { code field message } }
  }
`);

export const CancelFirmInvitationMutation = graphql(`
  mutation CancelFirmInvitation($input: CancelFirmInvitationInput!) {
    cancelFirmInvitation(input: $input) { firm { id } errors { code field message } }
  }
`);

export const RemoveFromFirmMutation = graphql(`
  mutation RemoveFromFirm($input: RemoveFromFirmInput!) {
    removeFromFirm(input: $input) { firm { id } errors { code field message } }
  }
`);

export const SetFirmOwnerMutation = graphql(`
  mutation SetFirmOwner($input: SetFirmOwnerInput!) {
    setFirmOwner(input: $input) { firm { id } errors { code field message } }
  }
`);
