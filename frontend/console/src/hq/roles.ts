/** Roles at headquarters. The server decides again, whatever is shown here. */
const TAKE_FIGURES = ['analyst', 'finance', 'director'];

/** Who may take the figures along as a workbook; a buyer only looks. */
export function takesFigures(roles: readonly string[]): boolean {
  return roles.some((role) => TAKE_FIGURES.includes(role));
}

/** Who opens, suspends and closes wholesalers. */
export function isDirector(roles: readonly string[]): boolean {
  return roles.includes('director');
}
