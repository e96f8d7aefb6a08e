import { graphql } from '@console/api';

export const BrandingQuery = graphql(`
  query Branding {
    program { name pointForms { one few many other } }
    branding { primaryColor accentColor surfaceColor logoText logoShape logo }
    programTimeline { at code text actor }
  }
`);

export const UpdateBrandingMutation = graphql(`
  mutation UpdateBranding($input: UpdateBrandingInput!) {
    updateBranding(input: $input) {
      branding { primaryColor }
      errors { code field message }
    }
  }
`);
