/** How rows of a table are bound to the tree of organisations and, for teachers, to one person. */
export interface Scope {
  /** Entity property holding the organisation path (column `org_path`). */
  path: string;
  /** Property holding the teacher's id, when a teacher may see rows of his own. */
  teacher?: string;
}

type EntityClass = new (...args: never[]) => object;
const scopes = new Map<EntityClass, Scope>();
const reasons = new Map<EntityClass, string>();

/** The entity is locked by row-level security on its organisation path. */
export const Scoped = (scope: Scope) => (target: EntityClass) => void scopes.set(target, scope);

/** The entity has no organisation path; the reason is printed by the test that lists tables. */
export const Unscoped = (reason: string) => (target: EntityClass) => void reasons.set(target, reason);

/** Refuses to start with an entity that declares neither (A1: forgetting is safe). */
export function assertEveryEntityDeclaresScope(entities: readonly EntityClass[]): void {
  const missing = entities.filter((e) => !scopes.has(e) && !reasons.has(e)).map((e) => e.name);
  if (missing.length > 0) throw new Error(`entities without @Scoped or @Unscoped: ${missing.join(', ')}`);
}

export const scopeOf = (entity: EntityClass): Scope | undefined => scopes.get(entity);
export const unscopedReason = (entity: EntityClass): string | undefined => reasons.get(entity);
