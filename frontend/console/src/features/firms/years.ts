const THIS_YEAR = new Date().getFullYear();

/** The years that who got what can be asked for, this one first. */
export const YEARS = [0, 1, 2, 3, 4].map((back) => String(THIS_YEAR - back));
