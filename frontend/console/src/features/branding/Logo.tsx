import { DrawnLogo } from './DrawnLogo';
import type { Look } from './look';
import classes from './LogoForm.module.css';

interface LogoProps {
  look: Look;
  /** Address of the uploaded one. */
  logo: string | null;
  size: number;
  /** It stands on something dark or colored: an uploaded logo brings its ground, as in the member app. */
  grounded?: boolean;
}

export function Logo({ look, logo, size, grounded = false }: LogoProps) {
  if (!logo) return <DrawnLogo text={look.logoText} shape={look.logoShape} color={look.primaryColor} size={size} />;
  const style = { height: size, minWidth: size, maxWidth: size * 3, ...(grounded ? { background: look.surfaceColor, padding: size / 16 } : {}) };
  return <img className={classes.logo} style={style} src={logo} alt="" data-testid="uploaded-logo" />;
}
