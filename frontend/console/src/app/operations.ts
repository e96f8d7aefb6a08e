import { graphql } from '@console/api';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer { name email roles }
    program { name pointForms { one few many other } currency nip lateMatchDays }
  }
`);
