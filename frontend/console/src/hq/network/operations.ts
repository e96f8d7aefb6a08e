import { graphql } from '@console/hq/api';

export const WholesalersQuery = graphql(`
  query Wholesalers {
    wholesalers { id slug name state url createdAt adminName adminEmail attempts failure }
    wholesalersTimeline { at code text actor }
  }
`);

export const OpenWholesalerMutation = graphql(`
  mutation OpenWholesaler($input: OpenWholesalerInput!) {
    openWholesaler(input: $input) { wholesaler { id name } errors { code field message } }
  }
`);

export const SuspendWholesalerMutation = graphql(`
  mutation SuspendWholesaler($input: SuspendWholesalerInput!) {
    suspendWholesaler(input: $input) { wholesaler { id } errors { code field message } }
  }
`);

export const ResumeWholesalerMutation = graphql(`
  mutation ResumeWholesaler($input: ResumeWholesalerInput!) {
    resumeWholesaler(input: $input) { wholesaler { id } errors { code field message } }
  }
`);

export const WithdrawWholesalerMutation = graphql(`
  mutation WithdrawWholesaler($input: WithdrawWholesalerInput!) {
    withdrawWholesaler(input: $input) { wholesaler { id } errors { code field message } }
  }
`);

export const CloseWholesalerMutation = graphql(`
  mutation CloseWholesaler($input: CloseWholesalerInput!) {
    closeWholesaler(input: $input) { wholesaler { id } errors { code field message } }
  }
`);
