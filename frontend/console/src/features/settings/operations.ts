import { graphql } from '@console/api';

export const SettingsQuery = graphql(`
  query Settings {
    program { name nip currency supportEmail supportPhone rounding lotLifeMonths lateMatchDays confirmAbove }
    programTimeline { at code text actor }
  }
`);

export const UpdateProgramMutation = graphql(`
  mutation UpdateProgram($input: UpdateProgramInput!) {
    updateProgram(input: $input) {
      program { name nip currency supportEmail supportPhone rounding lotLifeMonths lateMatchDays confirmAbove }
      errors { code field message }
    }
  }
`);
