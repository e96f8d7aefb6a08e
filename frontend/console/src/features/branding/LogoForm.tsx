import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import page from '@console/app/page.module.css';
import { PictureUpload } from '@console/app/PictureUpload';
import type { Look } from './look';
import { Logo } from './Logo';
import classes from './LogoForm.module.css';

/** The logo of their own in place of the drawn one. It is in force at once, unlike the rest of the page. */
export function LogoForm({ look, logo }: { look: Look; logo: string | null }) {
  const { t } = useLingui();
  const client = useQueryClient();
  return (
    <section className={classes.group} aria-label={t`Logo`}>
      <h2 className={page.subtitle}>
        <Trans>Logo</Trans>
      </h2>
      <p className={classes.hint}>
        <Trans>PNG, JPEG or WebP, up to 5 MB, best without a background. Where a page is dark or has your main color, it stands on the start screen background. It shows at once.</Trans>
      </p>
      <div className={classes.grounds}>
        <figure className={classes.ground} data-ground="light">
          <Logo look={look} logo={logo} size={56} />
          <figcaption>
            <Trans>on light</Trans>
          </figcaption>
        </figure>
        <figure className={classes.ground} data-ground="dark">
          <Logo look={look} logo={logo} size={56} grounded />
          <figcaption>
            <Trans>on dark</Trans>
          </figcaption>
        </figure>
      </div>
      <PictureUpload
        address="/api/console/branding/logo"
        label={logo ? <Trans>Another logo</Trans> : <Trans>Logo file</Trans>}
        remove={logo ? <Trans>Remove, use the drawn logo</Trans> : null}
        onSent={() => client.invalidateQueries({ queryKey: ['branding'] })}
      />
    </section>
  );
}
