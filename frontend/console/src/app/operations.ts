import { graphql } from '@console/api';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer { name email roles }
    program { name pointForms { one few many other } currency nip lateMatchDays }
  }
`);

export const FindQuery = graphql(`
  query Find($text: String!, $members: Boolean!, $offer: Boolean!) {
    members(first: 5, search: $text) @include(if: $members) { edges { node { id name firmName nip } } }
    findDocuments(text: $text) @include(if: $members) { id number buyerName memberId memberName }
    orders(first: 5, search: $text) @include(if: $members) { edges { node { id number memberName state } } }
    products(first: 5, search: $text) @include(if: $offer) { edges { node { id sku name } } }
    rewards(first: 5, search: $text) @include(if: $offer) { edges { node { id name brandName } } }
  }
`);

export const ListExportsQuery = graphql(`
  query ListExports {
    listExports { id kind state total written url }
  }
`);

export const AskListExportMutation = graphql(`
  mutation AskListExport($input: AskListExportInput!) {
    askListExport(input: $input) {
      export { id }
      errors { code field message }
    }
  }
`);
