import { graphql } from '@console/api';

export const ClientsQuery = graphql(`
  query Clients {
    outsideClients { id name kind redirectUris logoutUri issuer createdAt }
  }
`);

export const RegisterClientMutation = graphql(`
  mutation RegisterClient($input: RegisterClientInput!) {
    registerClient(input: $input) { client { id name } secret errors { code field message } }
  }
`);

export const ChangeClientMutation = graphql(`
  mutation ChangeClient($input: ChangeClientInput!) {
    changeClient(input: $input) { client { id } errors { code field message } }
  }
`);

export const RenewClientSecretMutation = graphql(`
  mutation RenewClientSecret($input: RenewClientSecretInput!) {
    renewClientSecret(input: $input) { client { id name } secret errors { code field message } }
  }
`);

export const RemoveClientMutation = graphql(`
  mutation RemoveClient($input: RemoveClientInput!) {
    removeClient(input: $input) { removedId errors { code field message } }
  }
`);
