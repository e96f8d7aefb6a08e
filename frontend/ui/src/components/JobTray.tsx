import type { ReactNode } from 'react';
import { UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Icon } from './Icon';
import classes from './JobTray.module.css';

export interface Job {
  id: string;
  /** What it works on, as a link to its page. */
  title: ReactNode;
  name: string;
  /** What it does or how it ended, in a word or two. */
  detail: ReactNode;
  state: 'running' | 'waiting' | 'done' | 'failed';
  /** Share that is done, 0 to 1; null while unknown. */
  progress: number | null;
  onStop?: (() => void) | undefined;
  onRetry?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
}

/** Long work, wherever in the application one is: how far it is, how it ended, stop, again. Nothing is shown while there is none. */
export function JobTray({ jobs, className }: { jobs: readonly Job[]; className?: string | undefined }) {
  const { t } = useLingui();
  if (jobs.length === 0) return null;
  return (
    <section className={[classes.tray, className].filter(Boolean).join(' ')} aria-label={t`Work in progress`} data-testid="job-tray">
      <h2 className={classes.title}>
        <Trans>Work in progress</Trans>
      </h2>
      <ul className={classes.jobs}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobRow({ job }: { job: Job }) {
  const { t } = useLingui();
  const { name } = job;
  const percent = job.progress === null ? null : Math.round(job.progress * 100);
  return (
    <li className={classes.job} data-state={job.state}>
      <div className={classes.head}>
        <span className={classes.name}>{job.title}</span>
        {job.onStop ? <Act icon="close" label={t`Stop: ${name}`} onClick={job.onStop} /> : null}
        {job.onRetry ? <Act icon="retry" label={t`Start again: ${name}`} onClick={job.onRetry} /> : null}
        {job.onDismiss ? <Act icon="close" label={t`Hide: ${name}`} onClick={job.onDismiss} /> : null}
      </div>
      <div className={classes.detail} role="status">
        <span>{job.detail}</span>
        {job.state === 'running' && percent !== null ? <span>{percent}%</span> : null}
      </div>
      {job.state === 'running' ? (
        <div className={classes.track} role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} {...(percent === null ? {} : { 'aria-valuenow': percent })}>
          <div data-unknown={percent === null} style={percent === null ? undefined : { width: `${percent}%` }} />
        </div>
      ) : null}
    </li>
  );
}

function Act({ icon, label, onClick }: { icon: 'close' | 'retry'; label: string; onClick: () => void }) {
  return (
    <UnstyledButton className={classes.act} aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={14} />
    </UnstyledButton>
  );
}
