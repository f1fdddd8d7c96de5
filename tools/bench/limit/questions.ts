/** What the bare worker answers: as little code as there can be between NATS and prepared SQL. */
export const questions = [
  'teacher',
  'page',
  'search',
  'update',
  'schools',
  'children',
  'login',
  'import',
  'export',
] as const;
export type Question = (typeof questions)[number];

export const subjectOf = (question: string): string => `limit.${question}`;
