import { useLingui } from '@lingui/react/macro';
import { describeError, toAppError } from '@ui/graphql/errors';
import classes from './Id.module.css';

export const ERROR_ID = 'sign-in-error';

/** Where the one error of a sign-in form is read out. */
export function SignInError({ error }: { error: unknown }) {
  const { t } = useLingui();
  const notUsed = error ? toAppError(error).code === 'PASSKEY_NOT_USED' : false;
  return (
    <div role="alert">
      {error ? (
        <p id={ERROR_ID} className={classes.error}>
          {notUsed ? t`No passkey was used. Try again, or choose another way.` : describeError(error)}
        </p>
      ) : null}
    </div>
  );
}
