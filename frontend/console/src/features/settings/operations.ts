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

export const RegistrationQuery = graphql(`
  query Registration {
    registration { mode criteriaPl criteriaEn }
  }
`);

export const SetRegistrationMutation = graphql(`
  mutation SetRegistration($input: SetRegistrationInput!) {
    setRegistration(input: $input) {
      registration { mode criteriaPl criteriaEn }
      errors { code field message }
    }
  }
`);
