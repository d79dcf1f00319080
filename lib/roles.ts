/** The one table of roles and what each may do. A member may hold several roles; one is primary. */
export const PERMISSIONS = [
  "projects.read",
  "projects.write",
  "projects.overrideGates",
  "notes.write",
  "leads.read",
  "leads.write",
  "campaigns.manage",
  "contacts.read",
  "contacts.write",
  "team.read",
  "team.manage",
  "billing.manage",
  "settings.manage",
  "audit.read",
  "archive.export",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = [
  "System Administrator",
  "Manager",
  "Sales",
  "Project Manager",
  "Installer",
  "Viewer",
] as const;
export type Role = (typeof ROLES)[number];

export const ADMINISTRATOR: Role = "System Administrator";

const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  "System Administrator": PERMISSIONS,
  Manager: [
    "projects.read",
    "projects.write",
    "projects.overrideGates",
    "notes.write",
    "leads.read",
    "leads.write",
    "campaigns.manage",
    "contacts.read",
    "contacts.write",
    "team.read",
    "audit.read",
  ],
  // Sales turns a lead into a project and hands it over: that alone needs no projects.write.
  Sales: [
    "projects.read",
    "notes.write",
    "leads.read",
    "leads.write",
    "contacts.read",
    "contacts.write",
    "team.read",
  ],
  "Project Manager": [
    "projects.read",
    "projects.write",
    "notes.write",
    "leads.read",
    "contacts.read",
    "contacts.write",
    "team.read",
  ],
  Installer: ["projects.read", "projects.write", "notes.write", "contacts.read", "team.read"],
  Viewer: ["projects.read", "leads.read", "contacts.read", "team.read"],
};

/** All permissions that these roles give together, in the order of PERMISSIONS. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return PERMISSIONS.filter((permission) => roles.some((role) => can(role, permission)));
}

export function can(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}

/** True when somebody with these permissions may give and take the roles: nobody hands out more than they have. */
export function mayGrant(own: readonly Permission[], roles: readonly Role[]): boolean {
  return permissionsOf(roles).every((permission) => own.includes(permission));
}

/** Each role once, in the order of ROLES: the form in which they are stored. */
export function inRoleOrder(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}
