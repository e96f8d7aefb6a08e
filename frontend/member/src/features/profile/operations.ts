import { graphql } from '@member/api';

export const ProfileQuery = graphql(`
  query Profile {
    me { firstName lastName phone email firmName language }
    consents { kind given at text textVersion history { given at text textVersion channel } }
  }
`);

export const UpdateProfileMutation = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) { me { firstName lastName phone } errors { code field message } }
  }
`);

export const SetConsentMutation = graphql(`
  mutation SetConsent($input: SetConsentInput!) {
    setConsent(input: $input) { consents { kind given } errors { code field message } }
  }
`);
