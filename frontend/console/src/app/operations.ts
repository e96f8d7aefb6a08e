import { graphql } from '@console/api';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer { name email roles }
    program { name pointForms { one few many other } currency nip lateMatchDays }
  }
`);

export const FindQuery = graphql(`
  query Find($text: String!) {
    members(first: 5, search: $text) { edges { node { id name firmName nip } } }
    findDocuments(text: $text) { id number buyerName memberId memberName }
    orders(first: 5, search: $text) { edges { node { id number memberName state } } }
    products(first: 5, search: $text) { edges { node { id sku name } } }
    rewards(first: 5, search: $text) { edges { node { id name brandName } } }
  }
`);
