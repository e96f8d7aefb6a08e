import { type AppError, describeError } from '@ui/graphql/errors';
import page from './page.module.css';

/** Why a form was refused, where no field of it shows the reason itself. */
export function FormRefusal({ refused, values }: { refused: AppError | null; values: object }) {
  if (!refused || (refused.field && refused.field in values)) return null;
  return (
    <span role="alert" className={page.refusal}>
      {describeError(refused)}
    </span>
  );
}
