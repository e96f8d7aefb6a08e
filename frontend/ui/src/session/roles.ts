/** Only members see the member app; everybody else has come for the console. */
export function isMember(roles: readonly string[]): boolean {
  return roles.includes('member');
}

export function hasStaffRole(roles: readonly string[]): boolean {
  return roles.some((role) => role !== 'member');
}
