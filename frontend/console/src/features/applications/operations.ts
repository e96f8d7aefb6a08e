import { graphql } from '@console/api';

export const ApplicationsQuery = graphql(`
  query Applications($state: String) {
    applications(state: $state) {
      id state name email phone nip firmName criteria termsVersion invoiceNumber invoiceFound documents owner reason memberId
      createdAt decidedAt
      timeline { at code text actor }
    }
  }
`);

export const AcceptApplicationMutation = graphql(`
  mutation AcceptApplication($input: AcceptApplicationInput!) {
    acceptApplication(input: $input) { application { id name memberId } errors { code field message } }
  }
`);

export const DeclineApplicationMutation = graphql(`
  mutation DeclineApplication($input: DeclineApplicationInput!) {
    declineApplication(input: $input) { application { id name } errors { code field message } }
  }
`);
