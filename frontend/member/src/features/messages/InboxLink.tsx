import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Icon } from '@ui/components/Icon';
import { unreadQuery } from './unread';
import classes from './Messages.module.css';

const MOST = 9;

/** The bell in the head of every page, with how many messages wait. */
export function InboxLink({ className }: { className: string | undefined }) {
  const { t } = useLingui();
  const count = useQuery(unreadQuery).data ?? 0;
  const name = count === 0 ? t`Messages` : t`Messages, ${plural(count, { one: '# unread', other: '# unread' })}`;
  return (
    <Link to="/messages" className={[className, classes.bell].join(' ')} aria-label={name} activeOptions={{ includeSearch: false }}>
      <Icon name="bell" />
      {count > 0 ? (
        <span className={classes.count} aria-hidden="true" data-testid="unread-count">
          {count > MOST ? `${MOST}+` : count}
        </span>
      ) : null}
    </Link>
  );
}
