import { graphql } from '@console/api';

export const StaffQuery = graphql(`
  query Staff {
    staff { personId name email roles addedAt }
    staffTimeline { at code text actor }
  }
`);

export const AddStaffMutation = graphql(`
  mutation AddStaff($input: AddStaffInput!) {
    addStaff(input: $input) { staff { personId name } errors { code field message } }
  }
`);

export const SetStaffRolesMutation = graphql(`
  mutation SetStaffRoles($input: SetStaffRolesInput!) {
    setStaffRoles(input: $input) { staff { personId } errors { code field message } }
  }
`);

export const RemoveStaffMutation = graphql(`
  mutation RemoveStaff($input: RemoveStaffInput!) {
    removeStaff(input: $input) { removedId errors { code field message } }
  }
`);
