import { graphql } from '@member/api';

export const FirmQuery = graphql(`
  query Firm {
    firm {
      id name nip owned ownerId ownerName
      mine { memberId spending percent joinedAt }
      members { memberId name role spending percent joinedAt }
      invitations { id email name spending createdAt expiresAt }
    }
    firmInvitations { id firmName expiresAt }
    firmOrders { id number memberName createdAt rewardName brandName points faceValue { amount currency } }
  }
`);

export const EvidenceQuery = graphql(`
  query Evidence($year: Int!) {
    firmEvidence(year: $year) { memberId name points moved orders spent values { amount currency } }
  }
`);

export const InviteFitterMutation = graphql(`
  mutation InviteFitter($input: InviteFitterInput!) {
    inviteFitter(input: $input) { firm { id } errors { code field message } }
  }
`);

export const CancelInvitationMutation = graphql(`
  mutation CancelInvitation($input: CancelInvitationInput!) {
    cancelInvitation(input: $input) { firm { id } errors { code field message } }
  }
`);

export const LeaveFirmMutation = graphql(`
  mutation LeaveFirm($input: LeaveFirmInput!) {
    leaveFirm(input: $input) { left errors { code field message } }
  }
`);

export const RemoveFitterMutation = graphql(`
  mutation RemoveFitter($input: RemoveFitterInput!) {
    removeFitter(input: $input) { firm { id } errors { code field message } }
  }
`);

export const HandOverFirmMutation = graphql(`
  mutation HandOverFirm($input: HandOverFirmInput!) {
    handOverFirm(input: $input) { firm { id } errors { code field message } }
  }
`);

export const SetFitterSpendingMutation = graphql(`
  mutation SetFitterSpending($input: SetFitterSpendingInput!) {
    setFitterSpending(input: $input) { firm { id } errors { code field message } }
  }
`);

export const SetFirmSplitMutation = graphql(`
  mutation SetFirmSplit($input: SetFirmSplitInput!) {
    setFirmSplit(input: $input) { firm { id } errors { code field message } }
  }
`);

export const ApproveOrderMutation = graphql(`
  mutation ApproveOrder($input: ApproveOrderInput!) {
    approveOrder(input: $input) { order { id } errors { code field message } }
  }
`);

export const DeclineOrderMutation = graphql(`
  mutation DeclineOrder($input: DeclineOrderInput!) {
    declineOrder(input: $input) { order { id } errors { code field message } }
  }
`);

export const GivePointsMutation = graphql(`
  mutation GivePoints($input: GivePointsInput!) {
    givePoints(input: $input) { entry { id } errors { code field message } }
  }
`);
