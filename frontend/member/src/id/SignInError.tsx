import { describeError } from '@ui/graphql/errors';
import classes from './Id.module.css';

export const ERROR_ID = 'sign-in-error';

/** Where the one error of a sign-in form is read out. */
export function SignInError({ error }: { error: unknown }) {
  return (
    <div role="alert">
      {error ? (
        <p id={ERROR_ID} className={classes.error}>
          {describeError(error)}
        </p>
      ) : null}
    </div>
  );
}
