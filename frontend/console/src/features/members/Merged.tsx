import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import page from '@console/app/page.module.css';
import classes from './MemberPage.module.css';

interface MergedProps {
  member: { mergedIntoId: string | null; mergedFromIds: readonly string[] };
}

/** One person had several accounts: which one they have now, and which were theirs. */
export function Merged({ member: { mergedIntoId, mergedFromIds } }: MergedProps) {
  return (
    <>
      {mergedIntoId ? (
        <p className={[page.notice, classes.merged].join(' ')} role="note">
          <Link to="/members/$memberId" params={{ memberId: mergedIntoId }}>
            <Trans>This account became part of another</Trans>
          </Link>
        </p>
      ) : null}
      {mergedFromIds.length > 0 ? (
        <p className={page.notice}>
          <Trans>Accounts that became part of this one:</Trans>{' '}
          {mergedFromIds.map((memberId, index) => (
            <span key={memberId}>
              {index > 0 ? ', ' : null}
              <Link to="/members/$memberId" params={{ memberId }}>
                <Trans>account {index + 1}</Trans>
              </Link>
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
